"""A review of a neutral no: to the data lead or the DSL, whoever the cause belongs to (domain 1.6.2)."""

from collections.abc import Sequence

from dialogs.cards.elements import bold, bullets, card, execute, facts, fits, heading, names, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def review_card(
    *,
    review: int,
    asker: str,
    pupils: Sequence[str],
    use: str,
    on: str,
    recorded: Sequence[str],
    reviewed: str = "",
    can_refresh: bool = False,
) -> Json:
    """Ask for a review. `recorded` are the lines that this addressee's role may see; `on` a date in words.

    `reviewed` ("Gwen Pascoe, Mon 23 Nov 2026 at 10:04") takes the place of the button. What is too long for a card
    is left out whole and said to be, never cut off in the middle. `can_refresh`: they may say that
    circumstances changed.
    """
    top = (
        heading(f"Review request {review}"),
        text("Somebody would like this answer looked at again.", spacing="Small"),
        *facts(("Asked by", asker), ("For", use), ("On", on)),
    )
    end = _end(review, reviewed)
    more = (execute("Circumstances changed", Verb.REFRESH_BEGIN, review=review),) if can_refresh else ()
    how = (
        []
        if reviewed
        else [text("If the record is wrong, please put it right: the next question gets the new answer.")]
    )
    for middle in (
        (*_pupils(pupils), *_recorded(recorded), *how),
        (*_pupils(pupils), text("What is recorded about so many pupils does not fit here. Please see their forms.")),
    ):
        whole = _whole((*top, *middle), end, more)
        if fits(whole):
            return whole
    return _whole(
        (*top, text(f"{len(pupils)} pupils, too many to name here. Please see the restricted list.")), end, more
    )


def _whole(body: Sequence[Json], end: Json, more: Sequence[Json]) -> Json:
    if end["type"] == "Action.Execute":
        return card(*body, actions=(end, *more))
    return card(*body, end, actions=more)


def _end(review: int, reviewed: str) -> Json:
    if reviewed:
        return said(bold("Reviewed:"), reviewed)
    return execute("Mark as reviewed", Verb.REVIEW_SEEN, review=review)


def _pupils(pupils: Sequence[str]) -> list[Json]:
    if len(pupils) == 1:
        return facts(("Pupil", pupils[0]))
    return [said(bold(f"Pupils ({len(pupils)}):")), *names(pupils)]


def _recorded(lines: Sequence[str]) -> list[Json]:
    return [said(bold("What is recorded:")), *bullets(lines)] if lines else []
