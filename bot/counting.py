"""Every minute: how much waits is counted, for the measurements and, every few minutes, for the log."""

import asyncio
from collections.abc import Iterator
from typing import Final

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import QueuePool

from bot.clock import Clock, wall_clock
from bot.errors import survive
from bot.logbook import Log
from bot.pulse import Pulse
from bot.telemetry import Instrument, Reading, telemetry
from storage.backlog import Backlog, backlog
from storage.database import Database

EVERY: Final = 60.0  # seconds
_TOLD_EVERY: Final = 5  # counts: whoever has no OpenTelemetry is alarmed by the log

log = Log(__name__)


class Counting:
    """One a process."""

    def __init__(self, db: Database, pulse: Pulse, *, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._now = Backlog(0, 0.0, 0.0)
        self._counts = 0
        telemetry.watch(Instrument.LETTERS_WAITING, lambda: iter([(float(self._now.letters), {})]))
        telemetry.watch(Instrument.OLDEST_LETTER, lambda: iter([(self._now.oldest_letter, {})]))
        telemetry.watch(Instrument.OLDEST_CASE, lambda: iter([(self._now.oldest_case, {})]))
        telemetry.watch(Instrument.SINCE, lambda: ((age, {"askdpo.work": work}) for work, age in pulse.ages().items()))
        telemetry.watch(Instrument.CONNECTIONS, self._connections)

    async def run(self) -> None:
        """Go on until cancelled."""
        while True:
            await survive(self.once(), "counting")
            await asyncio.sleep(EVERY)

    async def once(self) -> None:
        """Count, and say it now and then."""
        if not await self._db.is_current():  # nothing waits before the first migration
            return
        async with self._db.read() as session:
            self._now = await backlog(session, now=self._clock(), letters_now=wall_clock())
        self._counts += 1
        if self._counts % _TOLD_EVERY == 2:  # noqa: PLR2004  not the first: a start is told by its address alone
            log.info("letters waiting", count=self._now.letters, seconds=self._now.oldest_letter)
            log.info("cases due", seconds=self._now.oldest_case)

    def _connections(self) -> Iterator[Reading]:
        pools = {id(engine.pool): (name, engine) for name, engine in _engines(self._db)}
        for name, engine in pools.values():
            pool = engine.pool
            if isinstance(pool, QueuePool):
                used = {"db.client.connection.pool.name": name}
                yield float(pool.checkedout()), used | {"db.client.connection.state": "used"}
                yield float(pool.checkedin()), used | {"db.client.connection.state": "idle"}


def _engines(db: Database) -> list[tuple[str, AsyncEngine]]:
    return [("readers", db.readers), ("writers", db.writers)]
