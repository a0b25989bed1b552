"""What was imported, when and by whom; which file it was is known by its hash."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped

from storage.database import Base, Id


class ImportRow(Base):
    """One import that was written, also where it found nothing new."""

    __tablename__ = "imports"
    id: Mapped[Id]
    kind: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str]
    rows: Mapped[int]
    changes: Mapped[dict[str, Any]]  # {"new": 3, "withdrawn": 12}
    schools: Mapped[list[Any]]  # codes
    imported_by: Mapped[str]  # an e-mail address, or "administrator"
    imported_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Import:
    """One import, as a register shows it."""

    id: int
    kind: str
    file_name: str
    sha256: str
    rows: int
    changes: dict[str, int]
    schools: tuple[str, ...]
    imported_by: str
    imported_at: datetime


async def note(
    session: AsyncSession,
    *,
    kind: str,
    file_name: str,
    sha256: str,
    imported_by: str,
    now: datetime,
) -> int:
    """Open the note of an import and return its number; `finish` fills in what it did."""
    opened = await session.execute(
        insert(ImportRow)
        .values(
            kind=kind,
            file_name=file_name,
            sha256=sha256,
            rows=0,
            changes={},
            schools=[],
            imported_by=imported_by,
            imported_at=now,
        )
        .returning(ImportRow.id)
    )
    return opened.scalar_one()


async def finish(
    session: AsyncSession, import_id: int, *, rows: int, changes: dict[str, int], schools: list[str]
) -> None:
    """Say what an import did."""
    row = await session.get_one(ImportRow, import_id)
    row.rows, row.changes, row.schools = rows, changes, schools
    await session.flush()


async def known_by(session: AsyncSession, at: datetime) -> frozenset[str]:
    """Return the codes of the schools about which anything had been imported by then."""
    found = await session.scalars(select(ImportRow.schools).where(ImportRow.imported_at <= at))
    return frozenset(str(code) for named in found for code in named)


async def latest(session: AsyncSession, kind: str) -> Import | None:
    """Return the last import of a kind."""
    row = await session.scalar(select(ImportRow).where(ImportRow.kind == kind).order_by(ImportRow.id.desc()).limit(1))
    if row is None:
        return None
    return Import(
        row.id,
        row.kind,
        row.file_name,
        row.sha256,
        row.rows,
        row.changes,
        tuple(row.schools),
        row.imported_by,
        row.imported_at,
    )
