"""What only the headteacher allows, day by day: the question to the head, and the news to whoever asked."""

from dialogs.cards.elements import bold, card, execute, facts, heading, run, said, text
from dialogs.cards.inert import PASSAGE
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def permission_card(
    *, request: int, what: str, on: str, question: str, asker: str, school: str, decided: str = ""
) -> Json:
    """Ask the head. `what` in words ("families filming at the event"), `on` a date in words.

    `decided` ("Yes: Hetty Moss, Mon 23 Nov 2026 at 10:04") takes the place of the buttons.
    """
    body = (
        heading(f"Request {request}: your permission"),
        *facts(("For", what), ("On", on), ("Asked by", asker), ("School", school)),
        said(bold("They wrote:")),
        said(run(question, limit=PASSAGE), spacing="Small"),
    )
    if decided:
        return card(*body, said(bold("Decided:"), decided))
    return card(
        *body,
        text("It counts for that day only. Every pupil's own answer is still checked."),
        actions=(
            execute("Allow it", Verb.PERMISSION_DECIDE, request=request, allowed="yes"),
            execute("Don't allow it", Verb.PERMISSION_DECIDE, request=request, allowed="no"),
        ),
    )


def asked_the_head_card() -> Json:
    """Say that the head has it; nothing is allowed by that."""
    return card(
        heading("Passed to the headteacher"),
        text("I'll tell you what is decided. Until then, please don't go ahead."),
    )


def decided_card(*, what: str, on: str, allowed: bool) -> Json:
    """Tell whoever asked what the head decided."""
    if allowed:
        return card(
            heading("The headteacher has said yes"),
            said(f"To {what}, {on}. Please ask me your question again for the conditions."),
        )
    return card(heading("The headteacher has said no"), said(f"To {what}, {on}."))
