"""One breach's file: read it as the sum of its events, add to it, and write down where it stands."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.casework.files import entry, told
from policy.breach import case as cases_of
from policy.breach.case import Breach
from policy.breach.events import Event, Happened
from policy.breach.nudges import next_at
from policy.breach.status import runs, status_of
from policy.quiet_hours import QuietHours
from storage import cases
from storage.cases import CaseKind, Entry

QUIET: Final = QuietHours()
_LIVE: Final = timedelta(hours=1)  # how often the hours left on the cards are brought up to date while they run


async def read(session: AsyncSession, number: int, *, hold: bool = False) -> Breach | None:
    """Return a breach; None where there is no such case. `hold` keeps others from changing it meanwhile."""
    found = await told(session, number, CaseKind.BREACH, hold=hold)
    if found is None:
        return None
    case, entries = found
    return cases_of.of(number, case.school_id, map(_event, entries))


async def held(session: AsyncSession, number: int) -> Breach:
    """Return a breach that is known to exist, held. Raises LookupError where it is not there."""
    breach = await read(session, number, hold=True)
    if breach is None:
        raise LookupError(f"case {number} is not there")
    return breach


async def add(
    session: AsyncSession, breach: Breach, *events: Event, now: datetime, quiet: QuietHours = QUIET
) -> Breach:
    """Add events, in the caller's transaction, and settle where the case stands; return it as it is then."""
    if events:
        await cases.add(session, breach.number, *map(entry, events))
    for event in events:
        breach = replace(cases_of.after(breach, event), events=breach.events + 1)
    await settle(session, breach, now=now, quiet=quiet)
    return breach


async def settle(session: AsyncSession, breach: Breach, *, now: datetime, quiet: QuietHours = QUIET) -> None:
    """Write the status, and when the sweep must look again."""
    await cases.settle(
        session,
        breach.number,
        status=status_of(breach),
        due_at=_look_again(breach, now, quiet),
        closed_at=breach.closed_at or breach.withdrawn_at,
        school_id=breach.school_id,
    )


def _event(stored: Entry) -> Event:
    return Event(Happened(stored.kind), stored.at, stored.actor, stored.data)


def _look_again(breach: Breach, now: datetime, quiet: QuietHours) -> datetime | None:
    planned = next_at(breach, now, quiet=quiet)
    if not runs(breach):
        return planned
    live = now + _LIVE
    return live if planned is None else min(planned, live)
