"""A question of ours that waits for its answer: a row with an owner, a revision and an end."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Boolean, ForeignKey, Index, bindparam, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base


class PendingRow(Base):
    """One waiting question; at most one is open per person and conversation."""

    __tablename__ = "pending"
    __table_args__ = (
        Index(
            "ux_pending_open_in",
            "conversation",
            "person_id",
            unique=True,
            sqlite_where=text("open = 1"),  # as SQLAlchemy asks for it: SQLite compares the words
            postgresql_where=text("open"),
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    conversation: Mapped[str]
    revision: Mapped[int]
    kind: Mapped[str]
    payload: Mapped[str]  # JSON
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    open: Mapped[bool] = mapped_column(Boolean(create_constraint=False))


@dataclass(frozen=True, slots=True)
class Pending:
    """What was asked, of whom, and until when an answer counts."""

    id: str
    person_id: int
    school_id: int | None
    conversation: str
    revision: int
    kind: str
    payload: dict[str, Any]
    expires_at: datetime
    open: bool


_T: Final = PendingRow.__table__.c
COLUMNS: Final = (  # in the order of Pending's fields, payload still JSON
    _T.id,
    _T.person_id,
    _T.school_id,
    _T.conversation,
    _T.revision,
    _T.kind,
    _T.payload,
    _T.expires_at,
    _T.open,
)
_FIND: Final = select(*COLUMNS).where(_T.id == bindparam("wanted"))
_CLOSE_OTHERS: Final = (
    update(PendingRow)
    .where(
        PendingRow.conversation == bindparam("in_conversation"),
        PendingRow.person_id == bindparam("of"),
        PendingRow.open,
    )
    .values(open=False)
    .execution_options(synchronize_session=False)
)
_OPEN: Final = insert(PendingRow.__table__)  # type: ignore[arg-type]  # a Table is what it is


async def wait_for(
    session: AsyncSession,
    *,
    person_id: int,
    school_id: int | None,
    conversation: str,
    kind: str,
    payload: dict[str, Any],
    now: datetime,
    expires_at: datetime,
) -> Pending:
    """Open a question; an earlier one of the same person in the same conversation no longer waits."""
    asked = Pending(new_id(), person_id, school_id, conversation, 1, kind, payload, expires_at, open=True)
    await session.execute(_CLOSE_OTHERS, {"in_conversation": conversation, "of": person_id})
    await session.execute(
        _OPEN,
        {
            "id": asked.id,
            "person_id": person_id,
            "school_id": school_id,
            "conversation": conversation,
            "revision": asked.revision,
            "kind": kind,
            "payload": msgspec.json.encode(payload).decode(),
            "created_at": now,
            "expires_at": expires_at,
            "open": True,
        },
    )
    return asked


def new_id() -> str:
    """Make an identity that nobody guesses; it goes into the buttons of a card before its row is written."""
    return secrets.token_urlsafe(12)


async def find(session: AsyncSession, pending_id: str) -> Pending | None:
    """Return a question by its identity, closed and expired ones too: the caller says what has become of it."""
    row = (await session.execute(_FIND, {"wanted": pending_id})).first()
    return pending(row) if row else None


async def answered(session: AsyncSession, pending_id: str, revision: int) -> bool:
    """Close a question; False if somebody was first, or the card that was pressed shows an older revision."""
    changed = await session.execute(
        update(PendingRow)
        .where(PendingRow.id == pending_id, PendingRow.revision == revision, PendingRow.open)
        .values(open=False)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE's result is a CursorResult


def pending(row: Sequence[Any]) -> Pending:
    """Make the value of a row's COLUMNS."""
    number, person_id, school_id, conversation, revision, kind, payload, expires_at, still_open = row
    said = msgspec.json.decode(payload)
    return Pending(number, person_id, school_id, conversation, revision, kind, said, expires_at, still_open)
