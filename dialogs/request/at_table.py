"""Who is at the table of a request: the DPO, or whoever stands in, and whoever leads the school (domain 8)."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.casework.staff import Staff, posts_of
from dialogs.casework.tables import Table, seat
from policy.breach.seats import Seat
from policy.request.case import Request

_TAKEN: Final = (Seat.DPO, Seat.LEADER)


async def table_of(session: AsyncSession, request: Request) -> Table:
    """Seat the case."""
    return seated(request, await posts_of(session, request.school_id, named=request.people))


def seated(request: Request, staff: Staff) -> Table:
    """Seat the case among people who are known already."""
    return seat(request, staff, _TAKEN)


def decides(at_table: Table, person: int) -> bool:
    """Whether somebody acts as the DPO here: they alone see what is in it."""
    return Seat.DPO in at_table.acts_from(person)


def sees_dates(at_table: Table, person: int) -> bool:
    """Whether somebody sees the dates and no content: the head, and whoever was brought in for a silent DPO."""
    return person in at_table.seats
