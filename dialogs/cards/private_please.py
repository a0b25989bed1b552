"""In a channel or a group: nothing about anybody, only the way to a private chat (domain 0)."""

from dialogs.cards.elements import card, heading, text
from dialogs.conversation import Json


def private_please_card() -> Json:
    """Say the same words whatever was asked, so that nothing of it is repeated."""
    return card(
        heading("Let's talk in private"),
        text("Others can read along here. Please open a chat with Ask DPO and ask me again there."),
    )
