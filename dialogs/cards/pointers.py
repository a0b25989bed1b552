"""What we recognise but do not lead through yet: whom to turn to now, and the way to the DPO. Honest and short."""

from typing import Final

from dialogs.cards.elements import card, execute, heading, small, text
from dialogs.cards.photo_answer import clause_line
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_ILLEGAL: Final = "illegal_content"
_SAYS: Final[dict[str, tuple[str, str]]] = {
    "sar_received": (
        "That is a request for data",
        (
            "Please don't answer it yourself, and delete nothing. It counts from today, also if it was spoken. "
            "I can send your words to the DPO."
        ),
    ),
    "rights_request": (
        "That is for the DPO",
        (
            "Somebody is using a right over their data. Please don't promise or change anything yet. "
            "I can send your words to the DPO."
        ),
    ),
    "complaint_received": (
        "That is a complaint for the DPO",
        ("Please keep what you were given, and the day it came. I can send your words to the DPO."),
    ),
    "cctv_request": (
        "Footage goes through the DPO",
        ("Please show and copy nothing yet. I can send your words to the DPO."),
    ),
    "online_safety_incident": (
        "Please tell your DSL",
        ("Keep what you have, send it to nobody, and log it as your school does. I can send your words to the DPO."),
    ),
    _ILLEGAL: (
        "Stop, and tell the head or the DSL now",
        (
            "In person or by phone. Cover or close the screen; look no further. Don't show, copy, forward or delete "
            "anything, and please don't describe it here."
        ),
    ),
    "consent_withdrawal": (
        "That counts from now",
        (
            "Please pass it to the school office today: the form is changed there. Until then, take and use no new "
            "pictures of that pupil. I can send your words to the DPO."
        ),
    ),
    "plan_event": (
        "Who may be in the pictures?",
        (
            "Ask me class by class, with the use and the day, and talk to the school's data lead before you start. "
            "I can send your words to the DPO."
        ),
    ),
}


def pointer_card(intent: str, *, question: str, citations: tuple[tuple[str, str], ...] = ()) -> Json:
    """Point to the people for this; `question` is the number under which it was noted."""
    title, words = _SAYS[intent]
    if intent == _ILLEGAL:  # nothing of it is to be passed on in writing (domain 5)
        return card(heading(title), text(words))
    clauses = small(clause_line(citations)) if citations else []
    ask = execute("Send to the DPO", Verb.DPO_ASK, question=question)
    return card(heading(title), text(words), *clauses, actions=(ask,))


def too_long_card() -> Json:
    """More than anybody types in a hurry."""
    return card(
        heading("That is too long for me"),
        text("Please ask in a sentence or two: who, what for and when. I have read nothing into the rest."),
    )
