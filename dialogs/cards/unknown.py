"""When the bot does not know: it says so and offers a person."""

from dialogs.cards.elements import card, execute, heading, text
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json


def unknown_card(*, question: str) -> Json:
    """`question` is the number under which it was noted."""
    return card(
        heading("I don't know that one"),
        text("I'd rather not guess. You could say it in other words, or I can send it to the DPO."),
        actions=(
            execute("Ask the DPO", Verb.DPO_ASK, question=question),
            execute("What can I ask?", Verb.HELP_SHOW),
        ),
    )


def thanked_card() -> Json:
    """Take thanks, and ask for nothing."""
    return card(heading("You're welcome"), text("I'm here whenever something comes up."))


def send_to_dpo_card(*, question: str) -> Json:
    """Show that their words go to the DPO with one press; `question` is the number under which they were noted."""
    return card(
        heading("Shall I send this to the DPO?"),
        text("The DPO gets your words as you typed them. To say more, type it all in one message first."),
        actions=(execute("Ask the DPO", Verb.DPO_ASK, question=question),),
    )
