"""One request's file: read it as the sum of its events, add to it, and write down where it stands."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.casework.files import entry, told
from policy.clocks.working_days import Division
from policy.quiet_hours import QuietHours
from policy.request.case import Request
from policy.request.events import Event, Happened
from policy.request.history import after, of
from policy.request.nudges import next_at
from policy.request.status import status_of
from storage import cases, holds, schools
from storage.cases import CaseKind, Entry

QUIET: Final = QuietHours()


async def read(session: AsyncSession, number: int, *, hold: bool = False) -> Request | None:
    """Return a request; None where there is no such case. `hold` keeps others from changing it meanwhile."""
    found = await told(session, number, CaseKind.REQUEST, hold=hold)
    if found is None:
        return None
    case, entries = found
    return of(number, case.school_id, map(_event, entries))


async def held(session: AsyncSession, number: int) -> Request:
    """Return a request that is known to exist, held. Raises LookupError where it is not there."""
    request = await read(session, number, hold=True)
    if request is None:
        raise LookupError(f"request {number} is not there")
    return request


async def add(
    session: AsyncSession, request: Request, *events: Event, now: datetime, quiet: QuietHours = QUIET
) -> Request:
    """Add events, in the caller's transaction, and settle where the case stands; return it as it is then."""
    if events:
        await cases.add(session, request.number, *map(entry, events))
    for event in events:
        request = after(request, event)
    await settle(session, request, now=now, quiet=quiet)
    return request


async def settle(session: AsyncSession, request: Request, *, now: datetime, quiet: QuietHours = QUIET) -> None:
    """Write the status, when the sweep must look again, and whether deletion passes over whom it is about."""
    division = await division_of(session, request.school_id)
    await cases.settle(
        session,
        request.number,
        status=status_of(request),
        due_at=next_at(request, now, division=division, quiet=quiet),
        closed_at=request.ended_at,
        school_id=request.school_id,
    )
    await holds.keep(session, request.number, school_id=request.school_id, about=held_words(request))


def held_words(request: Request) -> tuple[str, ...] | None:
    """Return who the hold is about, as far as the case names them; None where nothing is held (SAR-8.1.3)."""
    if not request.is_held:
        return None
    details = request.details
    return tuple(name for name in (details.about, details.requester) if name.strip())


async def division_of(session: AsyncSession, school_id: int) -> Division:
    """Return whose bank holidays count at a school."""
    school = await schools.by_id(session, school_id)
    return Division.ENGLAND_AND_WALES if school is None else Division(school.division)


def _event(stored: Entry) -> Event:
    return Event(Happened(stored.kind), stored.at, stored.actor, stored.data)
