"""The audit log: who did what, when, each line sealed with the hash of the one before."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, Select, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, BigId

BEGINNING: Final = "0" * 64  # what the first line is sealed with


class AuditRow(Base):
    """One line. Nothing changes or removes it, and `verify` notices if something did."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    details: Mapped[str]  # JSON
    seal: Mapped[str]


class AuditHeadRow(Base):
    """Where the log ends: one row, locked by whoever adds a line, so that writers queue."""

    __tablename__ = "audit_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigId)
    seal: Mapped[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is read back."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    school_id: int | None
    details: dict[str, Any]


_LINES: Final[Select[*tuple[Any, ...]]] = select(AuditRow.__table__).order_by(AuditRow.number)
_HEAD: Final = select(AuditHeadRow.number, AuditHeadRow.seal).where(AuditHeadRow.id == 1)


async def record(
    session: AsyncSession,
    actor: str,
    action: str,
    subject: str,
    details: dict[str, Any] | None = None,
    *,
    now: datetime,
    school_id: int | None = None,
) -> int:
    """Add a line and return its number.

    `actor` is a person ("person/17"), "administrator" or "bot"; `action` a verb ("restrictions.imported");
    `subject` what it was done to ("school/TGM"). Names and causes never go in: ids do.
    """
    taken = await session.execute(
        update(AuditHeadRow)
        .where(AuditHeadRow.id == 1)
        .values(number=AuditHeadRow.number + 1)
        .returning(AuditHeadRow.number, AuditHeadRow.seal)
        .execution_options(synchronize_session=False)
    )
    number, before = taken.one()
    text = json.dumps(details or {}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    sealed = _seal(before, (number, now, actor, action, subject, school_id, text))
    await session.execute(
        insert(AuditRow).values(
            number=number,
            at=now,
            actor=actor,
            action=action,
            subject=subject,
            school_id=school_id,
            details=text,
            seal=sealed,
        )
    )
    await session.execute(
        update(AuditHeadRow)
        .where(AuditHeadRow.id == 1)
        .values(seal=sealed)
        .execution_options(synchronize_session=False)
    )
    return int(number)


async def verify(session: AsyncSession) -> str | None:
    """Return None for an untouched log, or a sentence that says where it was altered, cut or reordered."""
    expected, before = 1, BEGINNING
    async for row in await session.stream(_LINES):
        if row.number != expected:
            return f"The audit log jumps from line {expected - 1} to line {row.number}: lines were removed."
        if row.seal != _seal(before, row[:-1]):
            return f"Line {row.number} of the audit log is not as it was written."
        expected, before = expected + 1, row.seal
    head = (await session.execute(_HEAD)).first()
    if head is None or tuple(head) != (expected - 1, before):
        return f"The audit log ends at line {expected - 1}, but more was written: its end was removed."
    return None


async def lines(session: AsyncSession, school_id: int | None = None) -> tuple[Line, ...]:
    """Return the log, oldest first; of one school where one is given."""
    query = _LINES if school_id is None else _LINES.where(AuditRow.school_id == school_id)
    return tuple(
        Line(row.number, row.at, row.actor, row.action, row.subject, row.school_id, json.loads(row.details))
        for row in await session.execute(query)
    )


def _seal(before: str, line: Sequence[Any]) -> str:
    number, at, *rest = line
    written = [before, number, at.astimezone(UTC).isoformat(timespec="microseconds"), *rest]
    return hashlib.sha256(json.dumps(written).encode()).hexdigest()
