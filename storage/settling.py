"""What a courier does with the letters it claimed: keeps its lease, closes them, puts them back. Many at a time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from msgspec import json
from sqlalchemy import (
    JSON,
    BigInteger,
    Executable,
    FromClause,
    Integer,
    Text,
    bindparam,
    case,
    column,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

from storage import outbox
from storage.deliveries import DeliveryRow
from storage.letter_rows import IS_OPEN, IS_WAITING, LETTERS, LetterRow, State
from storage.outbox import COLUMNS, LEASE, Letter


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


# A letter that was revised on its way stays due: what arrived is the revision that was claimed, and no newer one.
# An older courier's late word never takes back what a newer one did.
@cache
def _closing(dialect: str) -> tuple[Executable, ...]:
    """Close many letters and note their messages: statements that take all of them as one value, JSON."""
    noted = _noted(dialect)
    is_newest = _T.revision == noted.c.shown
    close = (
        update(LETTERS)
        .where(_T.id == noted.c.letter, IS_OPEN, _T.delivered < noted.c.shown)
        .values(
            state=case((is_newest, State.SENT), else_=State.WAITING),
            attempts=case((is_newest, _T.attempts), else_=0),
            delivered=noted.c.shown,
            conversation=noted.c.there,
            activity_id=noted.c.message,
            sent_at=_AT,
            reason=noted.c.why,
            next_try_at=None,
            lease_until=None,
        )
    )
    if dialect == "postgresql":  # everybody locks in the order of ids, whatever the way in which it finds them
        ours = select(_T.id).where(_T.id.in_(select(noted.c.letter))).order_by(_T.id).with_for_update().cte("ours")
        close = close.where(_T.id.in_(select(ours.c.id)))
    known = select(noted.c.there, noted.c.name, literal(0), noted.c.message, _AT).where(noted.c.name.is_not(None))
    columns = ["conversation", "activity", "place", "message", "at"]
    note = _INSERTS[dialect](DeliveryRow.__table__).from_select(columns, known).on_conflict_do_nothing()
    return (note.add_cte(close.cte("closed")),) if dialect == "postgresql" else (close, note)


def _noted(dialect: str) -> FromClause:
    rows = bindparam("rows", type_=Text)
    if dialect == "postgresql":
        columns = [column(name, kind) for name, kind in _NOTED.items()]
        return (
            func.json_to_recordset(sql_cast(rows, JSON))
            .table_valued(*columns, name="noted")
            .render_derived(with_types=True)
        )
    each = func.json_each(rows).table_valued("value", name="each")
    return select(
        *(func.json_extract(each.c.value, f"$.{name}", type_=kind).label(name) for name, kind in _NOTED.items())
    ).subquery("noted")


_T: Final = LETTERS.c
_AT: Final = bindparam("at", type_=_T.sent_at.type)
_NOTED: Final[dict[str, TypeEngine[Any]]] = {
    "letter": BigInteger(),
    "shown": Integer(),
    "there": Text(),
    "message": Text(),
    "why": Text(),
    "name": Text(),  # by which the message is known as ours; None where it was before
}
_APART: Final = timedelta(minutes=1)  # the clocks of two replicas, which share these rows: no more is to be expected
_INSERTS: Final[dict[str, Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_ROW: Final = _T.id == bindparam("letter")
_PUT_OFF: Final = (
    update(LETTERS)
    .where(_ROW, IS_OPEN, _T.attempts == bindparam("tries"))  # another courier's claim is not ours to end
    .values(next_try_at=bindparam("until"), reason=bindparam("why"), lease_until=None, put_off_at=bindparam("at"))
)
_PUT_BACK: Final = (
    update(LETTERS)
    .where(_ROW, IS_OPEN, _T.attempts == bindparam("tries"))
    .values(next_try_at=bindparam("until"), attempts=_T.attempts - 1, lease_until=None, put_off_at=bindparam("at"))
)


async def sent(session: AsyncSession, delivered: Sequence[Delivered], *, now: datetime, alone: bool = False) -> None:
    """Close letters that Teams took, and know their messages as ours, so that their cards can be replaced.

    `alone` says that there is nothing else in the transaction: where one statement does it all, it then commits itself,
    which takes one trip to the server instead of three.
    """
    if not delivered:
        return
    rows = [
        {
            "letter": each.letter.id,
            "shown": each.letter.revision,
            "there": each.conversation,
            "message": each.activity_id,
            "why": each.reason,
            "name": None if each.letter.is_update else f"letter/{each.letter.id}",
        }
        for each in delivered
    ]
    given = {"rows": json.encode(rows).decode(), "at": now}
    statements = _closing(session.get_bind().dialect.name)
    if alone and len(statements) == 1:
        await session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
    for statement in statements:
        await session.execute(statement, given)


async def put_off(session: AsyncSession, letters: Iterable[PutOff], *, now: datetime) -> None:
    """Have letters that failed tried again later; kept in the rows, so Retry-After holds across restarts."""
    rows = [
        {"letter": each.letter.id, "tries": each.letter.attempts, "until": each.until, "why": each.reason, "at": now}
        for each in sorted(letters, key=lambda each: each.letter.id)
    ]
    if rows:
        await session.execute(_PUT_OFF, rows)


async def put_back(
    session: AsyncSession, letters: Iterable[Letter], *, now: datetime, until: datetime | None = None
) -> None:
    """Give up the lease on letters that were not tried: for now, or until then."""
    rows = [
        {"letter": each.id, "tries": each.attempts, "until": until, "at": None if until is None else now}
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
        .values(next_try_at=until, put_off_at=now)
        .execution_options(synchronize_session=False)
    )


async def renew(session: AsyncSession, letters: Collection[int], *, now: datetime) -> None:
    """Prolong the lease on letters that take their time."""
    await session.execute(
        update(LetterRow)
        .where(LetterRow.id.in_(letters), IS_OPEN, LetterRow.lease_until.is_not(None))
        .values(lease_until=now + LEASE, next_try_at=now + LEASE)
        .execution_options(synchronize_session=False)
    )


async def hasten(session: AsyncSession, *, now: datetime) -> int:
    """Have what was put off, or leased, at a moment that is yet to come tried now; return how many.

    Only a clock that was wrong does so. What waits for its day was put off by nobody, and what Teams asked to wait for
    however long by a clock that was right: both are left.
    """
    ahead = or_(LetterRow.lease_until > now + LEASE + _APART, LetterRow.put_off_at > now + _APART)
    hastened = await session.execute(
        update(LetterRow)
        .where(IS_WAITING, LetterRow.next_try_at > now, ahead)
        .values(next_try_at=now, lease_until=None, put_off_at=None)
        .execution_options(synchronize_session=False)
    )
    return int(hastened.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result is a CursorResult


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
    return tuple(sorted(await outbox.read(session, given_up.all()), key=lambda letter: letter.id))
