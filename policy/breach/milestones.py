"""Everything that a case will remind people of, and when: the table of domain 2.5, and what a decision starts.

The 72 hours run from T0; the rest from what it waits for. A milestone's key is kept with the case once it was sent.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from policy.breach.case import Breach
from policy.breach.events import Happened, Matter
from policy.breach.form_b import outstanding
from policy.breach.status import ico_says, is_reviewed, runs
from policy.clocks.local_time import instant

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
REVIEW_WITHIN: Final = timedelta(days=14)  # a setting of ours (domain 2.6)
_MORNING: Final = time(9)


class To(StrEnum):
    """Who is reminded; a seat stands for whoever sits there."""

    REPORTER = "reporter"
    DPO = "dpo"
    LEADER = "leader"
    NEXT = "next"  # who comes after the DPO in line: the deputy, then the head


class Track(StrEnum):
    """What runs side by side; of one thing only the latest is ever said."""

    CLOCK = "clock"
    ACKNOWLEDGE = "acknowledge"
    FORM_A = "form-a"
    SUBJECTS = "subjects"
    OTHERS = "others"
    OUTSTANDING = "outstanding"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One reminder to come."""

    key: str
    track: Track
    due: datetime
    to: tuple[To, ...]
    step: int = 0  # hours on the 72-hour clock, else which of its track
    can_wait: bool = False  # for the end of the quiet hours
    about: str = ""  # which organisation, which field

    @property
    def line(self) -> tuple[Track, str]:
        """What a later milestone takes the place of."""
        return self.track, self.about


_DPO: Final = (To.DPO,)
_BOTH: Final = (To.DPO, To.LEADER)
CLOCK: Final[tuple[tuple[int, tuple[To, ...]], ...]] = (
    (24, _DPO),
    (48, _BOTH),
    (60, _BOTH),
    (66, _BOTH),
    (71, _BOTH),
    (72, _BOTH),
)
CHASE_REPORTER: Final = (15, 60)  # minutes after opening, until Form A is sent
CHASE_DPO: Final[tuple[tuple[int, tuple[To, ...]], ...]] = ((1, _DPO), (2, (To.DPO, To.NEXT)))  # hours after opening


def planned(breach: Breach, now: datetime) -> Iterator[Milestone]:
    """Give every reminder of a case as it stands, sent or not; of a daily one those until now and the next."""
    if not breach.is_open:
        return
    if runs(breach):
        yield from _clock(breach)
    yield from _acknowledge(breach)
    yield from _form_a(breach)
    yield from _subjects(breach, now)
    yield from _others(breach)
    yield from _outstanding(breach)
    yield from _review(breach)


def _clock(breach: Breach) -> Iterator[Milestone]:
    """No weekend, holiday, missing answer or sent form stops these (BREACH-3.3)."""
    for hours, to in CLOCK:
        yield Milestone(f"clock:{hours}{_round(breach)}", Track.CLOCK, breach.t0 + hours * _HOUR, to, hours)


def _round(breach: Breach) -> str:
    """Mark a clock that runs anew: started later by the DPO, or reopened. What was said before is said again then."""
    later = sum(second.at > first.at for first, second in pairwise(breach.aware))
    reopened = breach.last.get(Happened.REOPENED, 0)
    return (f"/later{later}" if later else "") + (f"/reopened{reopened}" if reopened else "")


def _acknowledge(breach: Breach) -> Iterator[Milestone]:
    if breach.dpo_acknowledged:
        return
    for hours, to in CHASE_DPO:
        waits_for = _DPO if breach.acknowledged_at is not None else to  # a leader has it: nobody else is woken
        due = breach.opened_at + hours * _HOUR
        yield Milestone(f"acknowledge:{hours}", Track.ACKNOWLEDGE, due, waits_for, hours)


def _form_a(breach: Breach) -> Iterator[Milestone]:
    """Remind the reporter, even after they left the form: it must exist for every suspicion (BREACH-3.14)."""
    if breach.form_a is not None:
        return
    for minutes in CHASE_REPORTER:
        due = breach.opened_at + timedelta(minutes=minutes)
        yield Milestone(f"form-a:{minutes}", Track.FORM_A, due, (To.REPORTER,), minutes, can_wait=True)


def _subjects(breach: Breach, now: datetime) -> Iterator[Milestone]:
    """Remind a day after it was decided that people are told, then daily until they are (BREACH-4.10)."""
    decision = breach.decisions.get(Matter.SUBJECTS)
    if decision is None or decision.outcome == "no" or breach.subjects_told_at is not None:
        return
    mark = breach.last.get(f"{Happened.DECIDED}:{Matter.SUBJECTS}", 0)
    for day in range(1, max((now - decision.at) // _DAY, 0) + 2):
        yield Milestone(f"subjects{mark}:{day}", Track.SUBJECTS, decision.at + day * _DAY, _DPO, day)


def _others(breach: Breach) -> Iterator[Milestone]:
    """Each organisation's own time: a day ahead where there is one, and when it is up (BREACH-3.4)."""
    decided = breach.decisions.get(Matter.OTHERS)
    for name, by in breach.owed.items():
        if by is None or decided is None:
            continue
        if by - _DAY > decided.at:
            yield Milestone(f"others:{name}:{_mark(by)}:0", Track.OTHERS, by - _DAY, _BOTH, about=name)
        yield Milestone(f"others:{name}:{_mark(by)}:1", Track.OTHERS, by, _BOTH, 1, about=name)


def _outstanding(breach: Breach) -> Iterator[Milestone]:
    """On the day on which something was to be known (BREACH-5.4)."""
    if not breach.form_b or ico_says(breach) is not True:
        return
    for part in outstanding(breach.form_b[-1].answers):
        if part.expected_by is not None:
            key = f"outstanding:{part.field.name}:{part.expected_by}"
            due, name = _on(part.expected_by), part.field.name
            yield Milestone(key, Track.OUTSTANDING, due, _DPO, can_wait=True, about=name)


def _review(breach: Breach) -> Iterator[Milestone]:
    decision = breach.decisions.get(Matter.ICO)
    if decision is None or ico_says(breach) is None or is_reviewed(breach):
        return
    since = max(decision.at, breach.reopened_at or decision.at)
    yield Milestone(f"review:{_mark(since)}", Track.REVIEW, since + REVIEW_WITHIN, _DPO, can_wait=True)


def _on(day: date) -> datetime:
    return instant(datetime.combine(day, _MORNING)).at  # London's


def _mark(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
