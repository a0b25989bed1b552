"""Letters: messages that must arrive although nobody is waiting for them. At least once, never silently zero.

A letter is written in the transaction of what it tells about, and marked sent only after Teams took it. A courier
claims letters for the length of a lease; if it dies, the lease ends and the next one takes over. Delivery runs on
the wall clock (`now` below); a fresh letter has no `next_try_at` and leaves at once, whatever the school's clock says.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Index, Text, and_, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.elements import ColumnElement

from storage.database import Base, Id
from storage.upsert import insert_or_skip

LEASE: Final = timedelta(seconds=30)  # longer than a send with everything that can go wrong in it
POSTED: Final = "letters posted"  # set in the session's `info` by `post`: whoever commits may ring the courier
_IS_WAITING: Final = text("state = 'waiting'")


class State(StrEnum):
    """Where a letter is."""

    WAITING = "waiting"
    SENT = "sent"
    UNDELIVERABLE = "undeliverable"  # `reason` says why; telling the next in line is a letter of its own


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed letter: everything that is needed to deliver it."""

    id: int
    key: str
    addressee: str  # the Entra object id
    card: dict[str, Any] | None
    text: str
    summary: str
    attempts: int  # this one included
    posted_at: datetime


class LetterRow(Base):
    """One row a letter. It stays after delivery, the record of exactly what somebody was told and when."""

    __tablename__ = "letters"
    # Claiming costs the same however many letters were ever sent (performance 6).
    __table_args__ = (
        Index("ix_letters_waiting", "next_try_at", sqlite_where=_IS_WAITING, postgresql_where=_IS_WAITING),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)  # "case/17/seven-days-left": posting it twice posts it once
    addressee: Mapped[str]
    card: Mapped[dict[str, Any] | None]
    text: Mapped[str] = mapped_column(Text)
    summary: Mapped[str]
    posted_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=State.WAITING)
    reason: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    conversation: Mapped[str | None]  # where it went, with `activity_id`: the card can be updated there
    activity_id: Mapped[str | None]


async def post(  # a letter has many parts, all named
    session: AsyncSession,
    *,
    key: str,
    addressee: str,
    card: dict[str, Any] | None,
    text: str,
    summary: str,
    now: datetime,
    not_before: datetime | None = None,
) -> None:
    """Write a letter, in the caller's transaction; a second one with the same key is not written.

    `text` is what the card says for whoever cannot see cards; `summary` the neutral preview line, never a name.
    """
    values = {
        "key": key,
        "addressee": addressee,
        "card": card,
        "text": text,
        "summary": summary,
        "posted_at": now,
        "state": State.WAITING,
        "attempts": 0,
        "next_try_at": not_before,
    }
    await session.execute(insert_or_skip(session, LetterRow, ["key"]).values(values))
    session.info[POSTED] = True


async def is_due(session: AsyncSession, *, now: datetime) -> bool:
    """Say whether a claim would find anything: a look that does not make SQLite's one writer wait."""
    return await session.scalar(select(LetterRow.id).where(_due(now)).limit(1)) is not None


async def claim(session: AsyncSession, *, now: datetime, most: int = 16) -> tuple[Letter, ...]:
    """Take letters that are due, oldest first, for the length of a lease. Several couriers never take the same one."""
    due = (  # SQLite has no SKIP LOCKED and needs none: it has one writer
        select(LetterRow.id)
        .where(_due(now))
        .order_by(LetterRow.id)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    claimed = await session.execute(
        update(LetterRow)
        .where(LetterRow.id.in_(select(due.c.id)))
        .values(lease_until=now + LEASE, attempts=LetterRow.attempts + 1)
        .returning(
            LetterRow.id,
            LetterRow.key,
            LetterRow.addressee,
            LetterRow.card,
            LetterRow.text,
            LetterRow.summary,
            LetterRow.attempts,
            LetterRow.posted_at,
        )
        .execution_options(synchronize_session=False)
    )
    return tuple(sorted((Letter(*row) for row in claimed), key=lambda letter: letter.id))


async def next_due(session: AsyncSession, *, now: datetime) -> datetime | None:
    """Give the moment at which the next letter that nobody is delivering may be tried; None where none was put off."""
    earliest: datetime | None = await session.scalar(
        select(LetterRow.next_try_at)
        .where(_IS_WAITING, LetterRow.next_try_at.is_not(None), _is_free(now))
        .order_by(LetterRow.next_try_at)
        .limit(1)
    )
    return earliest


async def sent(session: AsyncSession, letter: int, *, conversation: str, activity_id: str, now: datetime) -> None:
    """Close a letter that Teams took."""
    await _settle(
        session,
        letter,
        state=State.SENT,
        sent_at=now,
        conversation=conversation,
        activity_id=activity_id,
        reason=None,
    )


async def failed(session: AsyncSession, letter: int, *, reason: str, next_try_at: datetime) -> None:
    """Put a letter back until then; kept in the row, so Retry-After holds across restarts (contract 5)."""
    await _settle(session, letter, next_try_at=next_try_at, reason=reason)


async def undeliverable(session: AsyncSession, letter: int, *, reason: str) -> None:
    """Stop trying: this person cannot be reached."""
    await _settle(session, letter, state=State.UNDELIVERABLE, reason=reason)


async def _settle(session: AsyncSession, letter: int, **values: object) -> None:
    await session.execute(
        update(LetterRow)
        .where(LetterRow.id == letter, _IS_WAITING)  # a courier that lost its lease does not reopen what another closed
        .values(lease_until=None, **values)
        .execution_options(synchronize_session=False)
    )


def _due(now: datetime) -> ColumnElement[bool]:
    return and_(
        _IS_WAITING,
        or_(LetterRow.next_try_at.is_(None), LetterRow.next_try_at <= now),
        _is_free(now),
    )


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(LetterRow.lease_until.is_(None), LetterRow.lease_until <= now)
