"""When a request for somebody's own data must be answered: dates out of what happened, and nothing else.

Sources: UK GDPR art. 12(3) and 12A, DPA 2018 s.54 as amended in 2025 (in force from 5 February 2026), and the ICO's
guidance on time limits. The same month holds for the other rights (art. 15 to 22), without clarifications.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from policy.clocks.pauses import Clarification
from policy.clocks.period import Period, period
from policy.clocks.refusal import RefusedDatesError
from policy.clocks.sar_guards import refuse_impossible
from policy.clocks.working_days import Division

MONTHS: Final = 1  # SAR-4.1
EXTENDED_MONTHS: Final = 3  # two more, counted from the same start (SAR-4.3)


@dataclass(frozen=True, slots=True)
class SarEvents:
    """What has happened to one request. A doubt about identity counts only where it is on record."""

    received: date
    identity_asked: date | None = None
    identity_doubt: bool = False
    identity_received: date | None = None
    authority_asked: date | None = None
    authority_received: date | None = None
    fee_asked: date | None = None
    fee_paid: date | None = None
    clarifications: tuple[Clarification, ...] = ()
    extended: bool = False

    @property
    def unanswered(self) -> Clarification | None:
        """First question that still waits for its answer."""
        return min((one for one in self.clarifications if one.answered is None), key=_asked, default=None)


class SarState(StrEnum):
    """Whether the month runs."""

    RUNNING = "running"
    WAITING = "waiting"  # for identity, authority or fee: it has not begun
    PAUSED = "paused"  # for a clarification


@dataclass(frozen=True, slots=True)
class SarClock:
    """The dates of one request; a date that cannot be known yet is None.

    `days_left`, only while paused, is the whole period less the day we asked; `set_aside` are days of earlier pauses,
    which come on top of it when the answer is there.
    """

    events: SarEvents
    division: Division
    state: SarState
    starts: date | None = None
    month: Period | None = None
    longer: Period | None = None
    days_left: int | None = None
    set_aside: int = 0

    @property
    def in_force(self) -> Period | None:
        """The three months where it was extended, else the one."""
        return self.longer or self.month

    @property
    def due(self) -> date | None:
        """Last day of the one month, what staff work to unless it was extended."""
        return self.month.due if self.month else None

    @property
    def outer_due(self) -> date | None:
        """Last day of the one month in law: for the DPO's eyes."""
        return self.month.outer_due if self.month else None

    @property
    def target(self) -> date | None:
        """Day that nudges aim at, of the dates in force."""
        return self.in_force.target if self.in_force else None

    @property
    def extension_notice_by(self) -> date | None:
        """Last working day to say that it is extended; never of the extended dates (SAR-4.4)."""
        return self.month.target if self.month else None

    @property
    def extended_due(self) -> date | None:
        """Last day of the three months; None where it was not extended."""
        return self.longer.due if self.longer else None

    @property
    def extended_outer_due(self) -> date | None:
        """Last day of the three months in law: for the DPO's eyes."""
        return self.longer.outer_due if self.longer else None


def sar_clock(events: SarEvents, *, division: Division, now: date) -> SarClock:
    """Work out the dates. Raises RefusedDatesError where the events cannot have happened by `now`."""
    refuse_impossible(events, now)
    starts = _starts(events)
    if starts is None:
        return SarClock(events, division, SarState.WAITING)
    asked = sorted(events.clarifications, key=_asked)
    first_open = next((at for at, one in enumerate(asked) if one.answered is None), len(asked))
    answered = tuple(asked[:first_open])
    months = EXTENDED_MONTHS if events.extended else MONTHS
    span = period(starts, months, answered, division)
    _refuse_too_late(asked[span.counted : first_open + 1], span.due)
    if first_open < len(asked):
        return _paused(events, span, since=max(asked[first_open].asked, starts))
    return SarClock(
        events,
        division,
        SarState.RUNNING,
        starts,
        month=period(starts, MONTHS, answered, division) if events.extended else span,
        longer=span if events.extended else None,
    )


def _asked(one: Clarification) -> date:
    return one.asked


def _starts(events: SarEvents) -> date | None:
    """Latest of receipt and of what had to come first; None while something of that is outstanding (SAR-4.1, 4.2)."""
    latest = events.received
    for asked, came in (
        (events.identity_asked if events.identity_doubt else None, events.identity_received),
        (events.authority_asked, events.authority_received),
        (events.fee_asked, events.fee_paid),
    ):
        if asked is not None:
            if came is None:
                return None
            latest = max(latest, came)
    return latest


def _refuse_too_late(asked: list[Clarification], due: date) -> None:
    """Refuse a question asked when the time was over: it could no longer pause anything."""
    if asked and asked[0].asked > due:
        raise RefusedDatesError(
            f"A clarification was asked on {asked[0].asked}, after the due date, {due}. A question cannot pause a "
            "clock that has run out."
        )


def _paused(events: SarEvents, span: Period, *, since: date) -> SarClock:
    return SarClock(
        events,
        span.division,
        SarState.PAUSED,
        span.starts,
        days_left=(span.raw - since).days,
        set_aside=sum((min(one.answered, since) - one.begins).days for one in span.pauses if one.begins < since),
    )
