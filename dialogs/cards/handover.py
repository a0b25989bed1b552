"""Lending one's seat: the form, what was arranged, and the news when it begins and ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.cards.elements import MOST_ACTIONS, bold, bullets, card, choose, execute, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


@dataclass(frozen=True, slots=True)
class Arranged:
    """What one person lent another, in a line; `number` ends all of it."""

    number: int
    line: str
    ends: str  # the title of the button that ends it; empty: nobody here ends it


def handover_card(
    *,
    people: Sequence[tuple[str, str]],
    chosen: str = "",
    first: date | None = None,
    last: date | None = None,
    posts: str,
    arranged: Sequence[Arranged] = (),
    note: str = "",
) -> Json:
    """Ask to whom (name, id), from when to when. `posts` are what the reader can lend, in words."""
    ends = [_end(one) for one in arranged if one.ends][: MOST_ACTIONS - 1]
    body = (
        heading("Hand over while you are away"),
        *([said(bold(note))] if note else []),
        said(
            f"You are {posts}. While it lasts, everything that comes to you comes to your deputy too, and they may do "
            "what you may. It ends by itself."
        ),
        *bullets(one.line for one in arranged),
    )
    if not people:
        nobody = "Nobody at your schools may stand in for you. Please ask whoever looks after the staff list."
        return card(*body, text(nobody), actions=ends)
    return card(
        *body,
        choose("to", "Who stands in for you?", people, otherwise="Please choose somebody.")
        | ({"value": chosen} if chosen else {}),
        _day("first", "First day", first),
        _day("last", "Last day", last),
        actions=[execute("Hand over", Verb.HANDOVER_GIVE), *ends],
    )


def no_post_card() -> Json:
    """Say that there is nothing to lend."""
    return card(
        heading("There is nothing to hand over"),
        text("Only a DPO, a headteacher, an academy leader or a safeguarding lead can hand over here."),
    )


def handover_done_card(*, line: str, left: str = "", arranged: Sequence[Arranged] = ()) -> Json:
    """Confirm what is lent now. `left` is what stays with the lender alone."""
    ends = [_end(one) for one in arranged if one.ends][:MOST_ACTIONS]
    return card(
        heading("That is arranged"),
        said(line),
        *([said(left)] if left else []),
        text("Your deputy has been told. Both of you hear of it when it begins and when it ends."),
        actions=ends,
    )


def handover_news_card(*, title: str, lines: Sequence[str], arranged: Sequence[Arranged] = ()) -> Json:
    """Tell one of the two that it was arranged, begins or is over."""
    return card(heading(title), *map(said, lines), actions=[_end(one) for one in arranged if one.ends][:MOST_ACTIONS])


def handover_ended_card(*, line: str) -> Json:
    """Confirm that it is over."""
    return card(heading("It is over"), said(line), text("Both of you have been told."))


def _end(one: Arranged) -> Json:
    return execute(one.ends, Verb.HANDOVER_END, handover=one.number) | {"associatedInputs": "none"}


def _day(name: str, label: str, value: date | None) -> Json:
    return {
        "type": "Input.Date",
        "id": name,
        "label": label,
        "isRequired": True,
        "errorMessage": "Please give a day.",
        **({"value": value.isoformat()} if value is not None else {}),
    }
