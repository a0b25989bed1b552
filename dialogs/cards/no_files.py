"""Files are refused, with the reason."""

from dialogs.cards.elements import card, heading, text
from dialogs.conversation import Json


def no_files_card() -> Json:
    """Say that what was attached was neither opened nor kept."""
    return card(
        heading("Please tell me in words"),
        text(
            "I don't take files, so that nobody's data is copied once more. I haven't opened or kept what you "
            "attached. You may want to delete it from our chat; leave it where you found it."
        ),
    )
