"""Every little while: what became due goes into the outbox. Each replica does it; rows decide who is first."""

import asyncio
from collections.abc import Callable
from typing import Final

from bot.clock import Clock
from bot.errors import survive
from bot.telemetry import Instrument, telemetry
from dialogs.desk import Desk
from dialogs.sweeping import sweep
from storage.database import Database

EVERY: Final = 15.0  # seconds


async def keep_time(
    db: Database, desk: Desk, *, clock: Clock, every: float = EVERY, came_round: Callable[[], None] = lambda: None
) -> None:
    """Go on until cancelled. `clock` is the school's; `came_round` is called after each look, also one that failed."""
    while True:
        await survive(_once(db, desk, clock), "sweep")
        came_round()
        await asyncio.sleep(every)


async def _once(db: Database, desk: Desk, clock: Clock) -> None:
    if await db.is_current():  # nothing is due before the first migration
        with telemetry.timed(Instrument.SWEEPS) as told:
            await sweep(db, desk, now=clock())
            told["outcome"] = "done"
