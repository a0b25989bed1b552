"""What the asker of a review sees: the same words whoever it went to (domain 1.6.2)."""

from dialogs.cards.elements import card, heading, text
from dialogs.conversation import Json


def passed_on_card() -> Json:
    """Say that it is passed on; nothing changes until the school says so."""
    return card(
        heading("Passed to the school"),
        text("Somebody will look at it. Until you hear otherwise, please keep to the answer you have."),
    )


def looked_at_card() -> Json:
    """Say that the school has looked; whatever it found, the words are these."""
    return card(
        heading("The school has looked at your request"),
        text("Please ask me your question again to see today's answer."),
    )
