"""The first card. Its first line says nothing about anybody: it may pop up on a whiteboard."""

from dialogs.cards.elements import bullets, card, execute, heading, said, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def welcome_card() -> Json:
    """Who I am, three things to try, and the notice about one's own devices."""
    return card(
        heading("Hello, I'm Ask DPO"),
        text(
            "I answer questions about pictures of pupils from the school's own records and policies.", spacing="Small"
        ),
        said("Try typing:"),
        *bullets(
            (
                "Can I put a photo of 4B on the website?",
                "Who do I leave out of the sports day pictures?",
                "May I use my own phone on the trip?",
            )
        ),
        text("Please use Ask DPO on school equipment only, and look at answers where pupils can't see them."),  # C3
        actions=(execute("What else can I ask?", Verb.HELP_SHOW),),
    )
