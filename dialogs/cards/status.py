"""What somebody has asked the school to look at, and how far it is; never whom it went to (domain 1.6.2)."""

from collections.abc import Sequence

from dialogs.cards.elements import bullets, card, execute, heading, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_MOST_BUTTONS = 3


def status_card(lines: Sequence[str], *, unfinished: Sequence[int] = ()) -> Json:
    """One line a request or report, newest first; `unfinished` are the cases whose form can be gone on with."""
    if not lines:
        return card(
            heading("Nothing is open"),
            text("You have not reported anything, asked for a review or sent anything to the DPO."),
        )
    buttons = [execute(f"Continue case {case}", Verb.BREACH_FORM, case=case) for case in unfinished[:_MOST_BUTTONS]]
    return card(heading("What you have asked for or reported"), *bullets(lines), actions=buttons)
