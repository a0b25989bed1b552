"""Who is at the table of a request: the DPO, or whoever stands in, and whoever leads the school (domain 8)."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.casework.staff import Staff, posts_of
from dialogs.casework.tables import Table, seat
from policy.breach.seats import Seat
from policy.request.case import Request
from policy.request.seats import LINES
from policy.roles import Role
from storage import people
from storage.people import Person

_TAKEN: Final = (Seat.DPO, Seat.LEADER)


async def table_of(session: AsyncSession, request: Request) -> Table:
    """Seat the case."""
    return seated(request, await posts_of(session, request.school_id, named=request.people))


def seated(request: Request, staff: Staff) -> Table:
    """Seat the case among people who are known already."""
    return seat(request, staff, _TAKEN, LINES)


async def has_overview(session: AsyncSession, person: Person, school_id: int) -> bool:
    """Whether somebody leads a school as far as requests go: the head, or the academy leader where there is none."""
    roles = person.roles_at(school_id)
    if Role.HEADTEACHER in roles:
        return True
    return Role.ACADEMY_LEADER in roles and not await people.holding(session, school_id, Role.HEADTEACHER)


def decides(at_table: Table, person: int) -> bool:
    """Whether somebody acts as the DPO here: they alone see what is in it."""
    return Seat.DPO in at_table.acts_from(person)


def sees_dates(at_table: Table, person: int) -> bool:
    """Whether somebody sees the dates and no content: the head, and whoever was brought in for a silent DPO."""
    return person in at_table.seats
