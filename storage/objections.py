"""Objections to all photographs (DP-12.3): open until the DPO rules, and standing where the DPO agrees."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Id


class Ruling(StrEnum):
    """What became of an objection."""

    OPEN = "open"
    UPHELD = "upheld"
    REFUSED = "refused"


class ObjectionRow(Base):
    """One step of one objection; a pupil's latest row stands."""

    __tablename__ = "objections"
    id: Mapped[Id]
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    received_on: Mapped[date]
    ruling: Mapped[str]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]


_T = ObjectionRow.__table__.c
_LATER = ObjectionRow.__table__.alias("later")
_SUPERSEDED = select(func.max(_LATER.c.id)).where(_LATER.c.pupil_id == _T.pupil_id).scalar_subquery()

# The pupils whose objection stands: few in any school, so every query may ask for all of them.
STANDING = select(_T.pupil_id).where(_T.id == _SUPERSEDED, _T.ruling.in_((Ruling.OPEN.value, Ruling.UPHELD.value)))


async def record(
    session: AsyncSession, *, pupil_id: int, received_on: date, ruling: Ruling, recorded_by: int, now: datetime
) -> None:
    """Add a step: the objection as received, or what the DPO ruled on it."""
    session.add(
        ObjectionRow(
            pupil_id=pupil_id, received_on=received_on, ruling=ruling.value, recorded_by=recorded_by, recorded_at=now
        )
    )
    await session.flush()
