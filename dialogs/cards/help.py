"""What can be typed, and how a question may sound."""

from typing import Final

from dialogs.cards.elements import bullets, card, facts, heading, said, text
from dialogs.conversation import Json

COMMANDS: Final = (
    ("help", "this list"),
    ("restricted list 4B website", "who to leave out of pictures of a class"),
    ("report a breach", "something went wrong with somebody's data: what to do now, and who is told"),
    ("refresh consent", "a pupil's circumstances changed, and the form may be out of date: I need no reason"),
    ("inbox", "everything that waits for you: cases, questions, tasks and forms"),
    ("my cases", "for whoever looks after them: the open ones, the most urgent first"),
    ("my tasks", "what is asked of you, each with its button"),
    ("calendar", "for the DPO and the head: the next 30 days"),
    ("preview digest", "for the DPO and the head: what next Monday's digest would say"),
    ("policy findings", "for the DPO and the head: what looked odd in the policies that were imported"),
    ("hand over", "for a DPO, a head or a safeguarding lead who will be away"),
    ("search own phone", "cases, questions and rules that you may see, by number or by words"),
    ("resume", "go on with a form where you stopped"),
    ("status", "what you have asked for or reported, and where it is"),
    ("ask the DPO", "send a question to a person"),
    ("cancel", "leave the form or the question that is open"),
)
STARTERS: Final = (
    "Can I put a photo of 4B on the website?",
    "And video?",
    "Can the local paper photograph 4B on Friday?",
    "May I use my own phone on the trip?",
)


def help_card() -> Json:
    """List the commands and a few questions to begin with."""
    return card(
        heading("What you can ask"),
        text("Ask in your own words. Say who, what for and when; I ask back if something is missing.", spacing="Small"),
        *bullets(STARTERS),
        said("You can also type:"),
        *facts(*COMMANDS),
    )
