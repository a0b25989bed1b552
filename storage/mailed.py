"""Letters that are announced by mail, as Teams would not take them: each at most once, whoever dies on the way.

Mail has no key by which a repeat is known. So "sending" is written before the call, and what then is not heard of
again stays unknown: it is never sent twice.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, cast

from sqlalchemy import CursorResult, ForeignKey, Index, exists, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, BigId
from storage.engines.upsert import insert_or_skip
from storage.letter_rows import IS_WAITING, LetterRow

_STATUTORY: Final = ("breach", "request")  # cases whose reminders are of days that the law counts
_GIVEN_UP_AFTER: Final = timedelta(minutes=5)  # a call takes seconds: whoever began it is dead


class Mail(StrEnum):
    """Where the mail about a letter is."""

    DUE = "due"
    SENDING = "sending"  # written before the call
    ACCEPTED = "accepted"  # by the mail server: that is not yet delivered
    REFUSED = "refused"
    UNKNOWN = "unknown"  # it may have gone out; never again
    ARRIVED = "arrived"  # the letter did after all, so no mail was sent


class LetterMailRow(Base):
    """One row a letter whose addressee is told by mail to open Teams."""

    __tablename__ = "letter_mails"
    __table_args__ = (
        Index(
            "ix_letter_mails_due",
            "letter_id",
            sqlite_where=text("state = 'due'"),
            postgresql_where=text("state = 'due'"),
        ),
    )
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True, autoincrement=False, type_=BigId)
    state: Mapped[str]
    wanted_at: Mapped[datetime]
    next_try_at: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    reason: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Announced:
    """A letter that is announced: its number here, its key, and what it is about."""

    letter: int
    key: str
    subject: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """One mail: to one person, about all of theirs that is due."""

    addressee: str  # an Entra object id
    letters: tuple[Announced, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The letters' numbers."""
        return tuple(each.letter for each in self.letters)


async def want(session: AsyncSession, letters: Collection[int], *, now: datetime) -> None:
    """Have these letters announced by mail, once each, however often it is wanted."""
    for letter in sorted(letters):
        values = {"letter_id": letter, "state": Mail.DUE, "wanted_at": now, "attempts": 0}
        await session.execute(insert_or_skip(session, LetterMailRow, ["letter_id"]), values)


def counts_days(key: str) -> bool:
    """Say whether a letter is a reminder of a day that the law counts."""
    return key.startswith(tuple(f"{kind}/" for kind in _STATUTORY)) and "/nudge/" in key


async def stuck(session: AsyncSession, *, since: datetime) -> tuple[int, ...]:
    """Return letters worth a mail that failed and have not arrived since then, and that none announces yet.

    One that is on its way for the first time has not failed: a backlog does not mean that Teams would not take it.
    """
    told = select(LetterMailRow.letter_id)
    reminders = [LetterRow.key.like(f"{kind}/%/nudge/%") for kind in _STATUTORY]
    found = await session.scalars(
        select(LetterRow.id)
        .where(IS_WAITING, or_(LetterRow.urgent, *reminders), LetterRow.delivered == 0)
        .where(
            LetterRow.attempts > 0,
            LetterRow.reason.is_not(None),
            LetterRow.posted_at <= since,
            LetterRow.id.not_in(told),
        )
        .order_by(LetterRow.id)
    )
    return tuple(found)


async def is_due(session: AsyncSession, *, now: datetime) -> bool:
    """Say whether there is anything to send, or to give up."""
    lost = (LetterMailRow.state == Mail.SENDING) & (LetterMailRow.tried_at <= now - _GIVEN_UP_AFTER)
    found = select(LetterMailRow.letter_id).where(or_(lost, *_due(now))).limit(1)
    return await session.scalar(found) is not None


async def claim(session: AsyncSession, *, now: datetime) -> Claimed | None:
    """Take one person's mail: in the transaction that commits this, it is marked as being sent.

    What arrived in Teams since it was wanted needs none.
    """
    arrived = exists().where(LetterRow.id == LetterMailRow.letter_id, LetterRow.delivered > 0)
    await session.execute(
        update(LetterMailRow)
        .where(LetterMailRow.state == Mail.DUE, arrived)
        .values(state=Mail.ARRIVED, next_try_at=None)
        .execution_options(synchronize_session=False)
    )
    first = (
        select(LetterMailRow.letter_id, LetterRow.addressee)
        .join(LetterRow, LetterRow.id == LetterMailRow.letter_id)
        .where(or_(*_due(now)))
        .order_by(LetterMailRow.letter_id)
        .limit(1)
    )
    row = (await session.execute(first.with_for_update(skip_locked=True, of=LetterMailRow))).first()
    if row is None:
        return None
    theirs = (
        select(LetterMailRow.letter_id, LetterRow.key, LetterRow.subject, LetterMailRow.attempts)
        .join(LetterRow, LetterRow.id == LetterMailRow.letter_id)
        .where(LetterRow.addressee == row.addressee, or_(*_due(now)))
        .order_by(LetterMailRow.letter_id)
        .with_for_update(skip_locked=True, of=LetterMailRow)
    )
    letters = tuple(Announced(each[0], each[1], each[2], each[3] + 1) for each in await session.execute(theirs))
    await session.execute(
        update(LetterMailRow)
        .where(LetterMailRow.letter_id.in_([each.letter for each in letters]))
        .values(state=Mail.SENDING, tried_at=now, attempts=LetterMailRow.attempts + 1, next_try_at=None)
        .execution_options(synchronize_session=False)
    )
    return Claimed(row.addressee, letters)


async def settle(
    session: AsyncSession,
    letters: Collection[int],
    state: Mail,
    *,
    reason: str | None = None,
    next_try_at: datetime | None = None,
) -> None:
    """Write down what became of a mail that was being sent."""
    await session.execute(
        update(LetterMailRow)
        .where(LetterMailRow.letter_id.in_(letters), LetterMailRow.state == Mail.SENDING)
        .values(state=state, reason=reason, next_try_at=next_try_at)
        .execution_options(synchronize_session=False)
    )


async def give_up_lost(session: AsyncSession, *, now: datetime) -> int:
    """Call unknown what was being sent by somebody who must have died; return how many. It is not sent again."""
    lost = await session.execute(
        update(LetterMailRow)
        .where(LetterMailRow.state == Mail.SENDING, LetterMailRow.tried_at <= now - _GIVEN_UP_AFTER)
        .values(state=Mail.UNKNOWN, reason="nobody knows whether it went out")
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", lost).rowcount


async def cards_under(session: AsyncSession, prefix: str) -> tuple[tuple[str, dict[str, Any] | None], ...]:
    """Return the letters whose keys begin so, with their cards: for those that tell of somebody who was mailed."""
    found = await session.execute(
        select(LetterRow.key, LetterRow.card)
        .where(LetterRow.key.startswith(prefix, autoescape=True))
        .order_by(LetterRow.id)
    )
    return tuple((key, card) for key, card in found)


async def states(session: AsyncSession) -> dict[int, Mail]:
    """Return where the mail about each letter is."""
    found = await session.execute(select(LetterMailRow.letter_id, LetterMailRow.state))
    return {letter: Mail(state) for letter, state in found}


def _due(now: datetime) -> tuple[Any, ...]:
    is_due = LetterMailRow.state == Mail.DUE
    return (is_due & LetterMailRow.next_try_at.is_(None), is_due & (LetterMailRow.next_try_at <= now))
