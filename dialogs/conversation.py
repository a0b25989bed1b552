"""What comes in and what goes out of a dialog: no Teams, no wire format, plain values."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

Json = dict[str, Any]  # a card or card data, at the border where JSON crosses


class Scope(StrEnum):
    """Where somebody talks; anything about a named pupil is answered in PERSONAL only (domain 0)."""

    PERSONAL = "personal"
    GROUP = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody typed something."""

    text: str
    files: int = 0  # how many files came with it; none is ever opened or kept


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed a button: Action.Execute and Action.Submit look the same here."""

    verb: str
    data: Json


class Purpose(StrEnum):
    """What a message was flagged as, from the menu that Teams shows on any message."""

    BREACH = "breach"
    REQUEST = "request"  # somebody asks for their data


@dataclass(frozen=True, slots=True)
class Flagged:
    """Somebody chose one of our actions on a message; `confirmed` once they said so in the dialog that it opens."""

    purpose: Purpose
    text: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Rated:
    """Somebody said whether an answer of ours helped, with Teams' own thumbs."""

    message: str  # the id that Teams gave to the answer: the client's claim
    helpful: bool
    words: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """The app was installed, or somebody joined."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that happened in one conversation, once: (conversation, activity) is its identity."""

    conversation: str
    activity: str
    asker: str  # the Entra object id, never taken from card data
    scope: Scope
    event: Said | Pressed | Flagged | Rated | Arrived
    now: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say: one card (with its text for previews and the terminal), or plain text."""

    text: str  # everything a person reads, buttons as "[Label]": the terminal's and `ask`'s rendering
    card: Json | None = None
    summary: str = "Ask DPO"  # the neutral preview line of a notification: never a name
    replace: bool = False  # the card takes the place of the one that was pressed
    asks_feedback: bool = False  # Teams draws its thumbs under it
    again: bool = False  # it was answered before, and may have been said
    answer: Json = field(default_factory=dict)  # contract section 3, for `askdpo ask --json`


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody has typed so far in the search box over a message they are writing."""

    asker: str  # the Entra object id
    words: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Hit:
    """One line under the search box, seen by whoever types alone; `card` is what goes into the chat if it is chosen."""

    title: str
    text: str
    card: Json
