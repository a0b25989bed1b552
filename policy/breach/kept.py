"""What a breach keeps about each thing that was done: small values that the case is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Aware:
    """One word on when the clock starts: kept when a later one replaces it (C14)."""

    at: datetime
    said_at: datetime
    by: int | None
    reason: str  # "" where none was needed: it moved the start earlier


@dataclass(frozen=True, slots=True)
class Message:
    """A question to the reporter, or an answer; `by` is a person's id."""

    asked: bool
    text: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """Something to contain the breach, and who does it."""

    number: int
    what: str
    owner: int
    set_at: datetime
    done_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the investigation."""

    topic: str
    text: str
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided, and why; an earlier one stays in the events."""

    outcome: str
    reason: str
    details: Mapping[str, str]
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """One saved state of Form B."""

    answers: Mapping[str, Any]
    final: bool
    by: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """What was learnt: required before a case is closed (BREACH-6.1)."""

    cause: str
    action: str
    owner: str
    due: date | None
    done: bool
    by: int | None
    at: datetime
