"""What a request keeps about each thing that was done: small values that the case is made of."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from policy.request.kinds import RequestKind


class Document(StrEnum):
    """What shows who somebody is (SAR-2.2). The bot keeps which were seen and when, never a copy."""

    PASSPORT = "passport"
    DRIVING_LICENCE = "driving_licence"
    UTILITY_BILL = "utility_bill"
    CERTIFICATE = "certificate"
    P45_P60 = "p45_p60"
    STATEMENT = "statement"
    OTHER = "other"  # the list's missing line: the DPO says what it was


DOCUMENT_LABELS: Final = {
    Document.PASSPORT: "Passport, current",
    Document.DRIVING_LICENCE: "Driving licence, current",
    Document.UTILITY_BILL: "Utility bill, at most three months old",
    Document.CERTIFICATE: "Birth or marriage certificate",
    Document.P45_P60: "P45 or P60",
    Document.STATEMENT: "Card or mortgage statement, at most three months old",
    Document.OTHER: "Something else",
}


@dataclass(frozen=True, slots=True)
class Details:
    """What is asked, by whom and about whom. Names and words are people's own."""

    kind: RequestKind
    words: str
    received_on: date
    received_how: str
    requester: str
    requester_kind: str
    about: str
    born: date | None = None
    contact: str = ""
    preferred_form: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who gets the answer, as the DPO settled it; `able`: whether a child understands their rights (None: unsaid)."""

    route: str
    able: bool | None
    doubt: bool
    conflict: bool
    reason: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Identity:
    """A recorded doubt about who asks, and what settled it."""

    asked_on: date
    doubt: str
    seen_on: date | None = None
    documents: tuple[str, ...] = ()
    seen_by: int | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """A signed word of the person whose data it is. `asked_on` is None where it came with the request."""

    asked_on: date | None
    received_on: date | None = None
    covers: str = ""
    overridden: str = ""

    @property
    def is_waited_for(self) -> bool:
        """Whether the clock waits for it."""
        return self.asked_on is not None and self.received_on is None and not self.overridden


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee, with why it may be asked for (SAR-3.2, SAR-3.3)."""

    asked_on: date
    ground: str
    amount: int
    reason: str
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """We asked what is meant; `place` is the asking's in the history."""

    place: int
    asked_on: date
    text: str
    answered_on: date | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """Two months more, once (SAR-4.3)."""

    ground: str
    reason: str
    notice_sent_on: date
    override: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """Something to search or to say, and who does it."""

    number: int
    kind: str
    what: str
    owner: int
    set_at: datetime
    done_at: datetime | None = None
    found: bool | None = None
    note: str = ""
    chased_at: tuple[datetime, ...] = ()  # by hand
    escalated_at: datetime | None = None  # by hand


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody who holds data was asked to delete nothing (SAR-8.1.3)."""

    person: int
    sent_at: datetime
    confirmed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """One rung of the ladder for another person's data (SAR-7.2)."""

    move: str
    on: date
    reason: str
    by: int | None


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """Another person in the data, and how far that is settled."""

    item: int
    who: str
    moves: tuple[Move, ...]

    @property
    def last(self) -> str:
        """The rung it stands on."""
        return self.moves[-1].move


@dataclass(frozen=True, slots=True)
class Exemption:
    """Something that may be withheld, with its reason (SAR-7.1)."""

    exemption: str
    what: str
    reason: str
    dsl: bool
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the checklist, checked by somebody."""

    by: int | None
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    """How it was answered: whole, in part, refused, or a complaint's outcome. `routes` are where to complain."""

    outcome: str  # "responded", "refused", or a complaint's outcome
    sent_on: date
    how: str
    words: str  # the explanation, or the reasons
    withheld: str = ""
    ground: str = ""
    routes: tuple[str, ...] = ()
    proof: str = ""
    by: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the DPO decided about a right; an earlier one stays in the events."""

    outcome: str
    ground: str
    exception: str
    reason: str
    authorised_by: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whoever had the data from us and was told, or why not (DP-12.13)."""

    name: str
    outcome: str
    on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """Somebody's words, kept with the case."""

    text: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Snooze:
    """A reminder that somebody put off."""

    at: datetime
    until: datetime
