"""A message that somebody wants the DPO to see: asked once more before anything starts."""

from dialogs.cards.elements import bold, card, heading, run, said, text
from dialogs.cards.inert import PASSAGE
from dialogs.conversation import Json


def flag_card(*, message: str) -> Json:
    """Show what would be reported. In this dialog Teams knows Action.Submit alone."""
    return card(
        heading("Report this to the DPO?"),
        text("I tell the DPO and the headteacher at once, and write to you in our own chat with what to do now."),
        said(bold("The message:"), run(message, limit=PASSAGE)),
        actions=({"type": "Action.Submit", "title": "Report it", "data": {"text": message[:PASSAGE]}},),
    )
