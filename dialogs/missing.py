"""What is still missing before a decision: who, what for, which day. We ask; we never guess (domain 1.5 A0)."""

from collections.abc import Callable
from typing import Final

from dialogs.cards.missing import alike_card, which_class_card, which_day_card, who_card
from dialogs.cards.which_pupil import PupilAsk, PupilChoice, which_pupil_card
from dialogs.cards.which_use import what_else_card, which_use_card
from dialogs.conversation import Json
from dialogs.thought import Asked, Ids, Thought, Waiting, contract
from policy.calendar import long_date
from policy.images import Medium
from policy.understanding import who
from policy.understanding.heard import When

PHOTO: Final = "photo"  # the kind of a question that waits for a part of a photo question
_NAMES_ON_A_LINE: Final = 3


def what_is_missing(asked: Asked, *, nobody_there: bool) -> Thought | None:
    """Return the question of ours to put next, or None where everything is known.

    `nobody_there`: nobody was named, or nobody in the classes that were is on roll that day.
    """
    match asked.heard.who:
        case who.Unsure(asks) if any(ask.about is who.Asked.CLASS for ask in asks):
            return _ask(asked, lambda _: which_class_card())
        case who.Unsure(asks):
            return _which_pupil(asked, asks)
        case _ if nobody_there:
            return whom_then(asked)
        case _:
            return _what_for_or_when(asked)


def whom_then(asked: Asked) -> Thought:
    """Ask for a name, a class or a year to be typed."""
    return _ask(asked, lambda _: who_card())


def something_else(asked: Asked) -> Thought:
    """Ask for the use to be typed, after the button "Something else"."""
    return _ask(asked, lambda _: what_else_card())


def _what_for_or_when(asked: Asked) -> Thought | None:
    if asked.heard.uses is None and not asked.heard.deletes:
        about = _so_far(asked)
        return _ask(asked, lambda ids: which_use_card(about=about, pending=ids.pending, revision=ids.revision))
    if asked.heard.when is When.UNCLEAR:
        return _ask(asked, lambda _: which_day_card(asked.heard.when_words))
    return None


def _which_pupil(asked: Asked, asks: tuple[who.NameAsk, ...]) -> Thought:
    choices = [
        PupilAsk(
            ask.heard,
            tuple(PupilChoice(p.id, p.display_name, p.class_name, p.year_group) for p in ask.candidates),
        )
        for ask in asks
    ]
    labels = tuple(choice.label for ask in choices for choice in ask.choices)
    alike = next((ask for ask in choices if len({choice.label for choice in ask.choices}) < len(ask.choices)), None)
    if alike is not None:  # name, class and year are all that may be shown, and they do not tell them apart
        told = contract(asked.heard, shape="clarify")
        return Thought(asked.text, None, lambda _: alike_card(alike.heard), told, asked.asker)
    return _ask(
        asked, lambda ids: which_pupil_card(choices, pending=ids.pending, revision=ids.revision), choices=labels
    )


def _ask(asked: Asked, say: Callable[[Ids], Json], *, choices: tuple[str, ...] = ()) -> Thought:
    waiting = Waiting(PHOTO, {"heard": asked.heard.to_json(), "text": asked.text})
    told = contract(asked.heard, shape="clarify", choices=choices)
    return Thought(asked.text, asked.heard, say, told, asked.asker, waiting=waiting)


def _so_far(asked: Asked) -> str:
    """Say back what was understood: "A photo of Amelia Hart (4B), today."."""
    heard = asked.heard
    what = "A video" if heard.media == {Medium.VIDEO} else "A photo"
    match heard.who:
        case who.Pupils(pupils):
            of = ", ".join(f"{pupil.display_name} ({pupil.class_name})" for pupil in pupils[:_NAMES_ON_A_LINE])
            of += " and others" if len(pupils) > _NAMES_ON_A_LINE else ""
        case who.Group(label):
            of = label
        case _:
            return ""
    return f"{what} of {of}, {'today' if heard.on == asked.today else long_date(heard.on)}."
