"""One incident's file: read it as the sum of its events, add to it, and write down where it stands."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.casework import files
from policy.incident import case as cases_of
from policy.incident.case import Incident
from policy.incident.events import Event, Happened
from policy.incident.nudges import next_at
from policy.incident.status import status_of
from policy.quiet_hours import QuietHours
from storage import cases
from storage.cases import CaseKind, Entry

QUIET: Final = QuietHours()


async def read(session: AsyncSession, number: int, *, hold: bool = False) -> Incident | None:
    """Return an incident; None where there is no such case. `hold` keeps others from changing it meanwhile."""
    found = await files.told(session, number, CaseKind.INCIDENT, hold=hold)
    if found is None:
        return None
    case, told = found
    return of(number, case.school_id, told)


def of(number: int, school_id: int, told: tuple[Entry, ...]) -> Incident:
    """Add up an incident from its stored events."""
    return cases_of.of(number, school_id, (Event(Happened(one.kind), one.at, one.actor, one.data) for one in told))


async def held(session: AsyncSession, number: int) -> Incident:
    """Return an incident that is known to exist, held. Raises LookupError where it is not there."""
    incident = await read(session, number, hold=True)
    if incident is None:
        raise LookupError(f"case {number} is not there")
    return incident


async def add(session: AsyncSession, incident: Incident, *events: Event) -> Incident:
    """Add events, in the caller's transaction, and settle where the case stands; return it as it is then."""
    if events:
        await cases.add(session, incident.number, *map(files.entry, events))
    for event in events:
        incident = cases_of.after(incident, event)
    await settle(session, incident)
    return incident


async def settle(session: AsyncSession, incident: Incident) -> None:
    """Write the status, and when the sweep must look again."""
    await cases.settle(
        session,
        incident.number,
        status=status_of(incident),
        due_at=next_at(incident, quiet=QUIET),
        closed_at=incident.closed_at,
        school_id=incident.school_id,
    )


def happened(kind: Happened, at: datetime, actor: int | None, /, **data: object) -> Event:
    """Make an event."""
    return Event(kind, at, actor, dict(data))
