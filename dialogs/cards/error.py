"""When something broke on our side."""

from dialogs.cards.elements import card, facts, heading, text
from dialogs.conversation import Json


def error_card(*, reference: str) -> Json:
    """Apologise; the reference finds the entry in the log; nothing of what went wrong is shown."""
    return card(
        heading("Sorry, that went wrong"),
        text(
            "It is our fault, not yours, and I have not answered your question. Please try again in a minute.",
            spacing="Small",
        ),
        *facts(("If it keeps happening, quote", reference)),
    )
