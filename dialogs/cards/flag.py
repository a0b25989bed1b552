"""A message that somebody wants the DPO to see: asked once more before anything starts."""

from dialogs.cards.elements import bold, card, heading, run, said, text
from dialogs.cards.inert import PASSAGE
from dialogs.conversation import Json


def flag_card(*, message: str, asks: bool = False) -> Json:
    """Show what would be passed on; `asks`: as a request for data. In this dialog Teams knows Action.Submit alone."""
    title, words, button = _REQUEST if asks else _BREACH
    return card(
        heading(title),
        text(words),
        said(bold("The message:"), run(message, limit=PASSAGE)),
        actions=({"type": "Action.Submit", "title": button, "data": {"text": message[:PASSAGE]}},),
    )


_BREACH = (
    "Report this to the DPO?",
    "I tell the DPO and the headteacher at once, and write to you in our own chat with what to do now.",
    "Report it",
)
_REQUEST = (
    "Is somebody asking for their data?",
    "I pass it to the DPO at once, and write to you in our own chat with what to say and a few short questions.",
    "Pass it on",
)
