"""The letters of a request, drafted from the case: plain paragraphs that the DPO reads, changes and sends.

The words are our own; the school may put its own template around them (C27). What only a person can write is left as a
gap in square brackets, so that nobody sends it unread.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from policy.clocks.working_days import Division
from policy.request import letter_words
from policy.request.case import Request
from policy.request.dates import Dates, dates_of
from policy.request.kinds import ACCESSES, MONTHLY, RequestKind
from policy.request.letter_words import Sender


class Letter(StrEnum):
    """What is written to a requester."""

    ACKNOWLEDGE = "acknowledge"
    IDENTITY = "identity"
    AUTHORITY = "authority"
    FEE = "fee"
    CLARIFY = "clarify"
    EXTEND = "extend"
    REFUSE = "refuse"
    RESPOND = "respond"
    COMPLAINT_RECEIVED = "complaint_received"
    COMPLAINT_OUTCOME = "complaint_outcome"


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter to read before it goes: a line that says what it is about, and its paragraphs."""

    about: str
    paragraphs: tuple[str, ...]


def letters_for(request: Request) -> tuple[Letter, ...]:
    """Return the letters that fit a case, the likely ones first."""
    if request.kind is RequestKind.COMPLAINT:
        return (Letter.COMPLAINT_RECEIVED, Letter.COMPLAINT_OUTCOME)
    if request.kind not in MONTHLY:
        return (Letter.ACKNOWLEDGE, Letter.RESPOND)
    asks = [Letter.ACKNOWLEDGE, Letter.IDENTITY, Letter.AUTHORITY]
    if request.kind in ACCESSES:
        asks.append(Letter.CLARIFY)
    if request.kind is RequestKind.ACCESS:
        asks.append(Letter.FEE)
    return (*asks, Letter.EXTEND, Letter.RESPOND, Letter.REFUSE)


def drafted(letter: Letter, request: Request, *, sender: Sender, division: Division) -> Draft:
    """Draft a letter from the case as it stands."""
    dates = dates_of(request, division=division)
    opening = f"Dear {request.details.requester or letter_words.GAP.format('their name')},"
    closing = (f"Yours sincerely,\n{sender.dpo}\nData Protection Officer, {sender.school}\n{sender.contact}",)
    body = _body(letter, request, dates, sender)
    return Draft(f"{_ABOUT[letter]} (our number {request.number})", (opening, *body, *closing))


_ABOUT: Final = {
    Letter.ACKNOWLEDGE: "We have your request",
    Letter.IDENTITY: "Your request: please show us who you are",
    Letter.AUTHORITY: "Your request: we need a signed authority",
    Letter.FEE: "Your request: a fee",
    Letter.CLARIFY: "Your request: a question",
    Letter.EXTEND: "Your request: we need more time",
    Letter.REFUSE: "Your request: why we can't do as you ask",
    Letter.RESPOND: "Our answer to your request",
    Letter.COMPLAINT_RECEIVED: "We have your complaint",
    Letter.COMPLAINT_OUTCOME: "What we found about your complaint",
}


def _body(  # noqa: C901, PLR0911  one line a letter
    letter: Letter, request: Request, dates: Dates, sender: Sender
) -> tuple[str, ...]:
    match letter:
        case Letter.ACKNOWLEDGE:
            return letter_words.acknowledge(request, dates, sender)
        case Letter.IDENTITY:
            return letter_words.identity(request)
        case Letter.AUTHORITY:
            return letter_words.AUTHORITY
        case Letter.FEE:
            return letter_words.fee(request)
        case Letter.CLARIFY:
            return letter_words.clarify(request)
        case Letter.EXTEND:
            return letter_words.extend(request, dates, sender)
        case Letter.REFUSE:
            return letter_words.refuse(request, sender)
        case Letter.RESPOND:
            return letter_words.respond(request, sender)
        case Letter.COMPLAINT_RECEIVED:
            return letter_words.complaint_received(request, sender)
        case Letter.COMPLAINT_OUTCOME:
            return letter_words.complaint_outcome(request, sender)
