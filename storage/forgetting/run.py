"""One run over everything that goes by age: in small batches, each a short transaction that leaves all in order.

Killed between two batches, the next run goes on: what is due is found by its age, not by where somebody stopped.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from policy.clocks.local_time import london
from policy.retention import Kind, Periods, Why, due_before, last_due
from storage import audit
from storage.database import Database
from storage.engines.contention import is_contention
from storage.engines.taking_turns import List, alone_with
from storage.forgetting.cases import Cases
from storage.forgetting.conversations import Choices, Forms
from storage.forgetting.letters import Letters, LetterWords
from storage.forgetting.protecting import standing
from storage.forgetting.pupils import Pupils
from storage.forgetting.questions import Questions, Words
from storage.forgetting.registers import Answers, Digests, Permissions
from storage.forgetting.shelf import Due, Item, Shelf
from storage.forgetting.staff import Staff
from storage.forgetting.turns import Deliveries, Replies

SHELVES: Final[Mapping[Kind, Shelf]] = {
    shelf.kind: shelf
    for shelf in (
        *(Replies(), Deliveries(), Choices(), Forms(), Cases(), Words(), Questions(), LetterWords(), Letters()),
        *(Answers(), Permissions(), Digests(), Pupils(), Staff()),
    )
}
BY_THE_HOUR: Final = frozenset({Kind.REPLIES, Kind.DELIVERIES})  # every message leaves some: too many for a line each
_LISTS: Final[Mapping[Kind, List]] = {Kind.PUPILS: List.PUPILS, Kind.STAFF: List.STAFF}  # what imports change as well
_TRIES: Final = 300  # of two seconds each: a large import is over by then, and else the next run goes on
BATCH: Final = 200  # things a transaction: nobody waits for longer than a few hundredths of a second


_Batch: TypeAlias = tuple[list[tuple[Item, Why | None]], list[Item]]  # all that was looked at, and what may go


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did, or would do, with one kind."""

    kind: Kind
    gone: int
    kept: Mapping[Why, int]  # what stayed although its period is over
    oldest: date | None  # when the oldest of all that is due began


async def run(
    db: Database,
    *,
    now: datetime,
    periods: Periods,
    kinds: Iterable[Kind] = Kind,
    dry: bool = False,
    most: int = BATCH,
) -> tuple[Outcome, ...]:
    """Delete what is due of these kinds; `dry` deletes nothing and counts the same."""
    return tuple([await _empty(db, SHELVES[kind], now, periods, dry=dry, most=most) for kind in kinds])


async def _empty(db: Database, shelf: Shelf, now: datetime, periods: Periods, *, dry: bool, most: int) -> Outcome:
    today = london(now).date()
    due = Due(due_before(shelf.kind, now, periods), last_due(shelf.kind, today, periods), now, today)
    gone, oldest, after = 0, None, ()
    kept = Counter[Why]()
    while True:
        async with db.read() as session:
            if not await shelf.look(session, due, after, 1):  # nobody waits for a writer that has nothing to do
                return Outcome(shelf.kind, gone, dict(kept), oldest)
        items, free = await _judged(db, shelf, due, after, most) if dry else await _gone(db, shelf, due, after, most)
        if not items:
            continue
        gone, after = gone + len(free), items[-1][0].key
        kept.update(why for _, why in items if why is not None)
        oldest = min(filter(None, (oldest, *(item.began for item, _ in items))))


async def _gone(db: Database, shelf: Shelf, due: Due, after: tuple[Any, ...], most: int) -> _Batch:
    """Delete a batch; where an import has its list, wait for it."""
    for _ in range(_TRIES):
        try:
            return await _delete(db, shelf, due, after, most)
        except DBAPIError as error:  # nothing of the batch was deleted: it is one transaction
            if not is_contention(error):
                raise
    return await _delete(db, shelf, due, after, most)


async def _delete(db: Database, shelf: Shelf, due: Due, after: tuple[Any, ...], most: int) -> _Batch:
    async with db.write() as session:
        if shelf.kind in _LISTS:  # nobody comes back between being looked at and being deleted
            await alone_with(session, _LISTS[shelf.kind], soon=True)
        items, free = await _batch(session, shelf, due, after, most, deletes=True)
        if free:
            await shelf.drop(session, free)
            if shelf.kind not in BY_THE_HOUR:
                await _note(session, shelf.kind, free, due.now)
    return items, free


async def _judged(db: Database, shelf: Shelf, due: Due, after: tuple[Any, ...], most: int) -> _Batch:
    async with db.read() as session:
        return await _batch(session, shelf, due, after, most, deletes=False)


async def _batch(
    session: AsyncSession, shelf: Shelf, due: Due, after: tuple[Any, ...], most: int, *, deletes: bool
) -> _Batch:
    """Return the next things with what keeps them, and those that may go. The holds are read first."""
    holds = await standing(session, deletes=deletes)
    judged = []
    for item in await shelf.look(session, due, after, most):
        is_held = shelf.kind is not Kind.DIGESTS and holds.cover(item.schools, item.words)
        judged.append((item, Why.HOLD if is_held else item.why))
    return judged, [item for item, why in judged if why is None]


async def _note(session: AsyncSession, kind: Kind, free: list[Item], now: datetime) -> None:
    """Write into the audit log how much went; of cases also which, by their numbers."""
    details: dict[str, Any] = {"count": len(free), "oldest": min(item.began for item in free).isoformat()}
    if kind is Kind.CASES:
        details["cases"] = [item.key[0] for item in free]
    await audit.record(session, "bot", "retention.deleted", f"retention/{kind.name.lower()}", details, now=now)
