"""A reminder to come: who gets it, when, and what a later one takes the place of."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from policy.clocks.local_time import instant
from policy.clocks.working_days import Division, next_working_day

DAY: Final = timedelta(days=1)
_MORNING: Final = time(9)


class To(StrEnum):
    """Who is reminded; a seat stands for whoever sits there."""

    DPO = "dpo"
    LEADER = "leader"
    PERSON = "person"  # who has a task, or was asked to delete nothing
    NEXT = "next"  # who comes after the DPO in line


class Track(StrEnum):
    """What runs side by side; of one thing only the latest is ever said."""

    CHECK = "check"
    WAITING = "waiting"
    SEARCH = "search"
    TASK = "task"
    KEEP = "keep"
    THIRD_PARTY = "third-party"
    EXTENSION = "extension"
    DUE = "due"
    COMPLAINT = "complaint"
    OUTCOME = "outcome"
    AT_ONCE = "at-once"
    CARRY_OUT = "carry-out"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One reminder to come."""

    key: str
    track: Track
    due: datetime
    to: tuple[To, ...]
    step: int = 0  # days, or which of its track
    can_wait: bool = True  # for the end of the quiet hours, and when put off
    about: str = ""  # which task, which person in the data
    person: int | None = None  # for `To.PERSON`

    @property
    def line(self) -> str:
        """What a later milestone takes the place of; what is put off, and settled."""
        return f"{self.track}:{self.about}" if self.about else str(self.track)


DPO: Final = (To.DPO,)
BOTH: Final = (To.DPO, To.LEADER)
UP: Final = (To.DPO, To.LEADER, To.NEXT)
_SETTLEABLE: Final = frozenset({Track.CHECK, Track.SEARCH, Track.EXTENSION, Track.HOLD, Track.THIRD_PARTY})


def can_be_settled(line: str) -> bool:
    """Whether the DPO can be done with a reminder; the others end when what they are about is done."""
    return line.partition(":")[0] in _SETTLEABLE


def working_days_on(day: date, days: int, division: Division) -> date:
    """Return the day so many working days later."""
    for _ in range(days):
        day = next_working_day(day + DAY, division)
    return day


def morning(day: date) -> datetime:
    """Return the instant at which reminders of a day go out, London's."""
    return instant(datetime.combine(day, _MORNING)).at
