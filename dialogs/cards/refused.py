"""The fixed replies to what is not told: the same for everybody, whatever the record says (domain 1.6.3)."""

from dialogs.cards.elements import card, heading, text
from dialogs.conversation import Json


def probing_card() -> Json:
    """To why, who, since when, is she in care, and what if."""
    return card(
        heading("I can't go into that"),
        text(
            "I can say whether a picture may be used, but never the reason, who answered, or what would change it. "
            "That keeps every family's affairs private. If you think an answer is wrong, ask for a review of it."
        ),
    )


def refused_card() -> Json:
    """To anybody who may not have what they asked for, and to a button that was not theirs to press."""
    return card(
        heading("I can't help with that here"),
        text("Your role does not include this. The school office or your line manager can tell you who to ask."),
    )
