"""What a question led to, before anything is written: the words to say and the rows that must last with them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.as_text import as_text
from dialogs.conversation import Json, Reply, Turn
from dialogs.known import Known
from policy.forms import LONDON
from policy.names import Roll
from policy.packs import SchoolRules
from policy.photos.decision import PhotoAnswer
from policy.records import SchoolRecords
from policy.roles import May, Role, may
from policy.understanding.heard import Heard
from storage.people import Person
from storage.schools import School

TOPIC: Final = "topic"  # beside what was understood of a question about a picture
SUMMARY: Final = "Ask DPO has answered"  # what a locked phone or a whiteboard shows: never a name, never yes or no
_ANSWERS: Final = frozenset({"answer", "G", "P", "D"})  # never under a neutral no: it must look like every other
_ASIDES: Final = frozenset({"answer", "unknown"})
_WAITS_FOR: Final = timedelta(days=1)  # an old button never answers a new question


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and at which of their schools: roles are those held there, now."""

    person: Person
    school: School
    roles: frozenset[Role]
    rules: SchoolRules

    def may(self, what: May) -> bool:
        """Whether the table of domain 8 allows it."""
        return may(self.roles, what)


@dataclass(frozen=True, slots=True)
class Asked:
    """One message as one of the asker's schools understands it, with what an answer rests on."""

    asker: Asker
    heard: Heard
    text: str  # as it was typed
    roll: Roll
    lists: SchoolRecords
    now: datetime
    before: Json | None = None  # what the last hour's last question was about

    @property
    def topic(self) -> str:
        """The question about the rules that a half question may go on from; empty where there is none."""
        return "" if self.before is None else str(self.before.get(TOPIC, ""))

    @property
    def today(self) -> date:
        """The day that it is in London: people's dates are local (domain 0)."""
        return local_day(self.now)

    def understood(self, heard: Heard) -> "Asked":
        """Return the same message, better understood."""
        return replace(self, heard=heard)


@dataclass(frozen=True, slots=True)
class Ids:
    """What the buttons of a reply refer to; known once the rows are written."""

    question: int = 0  # `askdpo ask` writes nothing that a button could refer to
    pending: str = ""
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question of ours that waits for its answer."""

    kind: str
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Thought:
    """The reply to one message, and what must be written in one transaction with it."""

    text: str  # as it was asked
    heard: Heard | None  # None: nothing to follow up
    say: Callable[[Ids], Json]  # the card, once the ids are known
    contract: Json  # contract 3, but for the text
    asker: Asker | None = None  # None: which of several schools is meant is not known yet
    asked: Asked | None = None  # of a dialog that is only talked about: what more can be said of it
    answer: PhotoAnswer | None = None  # the decision, where one was made
    waiting: Waiting | None = None
    answered_with: str = ""  # which answer of the library, in which version: feedback is kept with it
    starts: Callable[[AsyncSession, Known, Turn], Awaitable[Json]] | None = None  # a guided dialog: its first card
    topic: str = ""  # a question about the rules that the next may go on from
    for_the_dpo: bool = False  # shape D: the DPO gets it with the same commit (domain 1.5 A6)

    @property
    def is_aside(self) -> bool:
        """Whether it leaves the conversation where it was: help, a greeting, words that were not understood."""
        return self.heard is None and self.contract["shape"] in _ASIDES

    def reply(self, ids: Ids) -> Reply:
        """Put it into a card and its words."""
        told = reply(self.say(ids), answer=self.contract)
        return replace(told, asks_feedback=self.contract["shape"] in _ANSWERS)


def reply(card: Json, *, answer: Json | None = None) -> Reply:
    """Reply with a card, and with its words for whoever reads without cards."""
    text = as_text(card)
    return Reply(text=text, card=card, summary=SUMMARY, answer={"text": text, **(answer or {})})


def instead(told: Reply) -> Reply:
    """Put the reply in the place of the card that was pressed."""
    return replace(told, replace=True)


def local_day(now: datetime) -> date:
    """Return the day that an instant falls on in London."""
    return now.astimezone(LONDON).date()


def until(now: datetime) -> datetime:
    """When a question of ours stops waiting."""
    return now + _WAITS_FOR


def contract(
    heard: Heard | None,
    *,
    shape: str,
    decision: str | None = None,
    pupils: tuple[Json, ...] = (),
    leave_out: tuple[str, ...] = (),
    conditions: tuple[str, ...] = (),
    citations: tuple[tuple[str, str], ...] = (),
    choices: tuple[str, ...] = (),
    routed_to: tuple[str, ...] = (),
) -> Json:
    """Build the object of contract 3, but for its text."""
    return {
        "intent": "unknown" if heard is None else heard.intent.value,
        "shape": shape,
        "decision": decision,
        "pupils": list(pupils),
        "leave_out": list(leave_out),
        "conditions": list(conditions),
        "citations": [{"document": document, "clause": clause} for document, clause in citations],
        "choices": list(choices),
        "routed_to": list(routed_to),
        "confidence": 0.0 if heard is None else heard.confidence,
    }
