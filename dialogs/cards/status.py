"""What somebody has asked the school to look at, and how far it is; never whom it went to (domain 1.6.2)."""

from collections.abc import Sequence

from dialogs.cards.elements import bullets, card, heading, text
from dialogs.conversation import Json


def status_card(lines: Sequence[str]) -> Json:
    """One line a request, newest first."""
    if not lines:
        return card(heading("Nothing is open"), text("You have not asked for a review or sent anything to the DPO."))
    return card(heading("What you have asked for"), *bullets(lines))
