"""Answers of the DPO's that a school keeps for everybody: versioned, approved where the school wants it, retired."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import ForeignKey, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Id


class PublishedRow(Base):
    """One version of one answer. A newer version retires the one before; nothing is edited."""

    __tablename__ = "published_answers"
    id: Mapped[Id]
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("reviews.id"))  # the question that it began with
    asks: Mapped[str]  # JSON: how staff ask it, the first is its title
    text: Mapped[str]
    document: Mapped[str]  # "" where no clause is cited
    clause: Mapped[str]
    version: Mapped[int]
    published_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime]
    retired_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    retired_at: Mapped[datetime | None]
    lot: Mapped[str | None]  # what was published at once, at one school or at many; None: before there were lots


@dataclass(frozen=True, slots=True)
class Published:
    """An answer as it stands, or stood."""

    number: int
    school_id: int
    review: int | None
    asks: tuple[str, ...]
    text: str
    document: str
    clause: str
    version: int
    published_by: int
    published_at: datetime
    retired_at: datetime | None
    lot: str | None = None


_T: Final = PublishedRow.__table__.c
_ROWS: Final[Select[*tuple[Any, ...]]] = select(
    _T.id,
    _T.school_id,
    _T.review_id,
    _T.asks,
    _T.text,
    _T.document,
    _T.clause,
    _T.version,
    _T.published_by,
    _T.published_at,
    _T.retired_at,
    _T.lot,
).order_by(_T.id)


async def publish(
    session: AsyncSession,
    *,
    school_id: int,
    review: int | None,
    asks: Sequence[str],
    text: str,
    cites: tuple[str, str] = ("", ""),
    by: int,
    now: datetime,
    lot: str | None = None,
) -> int:
    """Publish an answer; an earlier one to the same question is retired. Return its number."""
    before = [one for one in await standing(session, school_id) if review is not None and one.review == review]
    for one in before:
        await retire(session, one.number, by=by, now=now)
    made = await session.execute(
        insert(PublishedRow)
        .values(
            school_id=school_id,
            review_id=review,
            asks=msgspec.json.encode(list(asks)).decode(),
            text=text,
            document=cites[0],
            clause=cites[1],
            version=1 + max((one.version for one in before), default=0),
            published_by=by,
            published_at=now,
            lot=lot,
        )
        .returning(PublishedRow.id)
    )
    return int(made.scalar_one())


async def retire(session: AsyncSession, number: int, *, by: int, now: datetime) -> bool:
    """Take an answer back; False where it was already."""
    changed = await session.execute(
        update(PublishedRow)
        .where(PublishedRow.id == number, PublishedRow.retired_at.is_(None))
        .values(retired_by=by, retired_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE's result is a CursorResult


async def standing(session: AsyncSession, school_id: int) -> tuple[Published, ...]:
    """Return a school's own answers that stand, oldest first."""
    found = await session.execute(_ROWS.where(_T.school_id == school_id, _T.retired_at.is_(None)))
    return tuple(_published(row) for row in found)


async def of_lot(session: AsyncSession, lot: str) -> tuple[Published, ...]:
    """Return what was published at once and stands, a school each."""
    found = await session.execute(_ROWS.where(_T.lot == lot, _T.retired_at.is_(None)))
    return tuple(_published(row) for row in found)


async def by_number(session: AsyncSession, number: int) -> Published | None:
    """Return one answer, retired ones too."""
    row = (await session.execute(_ROWS.where(_T.id == number))).first()
    return None if row is None else _published(row)


def _published(row: Sequence[Any]) -> Published:
    number, school_id, review, asks, *rest = row
    return Published(number, school_id, review, tuple(msgspec.json.decode(asks)), *rest)
