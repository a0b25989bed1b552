"""What the DSL decided about a pupil's pictures. It holds no reason.

Nothing but this file reads or writes the table; deletion by age takes a leaver's rows (storage/forgetting/pupils.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import ForeignKey, bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from policy.records import Restriction, RestrictionState
from storage.database import Base, Id
from storage.pupils import in_lots


class RestrictionRow(Base):
    """One decision; the latest about a pupil stands, the earlier ones remain (PHOTO-6.2)."""

    __tablename__ = "restrictions"
    id: Mapped[Id]
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    state: Mapped[str]
    level: Mapped[int | None]
    court_order: Mapped[bool]
    review_on: Mapped[date | None]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]


_T: Final = RestrictionRow.__table__.c
_OF: Final = (
    select(_T.pupil_id, _T.state, _T.level, _T.court_order, _T.review_on)
    .where(_T.pupil_id.in_(bindparam("ids", expanding=True)))
    .order_by(_T.id)
)


async def of(session: AsyncSession, pupil_ids: Sequence[int]) -> Mapping[int, Restriction]:
    """Return what stands for each restricted pupil; a pupil without any decision is not in the answer."""
    standing: dict[int, Restriction] = {}
    for some in in_lots(pupil_ids):
        for pupil_id, state, level, court_order, review_on in await session.execute(_OF, {"ids": some}):
            standing[pupil_id] = Restriction(RestrictionState(state), level, court_order, review_on)  # later rows win
    return standing


async def record(
    session: AsyncSession, decisions: Iterable[tuple[int, Restriction]], *, recorded_by: int, now: datetime
) -> None:
    """Add decisions, (pupil id, what stands from now on) each; nothing earlier is touched."""
    rows = [
        {
            "pupil_id": pupil_id,
            "state": decision.state.value,
            "level": decision.level,
            "court_order": decision.court_order,
            "review_on": decision.review_on,
            "recorded_by": recorded_by,
            "recorded_at": now,
        }
        for pupil_id, decision in decisions
    ]
    if rows:
        await session.execute(insert(RestrictionRow.__table__), rows)  # type: ignore[arg-type]  # a Table is what it is
