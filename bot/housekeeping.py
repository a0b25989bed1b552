"""Every hour: what was only kept for a while is deleted, but for whatever a legal hold may cover (SAR-8.1.3)."""

import asyncio
from datetime import timedelta
from typing import Final

from bot.clock import Clock, wall_clock
from bot.errors import survive
from bot.logbook import Log
from storage import deliveries, holds
from storage.database import Database
from storage.forgetting import forget_turns

EVERY: Final = 3600.0  # seconds
REMEMBERED: Final = timedelta(days=30)  # for how long a card can be updated and a repeated turn is known

log = Log(__name__)


async def keep_house(db: Database, *, clock: Clock) -> None:
    """Go on until cancelled. `clock` is the school's, which turns are dated by."""
    while True:
        await survive(once(db, clock), "housekeeping")
        await asyncio.sleep(EVERY)


async def once(db: Database, clock: Clock) -> None:
    """Delete what is old now; say how much a hold kept, and for which cases."""
    if not await db.is_current():  # nothing to tidy before the first migration
        return
    async with db.write() as session:
        standing = await holds.standing(session)
        kept = await forget_turns(session, clock() - REMEMBERED, standing)
        await deliveries.drop_before(session, wall_clock() - REMEMBERED, but_of_turns=bool(standing))
    if kept:
        cases = ", ".join(str(hold.case) for hold in standing)
        log.info("kept old turns because of a legal hold", count=kept, cases=cases)
