"""A letter of a request as a card to copy from: the bot writes to nobody outside school."""

from dialogs.cards.request_news import request_letter_card
from dialogs.casework.tables import Table
from dialogs.conversation import Json
from policy.breach.seats import Seat
from policy.request.case import Request
from policy.request.letter_words import Sender
from policy.request.letters import Letter, drafted


def card_of(request: Request, at_table: Table, letter: Letter) -> Json:
    """Draft a letter from the case as it stands, signed by whoever acts as its DPO."""
    draft = drafted(letter, request, sender=sender_of(at_table), division=at_table.staff.division)
    paragraphs = [line for paragraph in draft.paragraphs for line in paragraph.split("\n")]
    return request_letter_card(case=request.number, title=draft.about, paragraphs=paragraphs)


def sender_of(at_table: Table) -> Sender:
    """Return who signs: the DPO, or whoever acts for them; empty where nobody does."""
    signs = next((one for one in at_table.sitting(Seat.DPO) if one.id not in at_table.looks_on), None)
    return Sender(at_table.school, signs.display_name if signs else "", signs.email if signs else "")
