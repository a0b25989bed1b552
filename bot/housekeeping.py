"""Every hour: what was only kept for a while is deleted."""

import asyncio
from datetime import timedelta
from typing import Final

from bot.clock import Clock, wall_clock
from bot.errors import survive
from storage import deliveries, turns
from storage.database import Database

EVERY: Final = 3600.0  # seconds
REMEMBERED: Final = timedelta(days=30)  # for how long a card can be updated and a repeated turn is known


async def keep_house(db: Database, *, clock: Clock) -> None:
    """Go on until cancelled. `clock` is the school's, which turns are dated by."""
    while True:
        await survive(_once(db, clock), "housekeeping")
        await asyncio.sleep(EVERY)


async def _once(db: Database, clock: Clock) -> None:
    if not await db.is_current():  # nothing to tidy before the first migration
        return
    async with db.write() as session:
        await deliveries.drop_before(session, wall_clock() - REMEMBERED)
        await turns.forget_before(session, clock() - REMEMBERED)
