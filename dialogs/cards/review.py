"""A review of a neutral no: to the data lead or the DSL, whoever the cause belongs to (domain 1.6.2)."""

from collections.abc import Sequence

from dialogs.cards.elements import bold, bullets, card, execute, facts, heading, said, text
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
) -> Json:
    """Ask for a review. `recorded` are the lines that this addressee's role may see; `on` a date in words.

    `reviewed` ("Gwen Pascoe, Mon 23 Nov 2026 at 10:04") takes the place of the button.
    """
    body = (
        heading(f"Review request {review}"),
        text("Somebody would like this answer looked at again.", spacing="Small"),
        *facts(
            ("Asked by", asker),
            ("Pupil" if len(pupils) == 1 else "Pupils", ", ".join(pupils)),
            ("For", use),
            ("On", on),
        ),
        *([said(bold("What is recorded:")), *bullets(recorded)] if recorded else []),
    )
    if reviewed:
        return card(*body, said(bold("Reviewed:"), reviewed))
    return card(
        *body,
        text("If the record is wrong, please put it right first; the next question then gets the new answer."),
        actions=(execute("Mark as reviewed", Verb.REVIEW_SEEN, review=review),),
    )
