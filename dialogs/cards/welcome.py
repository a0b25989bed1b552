"""The first card. Its first line says nothing about anybody: it may pop up on a whiteboard."""

from typing import Final

from dialogs.cards.elements import bullets, card, execute, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

EXAMPLES: Final = (
    "Can I put a photo of 4B on the website?",
    "Who do I leave out of pictures of 4B for the brochure?",
    "May I use my own phone on the trip?",
)


def welcome_card() -> Json:
    """Who I am, what I am for, things to try, and the notice about one's own devices."""
    return card(
        heading("Hello, I'm Ask DPO"),
        text("Ask me what the school's rules on pictures, data and being online let you do.", spacing="Small"),
        text("Tell me at once when data may have gone astray, or when somebody asks for theirs. I'll see to the rest."),
        said("Try typing:"),
        *bullets(EXAMPLES),
        text("Please use Ask DPO on school equipment only, and look at answers where pupils can't see them."),  # C3
        actions=(execute("What else can I ask?", Verb.HELP_SHOW),),
    )
