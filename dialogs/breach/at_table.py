"""Who is at the table of a breach: everybody with a seat, and everybody whom its cards name (domain 8)."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.casework.staff import Staff, posts_of
from dialogs.casework.tables import Table, seat
from policy.breach.case import Breach
from policy.breach.seats import Seat

_WORKPLACE_BY: Final = timedelta(minutes=15)  # then the heads of the first school are told, whatever was confirmed


async def table_of(session: AsyncSession, breach: Breach, *, now: datetime) -> Table:
    """Seat the case."""
    return seated(breach, await posts_of(session, breach.school_id, named=breach.people), now=now)


def seated(breach: Breach, staff: Staff, *, now: datetime) -> Table:
    """Seat the case among people who are known already."""
    return seat(breach, staff, _taken(breach, now))


def _taken(breach: Breach, now: datetime) -> tuple[Seat, ...]:
    confirmed = not breach.workplace_open or now - breach.opened_at >= _WORKPLACE_BY
    return (
        Seat.DPO,
        *((Seat.LEADER,) if confirmed else ()),
        *((Seat.DSL,) if breach.child_at_risk else ()),
        *((Seat.IT,) if breach.involves_it else ()),
    )
