"""Answers that a new version of a school's policy puts in question, until the DPO has looked at them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, UniqueConstraint, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Id


class PolicyFlagRow(Base):
    """An answer that cites what a new version changed, until the DPO has looked at it."""

    __tablename__ = "policy_flags"
    __table_args__ = (UniqueConstraint("school_id", "import_id", "document", "answer"),)
    id: Mapped[Id]
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"))
    document: Mapped[str]
    answer: Mapped[str]  # the name of its file, or of what was published
    clauses: Mapped[list[Any]]  # numbers that the answer cites and that changed
    opened_at: Mapped[datetime]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    seen_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class PolicyFlag:
    """One answer in question."""

    school_id: int
    document: str
    answer: str
    clauses: tuple[str, ...]
    seen_by: int | None
    seen_at: datetime | None


_FLAG: Final = PolicyFlagRow.__table__.c


async def flag(
    session: AsyncSession,
    *,
    school_id: int,
    import_id: int,
    document: str,
    answers: Mapping[str, Sequence[str]],
    now: datetime,
) -> None:
    """Put answers in question: each with the clauses that it cites and that changed."""
    session.add_all(
        PolicyFlagRow(
            school_id=school_id,
            import_id=import_id,
            document=document,
            answer=answer,
            clauses=list(numbers),
            opened_at=now,
        )
        for answer, numbers in answers.items()
    )
    await session.flush()


async def of_import(session: AsyncSession, import_id: int, school_ids: Collection[int]) -> tuple[PolicyFlag, ...]:
    """Return the answers that an import put in question at these schools, looked at or not."""
    columns = ("school_id", "document", "answer", "clauses", "seen_by", "seen_at")
    found = await session.execute(
        select(*(_FLAG[name] for name in columns))
        .where(_FLAG.import_id == import_id, _FLAG.school_id.in_(sorted(school_ids)))
        .order_by(_FLAG.id)
    )
    return tuple(PolicyFlag(row[0], row[1], row[2], tuple(row[3]), row[4], row[5]) for row in found)


async def open_at(session: AsyncSession, school_id: int) -> frozenset[str]:
    """Return the answers that are in question at a school and that nobody has looked at."""
    found = await session.scalars(
        select(_FLAG.answer).where(_FLAG.school_id == school_id, _FLAG.seen_at.is_(None)).distinct()
    )
    return frozenset(found)


async def waiting(session: AsyncSession, school_ids: Collection[int]) -> tuple[tuple[int, int], ...]:
    """Return the imports that put answers in question which nobody has looked at, each with how many."""
    found = await session.execute(
        select(_FLAG.import_id, func.count(_FLAG.answer.distinct()))
        .where(_FLAG.school_id.in_(sorted(school_ids)), _FLAG.seen_at.is_(None))
        .group_by(_FLAG.import_id)
        .order_by(_FLAG.import_id)
    )
    return tuple((imported, count) for imported, count in found)


async def looked_at(
    session: AsyncSession, import_id: int, school_ids: Collection[int], *, by: int, now: datetime
) -> bool:
    """Note that somebody looked; False if all of them had been looked at."""
    changed = await session.execute(
        update(PolicyFlagRow)
        .where(
            PolicyFlagRow.import_id == import_id,
            PolicyFlagRow.school_id.in_(sorted(school_ids)),
            PolicyFlagRow.seen_at.is_(None),
        )
        .values(seen_by=by, seen_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount)  # type: ignore[attr-defined]  # a CursorResult
