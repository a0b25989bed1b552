"""What a courier does with the letters it claimed: keeps its lease, closes them, puts them back. Many at a time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from sqlalchemy import Table, bindparam, case, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import deliveries
from storage.deliveries import Delivery
from storage.outbox import COLUMNS, IS_WAITING, LEASE, Letter, LetterRow, State


@dataclass(frozen=True, slots=True)
class Delivered:
    """A letter that reached its addressee, there, under that id; `reason` where an update was dropped."""

    letter: Letter
    conversation: str
    activity_id: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PutOff:
    """A letter to be tried again then."""

    letter: Letter
    reason: str
    until: datetime


_LETTERS: Final = cast("Table", LetterRow.__table__)  # not the class: many rows in one go, without the ORM
_T: Final = _LETTERS.c
_ROW: Final = _T.id == bindparam("letter")
_IS_NEWEST: Final = _T.revision == bindparam("shown")
# A letter that was revised on its way stays due: what arrived is the revision that was claimed, and no newer one.
# An older courier's late word never takes back what a newer one did.
_SENT: Final = (
    update(_LETTERS)
    .where(_ROW, IS_WAITING, _T.delivered < bindparam("shown"))
    .values(
        state=case((_IS_NEWEST, State.SENT), else_=State.WAITING),
        attempts=case((_IS_NEWEST, _T.attempts), else_=0),
        delivered=bindparam("shown"),
        conversation=bindparam("there"),
        activity_id=bindparam("message"),
        sent_at=bindparam("at"),
        reason=bindparam("why"),
        next_try_at=None,
        lease_until=None,
    )
)
_PUT_OFF: Final = (
    update(_LETTERS)
    .where(_ROW, IS_WAITING, _T.attempts == bindparam("tries"))  # another courier's claim is not ours to end
    .values(next_try_at=bindparam("until"), reason=bindparam("why"), lease_until=None)
)
_PUT_BACK: Final = (
    update(_LETTERS)
    .where(_ROW, IS_WAITING, _T.attempts == bindparam("tries"))
    .values(next_try_at=bindparam("until"), attempts=_T.attempts - 1, lease_until=None)
)


async def sent(session: AsyncSession, delivered: Sequence[Delivered], *, now: datetime) -> None:
    """Close letters that Teams took, and know their messages as ours, so that their cards can be replaced."""
    if not delivered:
        return
    rows = [
        {
            "letter": each.letter.id,
            "shown": each.letter.revision,
            "there": each.conversation,
            "message": each.activity_id,
            "at": now,
            "why": each.reason,
        }
        for each in sorted(delivered, key=lambda each: each.letter.id)  # the order in which everybody locks
    ]
    await session.execute(_SENT, rows)
    cards = [
        Delivery(each.conversation, f"letter/{each.letter.id}", 0, each.activity_id, at=now)
        for each in delivered
        if not each.letter.is_update
    ]
    if cards:
        await deliveries.note(session, cards)


async def put_off(session: AsyncSession, letters: Iterable[PutOff]) -> None:
    """Have letters that failed tried again later; kept in the rows, so Retry-After holds across restarts."""
    rows = [
        {"letter": each.letter.id, "tries": each.letter.attempts, "until": each.until, "why": each.reason}
        for each in sorted(letters, key=lambda each: each.letter.id)
    ]
    if rows:
        await session.execute(_PUT_OFF, rows)


async def put_back(session: AsyncSession, letters: Iterable[Letter], *, until: datetime | None = None) -> None:
    """Give up the lease on letters that were not tried: for now, or until then."""
    rows = [
        {"letter": each.id, "tries": each.attempts, "until": until}
        for each in sorted(letters, key=lambda each: each.id)
    ]
    if rows:
        await session.execute(_PUT_BACK, rows)


async def hold(session: AsyncSession, addressee: str, *, now: datetime, until: datetime) -> None:
    """Put off everything to this person that is neither urgent nor under way: their chat is overrun."""
    await session.execute(
        update(LetterRow)
        .where(LetterRow.addressee == addressee, IS_WAITING, LetterRow.urgent.is_(False))
        .where(or_(LetterRow.next_try_at.is_(None), LetterRow.next_try_at < until))
        .where(or_(LetterRow.lease_until.is_(None), LetterRow.lease_until <= now))
        .values(next_try_at=until)
        .execution_options(synchronize_session=False)
    )


async def renew(session: AsyncSession, letters: Collection[int], *, now: datetime) -> None:
    """Prolong the lease on letters that take their time."""
    await session.execute(
        update(LetterRow)
        .where(LetterRow.id.in_(letters), IS_WAITING, LetterRow.lease_until.is_not(None))
        .values(lease_until=now + LEASE, next_try_at=now + LEASE)
        .execution_options(synchronize_session=False)
    )


async def give_up_on(session: AsyncSession, addressee: str, *, now: datetime, reason: str) -> tuple[Letter, ...]:
    """Stop trying what else is due to this person, who refused us, and give it; what is for later may yet arrive."""
    due = or_(LetterRow.next_try_at.is_(None), LetterRow.next_try_at <= now, LetterRow.attempts > 0)
    free = or_(LetterRow.lease_until.is_(None), LetterRow.lease_until <= now)
    given_up = await session.execute(
        update(LetterRow)
        .where(LetterRow.addressee == addressee, IS_WAITING, LetterRow.delivered == 0, due, free)
        .values(state=State.UNDELIVERABLE, reason=reason, lease_until=None)
        .returning(*COLUMNS)
        .execution_options(synchronize_session=False)
    )
    return tuple(sorted((Letter(*row) for row in given_up), key=lambda letter: letter.id))
