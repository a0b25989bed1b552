"""What was kept for long enough is deleted: replies by the hour, everything else once a night, by one replica."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.clock import Clock, wall_clock
from bot.clockwork import is_right
from bot.errors import survive
from bot.logbook import Log
from bot.witness import APART, Witness
from dialogs.desk import Desk
from policy.calendar import long_date
from policy.clocks.local_time import london
from policy.nights import follow, has_jumped, is_night_after
from policy.retention import RULES, Kind, Periods, Why
from storage import audit, holds, retaining
from storage.database import Database
from storage.forgetting.run import BY_THE_HOUR, Outcome, run
from storage.upkeep import nights, upkeep

EVERY: Final = 3600.0  # seconds
REMEMBERED: Final = timedelta(days=RULES[Kind.REPLIES].days)  # how long a card can be updated and a turn is known again
NIGHT: Final = range(1, 5)  # London's hours
MISSED: Final = timedelta(hours=36)  # after so long without a run it is done by day

log = Log(__name__)


class WrongClockError(Exception):
    """Nothing was deleted by a clock that is not the database's; the message says what to do."""


async def keep_house(db: Database, desk: Desk, *, clock: Clock, witness: Witness | None = None) -> None:
    """Go on until cancelled. `clock` is the school's, which turns are dated by; `witness` another."""
    while True:
        await survive(once(db, desk, clock, witness=witness), "housekeeping")
        await asyncio.sleep(EVERY)


async def once(db: Database, desk: Desk, clock: Clock, *, witness: Witness | None = None) -> None:
    """Delete what is old now; say how much a hold kept, and for which cases."""
    if not await db.is_current() or not await is_right(db):  # nothing to tidy before the first migration
        return
    if witness is not None and not await _agrees(witness):
        return
    if await _may_be_right(db, clock()):
        await _by_the_hour(db, desk.rules.retention, clock)
    if await _is_due(db, clock()):
        await nightly(db, desk, now=clock())


async def _agrees(witness: Witness) -> bool:
    """Whether another clock says nothing against ours. Where nobody can be asked, the gaps between nights decide."""
    apart = await witness()
    if apart is None or abs(apart) <= APART:
        return True
    log.failure("this machine's clock is not Microsoft's: nothing is deleted", seconds=apart.total_seconds())
    return False


async def _by_the_hour(db: Database, periods: Periods, clock: Clock) -> None:
    replies = await run(db, now=clock(), periods=periods, kinds=(Kind.REPLIES,))
    await run(db, now=wall_clock(), periods=periods, kinds=(Kind.DELIVERIES,))  # dated by the wall, as letters are
    if kept := sum(one.kept.get(Why.HOLD, 0) for one in replies):
        async with db.read() as session:
            cases = ", ".join(str(hold.case) for hold in await holds.standing(session))
        log.info("kept old turns because of a legal hold", count=kept, cases=cases)


async def by_hand(
    db: Database, desk: Desk, *, now: datetime, today: date | None = None, witness: Witness | None = None
) -> tuple[Outcome, ...]:
    """Do it now because a person asked, whoever did it already.

    Where the night's run would wait, the person says `today` by another calendar than this machine's. Raises
    WrongClockError where they say none, or another day.
    """
    if not await is_right(db):
        raise WrongClockError("This machine's clock is not the database's: nothing was deleted. Put it right first.")
    if witness is not None and not await _agrees(witness):
        raise WrongClockError("This machine's clock is not Microsoft's: nothing was deleted. Put it right first.")
    day = london(now).date()
    if today is not None and today != day:
        told = f"{long_date(day)}, and you say {long_date(today)}"
        raise WrongClockError(
            f"This machine says that today is {told}: nothing was deleted. Put its clock right first."
        )
    async with db.read() as session:
        moments = await nights(session, now=now)
    if not is_night_after(moments):
        if today is None:
            raise WrongClockError(_doubt(moments))
        async with db.write() as session:
            details = {"day": day.isoformat(), "last": moments[1].isoformat() if len(moments) > 1 else ""}
            await audit.record(
                session, "administrator", "retention.clock_confirmed", "retention/clock", details, now=now
            )
    return await nightly(db, desk, now=now, again=True)


def _doubt(moments: Sequence[datetime]) -> str:
    now, *before = (long_date(london(at).date()) for at in moments)
    last = f"was last done, or could first have been, on {before[0]}" if before else "was never done here"
    return (
        f"Nothing was deleted: this machine says that today is {now}, and deletion {last}. A clock that is wrong would "
        "delete too early. If another calendar says the same day, give the day as it stands there: "
        "askdpo retention --today YYYY-MM-DD. To see first what would go: askdpo retention --dry-run."
    )


async def nightly(db: Database, desk: Desk, *, now: datetime, again: bool = False) -> tuple[Outcome, ...]:
    """Do a day's run, and ask the DPO about cases whose period ends; two at once delete nothing twice.

    Nothing is done where somebody has done it or is at it, nor where the clock seems to have jumped, but for `again`: a
    person asked for it.
    """
    from dialogs import doubting, letting_go  # noqa: PLC0415  it is wanted once a day

    day = london(now).date()
    async with db.read() as session:
        moments = await nights(session, now=now)
    if not again and has_jumped(moments):
        log.warning("retention waits for the DPO's word", seconds=(moments[0] - moments[1]).total_seconds())
        await doubting.ask(db, now=now, last=moments[1])
        return ()
    async with db.write() as session:
        await retaining.forget_later(session, now=now)
        if not await retaining.claim_run(session, day, now=now) and not again:
            return ()
        if not again and not is_night_after(moments):
            await retaining.finish_run(session, day, now=now)
            log.warning("retention waits a night after a long gap")
            return ()
    outcomes = await forget(db, desk.rules.retention, now=now)
    await letting_go.ask(db, desk, now=now, unread=_unread)
    async with db.write() as session:
        await retaining.finish_run(session, day, now=now)
    log.info("retention run", count=sum(one.gone for one in outcomes))
    return outcomes


def _unread(number: int, error: Exception) -> None:
    log.failure("closed case not readable: nobody is asked about it, and it stays", cases=str(number), error=error)


async def forget(db: Database, periods: Periods, *, now: datetime, dry: bool = False) -> tuple[Outcome, ...]:
    """Note who has left, and delete everything that goes by the day; `dry` changes nothing and counts the same."""
    if not dry:
        async with db.write() as session:
            await retaining.note_departures(session, now=now)
    return await run(db, now=now, periods=periods, kinds=[kind for kind in Kind if kind not in BY_THE_HOUR], dry=dry)


async def _may_be_right(db: Database, now: datetime) -> bool:
    """Whether the clock goes on from the last run, and that from the one before: no gap that a night is waited for."""
    async with db.read() as session:
        return follow(await nights(session, now=now))


async def _is_due(db: Database, now: datetime) -> bool:
    """Whether it is night, or one was missed; a database that is new waits for its first."""
    if london(now).hour in NIGHT:
        return True
    async with db.read() as session:
        kept = await upkeep(session, now=now)
    last = kept.tidied or kept.since
    return last is not None and now - last > MISSED
