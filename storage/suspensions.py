"""A family's circumstances changed: forms signed before that day wait for a new one (PHOTO-4.9)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Id
from storage.pupils import PupilRow


class SuspensionRow(Base):
    """The day from which a pupil's earlier forms no longer count; the latest day stands."""

    __tablename__ = "suspensions"
    id: Mapped[Id]
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    suspended_from: Mapped[date]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
    refresh_id: Mapped[int | None] = mapped_column(ForeignKey("refreshes.id"))  # the report that it came with


# For queries that read pupils: the day that stands, or nothing.
_T = SuspensionRow.__table__.c
_PUPILS = PupilRow.__table__
SUSPENDED_FROM = (
    select(func.max(_T.suspended_from)).where(_T.pupil_id == _PUPILS.c.id).correlate(_PUPILS).scalar_subquery()
)


async def record(
    session: AsyncSession,
    *,
    pupil_id: int,
    suspended_from: date,
    recorded_by: int,
    now: datetime,
    refresh_id: int | None = None,
) -> None:
    """Note that the family's circumstances changed on a day, and with which report that was told."""
    session.add(
        SuspensionRow(
            pupil_id=pupil_id,
            suspended_from=suspended_from,
            recorded_by=recorded_by,
            recorded_at=now,
            refresh_id=refresh_id,
        )
    )
    await session.flush()


async def end(session: AsyncSession, refresh_id: int) -> None:
    """Take away what came with a report that was none; the report itself stays, and says who found so."""
    mistaken = delete(SuspensionRow).where(SuspensionRow.refresh_id == refresh_id)
    await session.execute(mistaken.execution_options(synchronize_session=False))
