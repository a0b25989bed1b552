"""Every little while: what became due goes into the outbox. Each replica does it; rows decide who is first."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.clock import Clock, wall_clock
from bot.errors import survive
from bot.logbook import Log
from bot.telemetry import Instrument, telemetry
from dialogs.desk import Desk
from dialogs.sweeping import sweep
from storage import instants
from storage.database import Database

EVERY: Final = 15.0  # seconds
_APART: Final = timedelta(minutes=2)  # from the database's clock: more, and ours is no clock to remind anybody by

log = Log(__name__)


async def keep_time(
    db: Database, desk: Desk, *, clock: Clock, every: float = EVERY, came_round: Callable[[], None] = lambda: None
) -> None:
    """Go on until cancelled. `clock` is the school's; `came_round` is called after each look, also one that failed."""
    while True:
        await survive(_once(db, desk, clock), "sweep")
        came_round()
        await asyncio.sleep(every)


async def _once(db: Database, desk: Desk, clock: Clock) -> None:
    if await db.is_current() and await is_right(db):  # nothing is due before the first migration
        with telemetry.timed(Instrument.SWEEPS) as told:
            await sweep(db, desk, now=clock())
            told["outcome"] = "done"


async def is_right(db: Database, machine: Clock = wall_clock) -> bool:
    """Compare this machine's clock with the database's: a reminder that went out too early is not sent again in time.

    On SQLite they are one. The other replicas go on.
    """
    if db.file is not None:
        return True
    async with db.read() as session:
        apart = machine() - await instants.database_now(session)
    if abs(apart) > _APART:
        log.failure("this machine's clock is wrong: nobody is reminded of anything", seconds=apart.total_seconds())
        return False
    return True
