"""Digests that were sent: each school's once a week, and what each reader's said, to compare the next one with."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base
from storage.engines.upsert import insert_or_skip
from storage.schools import SchoolRow


class RoundRow(Base):
    """One school's digests of one week: whoever writes this row sends them."""

    __tablename__ = "digest_rounds"
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), primary_key=True, autoincrement=False)
    week: Mapped[date] = mapped_column(primary_key=True)  # its Monday
    sent_at: Mapped[datetime]


class DigestRow(Base):
    """What one reader's digest of a school counted. No case, no name, no word of anybody's."""

    __tablename__ = "digests"
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), primary_key=True, autoincrement=False)
    week: Mapped[date] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    counts: Mapped[dict[str, Any]]
    sent_at: Mapped[datetime]


_ROUND: Final = RoundRow.__table__.c
_DIGEST: Final = DigestRow.__table__.c


async def not_sent(session: AsyncSession, week: date) -> tuple[tuple[int, str], ...]:
    """Return the schools (number, code) whose digests of that week nobody has sent, by number."""
    sent = select(_ROUND.school_id).where(_ROUND.week == week)
    found = await session.execute(
        select(SchoolRow.id, SchoolRow.code).where(SchoolRow.id.not_in(sent)).order_by(SchoolRow.id)
    )
    return tuple((number, code) for number, code in found)


async def claim(session: AsyncSession, school_ids: Collection[int], *, week: date, now: datetime) -> frozenset[int]:
    """Take the sending of these schools' digests upon this transaction; return those that nobody had taken.

    Two who claim at once wait for each other, always in the same order.
    """
    rows = [{"school_id": school, "week": week, "sent_at": now} for school in sorted(school_ids)]
    if not rows:
        return frozenset()
    claimed = insert_or_skip(session, RoundRow, ["school_id", "week"]).values(rows).returning(_ROUND.school_id)
    return frozenset(await session.scalars(claimed))


async def keep(
    session: AsyncSession, counted: Mapping[tuple[int, int], Mapping[str, int]], *, week: date, now: datetime
) -> None:
    """Keep what was counted, by (school, person); what is kept already stands."""
    rows = [
        {"school_id": school, "person_id": person, "week": week, "counts": dict(counts), "sent_at": now}
        for (school, person), counts in sorted(counted.items())
    ]
    if rows:
        await session.execute(insert_or_skip(session, DigestRow, ["school_id", "week", "person_id"]).values(rows))


async def counted(
    session: AsyncSession, school_ids: Collection[int], *, since: date, before: date
) -> dict[tuple[int, int], dict[date, dict[str, int]]]:
    """Return what was counted for the weeks since one and before another, by (school, person) and week."""
    found = await session.execute(
        select(_DIGEST.school_id, _DIGEST.person_id, _DIGEST.week, _DIGEST.counts).where(
            _DIGEST.week >= since, _DIGEST.week < before, _DIGEST.school_id.in_(school_ids)
        )
    )
    told: dict[tuple[int, int], dict[date, dict[str, int]]] = {}
    for school, person, week, counts in found:
        told.setdefault((school, person), {})[week] = counts
    return told


async def rounds(
    session: AsyncSession, school_ids: Collection[int], *, since: date, before: date
) -> dict[tuple[int, date], datetime]:
    """Return when the digests of those weeks went out, by school and week."""
    found = await session.execute(
        select(_ROUND.school_id, _ROUND.week, _ROUND.sent_at).where(
            _ROUND.week >= since, _ROUND.week < before, _ROUND.school_id.in_(school_ids)
        )
    )
    return {(school, week): sent_at for school, week, sent_at in found}


async def forget(session: AsyncSession, *, before: date) -> int:
    """Delete what is kept of weeks before that one; return how many rows."""
    gone = 0
    for table in (DigestRow, RoundRow):
        done = await session.execute(delete(table).where(table.week < before))
        gone += int(done.rowcount)  # type: ignore[attr-defined]  # a DELETE's result is a CursorResult
    return gone
