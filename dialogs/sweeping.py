"""What became due: every case is looked at once it may owe somebody a word, by whichever replica comes first."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import approving, escalating
from dialogs.breach import minding
from dialogs.desk import Desk
from dialogs.digest import sending
from dialogs.handing_over import saying as handovers
from dialogs.incident import minding as incidents
from dialogs.planning import minding as plans
from dialogs.refreshing import chasing
from dialogs.request import minding as requests
from dialogs.withdrawing import overdue
from storage import cases, proposals, reviews
from storage.cases import CaseKind
from storage.database import Database
from storage.handovers import as_of

Mind = Callable[[Desk, AsyncSession, int, datetime], Awaitable[None]]

# Each looks at one case, in one transaction: it writes what is owed and says when to look again.
MINDS: Final[Mapping[CaseKind, Mind]] = {
    CaseKind.BREACH: minding.mind,
    CaseKind.REQUEST: requests.mind,
    CaseKind.INCIDENT: incidents.mind,
    CaseKind.PLAN: plans.mind,
}
_NOT_BEFORE: Final = timedelta(minutes=1)  # a case that is still due after it was looked at must not hold up the rest


async def sweep(db: Database, desk: Desk, *, now: datetime) -> int:
    """Look at all that is due, each in a transaction of its own; return how many there were.

    What breaks is raised once all else was looked at: it holds up nobody's reminders but its own. Cases come first.
    """
    looked_at, broken = await _cases(db, desk, now)
    for mind in (_approvals, _questions, _withdrawals, _new_forms, _digests, handovers.mind):
        try:
            looked_at += await mind(db, desk, now=now)
        except Exception as error:  # noqa: BLE001  raised below
            broken = broken or error
    if broken is not None:
        raise broken
    return looked_at


async def _cases(db: Database, desk: Desk, now: datetime) -> tuple[int, Exception | None]:
    """Look at every case that is due; return how many, and what broke. One that breaks is put off."""
    looked_at, broken = 0, None
    while await _any_due(db, now):
        number = None
        try:
            async with db.write() as session:
                as_of(session, now)
                number = next(iter(await cases.claim_due(session, now=now)), None)
                if number is not None:
                    await _look_at(desk, session, number, now)
        except Exception as error:
            if number is None:
                raise
            broken = broken or error
            async with db.write() as session:
                await cases.put_off(session, number, until=now + _NOT_BEFORE, if_due=now)
        if number is None:  # another replica has what is left in hand
            break
        looked_at += 1
    return looked_at, broken


async def _digests(db: Database, desk: Desk, *, now: datetime) -> int:
    """Send the digests that are due; they are counted nowhere."""
    await sending.send(db, desk, now=now)
    return 0


async def _approvals(db: Database, desk: Desk, *, now: datetime) -> int:  # noqa: ARG001  as every other
    """Remind of answers that wait for a second pair of eyes; return how many."""
    return await _remind(db, approving.mind, is_due=partial(proposals.is_due, now=now), now=now)


async def _questions(db: Database, desk: Desk, *, now: datetime) -> int:  # noqa: ARG001  as every other
    """Remind of questions that nobody has answered yet; return how many."""
    return await _remind(db, escalating.mind, is_due=partial(reviews.is_due, now=now), now=now)


async def _remind(
    db: Database,
    mind: Callable[[AsyncSession, datetime], Awaitable[bool]],
    *,
    is_due: Callable[[AsyncSession], Awaitable[bool]],
    now: datetime,
) -> int:
    """Remind of one after the other, each in a transaction of its own, until none is due or others have them."""
    reminded = 0
    while True:
        async with db.read() as session:
            if not await is_due(session):
                return reminded
        async with db.write() as session:
            as_of(session, now)
            if not await mind(session, now):
                return reminded
        reminded += 1


async def _withdrawals(db: Database, desk: Desk, *, now: datetime) -> int:  # noqa: ARG001  as every other
    """Remind of stored pictures that should be gone; return of how many withdrawals."""
    async with db.read() as session:
        late = await overdue.late(session, now=now)
    for number in late:
        async with db.write() as session:
            as_of(session, now)
            await overdue.remind(session, number, now=now)
    return len(late)


async def _new_forms(db: Database, desk: Desk, *, now: datetime) -> int:  # noqa: ARG001  as every other
    """Remind of new forms that nobody asked for, or that are not back; return of how many."""
    async with db.read() as session:
        as_of(session, now)
        late = await chasing.late(session, now=now)
    for number in late:
        async with db.write() as session:
            as_of(session, now)
            await chasing.remind(session, number, now=now)
    return len(late)


async def _look_at(desk: Desk, session: AsyncSession, number: int, now: datetime) -> None:
    case = await cases.by_number(session, number)
    if case is not None and (mind := MINDS.get(case.kind)) is not None:
        await mind(desk, session, number, now)
    await cases.put_off(session, number, until=now + _NOT_BEFORE, if_due=now)


async def _any_due(db: Database, now: datetime) -> bool:
    async with db.read() as session:
        return await cases.is_due(session, now=now)
