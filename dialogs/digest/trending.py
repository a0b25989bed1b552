"""A term's reports of many schools in one statement: how quick they were, and what went wrong, never for whom."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.digest.readers import Readers
from policy.breach import case as breaches
from policy.breach.events import Event, Happened
from policy.digest.occasion import midnight
from policy.digest.trend import Report, Trend
from storage import term
from storage.cases import Entry

# All that says when a breach was noticed, when it was reported, and whom it concerns.
_TELLING: Final = (
    Happened.OPENED,
    Happened.NOTICED,
    Happened.AWARE_CORRECTED,
    Happened.INVOLVED,
    Happened.NO_LONGER_INVOLVED,
)
_HOUR: Final = timedelta(hours=1)
_Told = Mapping[int, Mapping[int, Sequence[Entry]]]


async def trends(
    session: AsyncSession,
    began: Mapping[int, tuple[date, date]],
    staff: Mapping[int, Readers],
    *,
    until: datetime,
) -> dict[int, Trend | None]:
    """Return each school's reports of the term and of the one before; `began` the first days of both, by school.

    None for a school of which something cannot be added up: its week says so.
    """
    since = min((midnight(before) for before, _ in began.values()), default=until)
    kinds = [kind.value for kind in _TELLING]
    told = await term.told_of(session, list(began), kinds, since=since, until=until)
    return {school: _trend(school, told, staff[school], days, until) for school, days in began.items()}


def _trend(school: int, told: _Told, readers: Readers, days: tuple[date, date], until: datetime) -> Trend | None:
    try:
        reports = [_report(number, school, entries, readers, until) for number, entries in told.get(school, {}).items()]
    except (KeyError, ValueError):
        return None
    earlier, start = map(midnight, days)
    return Trend(
        tuple(one for one in reports if one.at >= start),
        tuple(one for one in reports if earlier <= one.at < start),
    )


def _report(number: int, school: int, entries: Sequence[Entry], readers: Readers, until: datetime) -> Report:
    """Read it as it was then; whoever has a part in it by now has one in every week (domain 8)."""
    events = [Event(Happened(e.kind), e.at, e.actor, e.data) for e in entries]
    breach = breaches.of(number, school, (event for event in events if event.at <= until))
    concerned = readers.concerned_in(school, breach.concerned | breaches.of(number, school, events).concerned)
    hours = max(breach.opened_at - breach.t0, timedelta()) / _HOUR
    return Report(concerned, breach.opened_at, hours, breach.kinds)
