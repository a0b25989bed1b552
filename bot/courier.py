"""The courier empties the outbox. A letter is marked sent only once it was delivered."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Final

from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.clock import Clock, wall_clock
from bot.lanes import Lanes
from bot.ledger import Ledger, OnUndeliverable, nobody_else
from bot.logbook import Log
from bot.pace import Pace
from bot.postman import Postman
from storage import chats, outbox, settling
from storage.database import Database

ROUND: Final = 2.0  # seconds between two looks: for letters that another process wrote
_WENT_BACK: Final = 2.0  # seconds: a clock is put right by less than that without a word
RENEWAL: Final = outbox.LEASE.total_seconds() / 3

log = Log(__name__)


class Courier:
    """One a process; several processes may share an outbox."""

    def __init__(
        self,
        db: Database,
        postman: Postman,
        *,
        clock: Clock = wall_clock,
        pace: Pace | None = None,
        on_undeliverable: OnUndeliverable = nobody_else,
        came_round: Callable[[], None] = lambda: None,
    ) -> None:
        self._db = db
        self._came_round = came_round  # called after each look, also one that failed
        self._clock = clock
        self._bell = asyncio.Event()
        self._ahead = float("inf")  # of the machine's steady clock: less than last time where the wall clock went back
        self._blind = False  # could the outbox not be read, the last time? Said once, not every round
        ledger = Ledger(db, clock, on_undeliverable)
        self._lanes = Lanes(db, postman, ledger, pace=pace or Pace(), clock=clock, ring=self.ring)

    def ring(self) -> None:
        """Look now: a letter was written, or there is room for another."""
        self._bell.set()

    async def run(self) -> None:
        """Go round until cancelled; what is under way then is finished first, the rest is left to the next courier."""
        with _ringing(self, self._db):
            renewing = asyncio.create_task(self._renew_leases())
            try:
                while True:
                    pause = await self._round()
                    self._came_round()
                    with suppress(TimeoutError):
                        async with asyncio.timeout(pause):  # wait_for may lose a cancellation
                            await self._bell.wait()
            finally:
                await self._lanes.stop()
                renewing.cancel()

    async def deliver_due(self) -> int:
        """Try everything that is due, once, and come back when it is done. Gives how many were tried."""
        tried = 0
        while count := await self._take():
            tried += count
            await self._lanes.empty()
        return tried

    async def _round(self) -> float:
        """Set off with what is due, without waiting for slow ones; say when to look again, in seconds."""
        self._bell.clear()
        try:
            await self._take()
            async with self._db.read() as session:
                due = await outbox.next_due(session, now=self._clock())
        except Exception as failed:  # noqa: BLE001  whatever it was: without its courier a process sends nothing at all
            if not self._blind:
                log.warning("outbox not readable", error=failed, seconds=ROUND)
            self._blind = True
            return ROUND
        self._blind = False
        return ROUND if due is None else min(ROUND, max(0.05, (due - self._clock()).total_seconds()))

    async def _mind(self, now: datetime) -> None:
        """Where the clock went back, or may have before we came up: what the wrong one put off is tried now."""
        ahead = now.timestamp() - time.monotonic()
        if ahead < self._ahead - _WENT_BACK:
            async with self._db.write() as session:
                hastened = await settling.hasten(session, now=now)
            if hastened:
                log.warning("letters put off by a wrong clock", count=hastened)
        self._ahead = ahead

    async def _take(self) -> int:
        """Claim what there is room for and set off with it; gives how many."""
        now = self._clock()
        await self._mind(now)
        async with self._db.read() as session:
            if not await outbox.is_due(session, now=now):
                return 0
        async with self._db.write() as session:
            letters = await outbox.claim(
                session, now=now, most=self._lanes.room, most_urgent=self._lanes.room_for_urgent
            )
            known = await chats.of_all(session, {letter.addressee for letter in letters}) if letters else {}
        in_hand = self._lanes.in_hand  # whose lease ended all the same: a clock jumped ahead, the database was away
        new = [letter for letter in letters if letter.id not in in_hand]
        for letter in new:
            self._lanes.add(letter, known.get(letter.addressee))
        return len(new)

    async def _renew_leases(self) -> None:
        """Keep what takes its time: only a courier that died loses its letters to another."""
        before: set[int] = set()
        while True:
            await asyncio.sleep(RENEWAL)
            slow = before & self._lanes.in_hand
            if slow:
                with suppress(SQLAlchemyError, OSError):  # the next one may work, and a lease outlasts two
                    async with self._db.write() as session:
                        await settling.renew(session, slow, now=self._clock())
            before = set(self._lanes.in_hand)


@contextmanager
def _ringing(courier: Courier, db: Database) -> Iterator[None]:
    """Ring as soon as a transaction that wrote a letter is committed, so that it leaves at once."""
    engine = db.writers.sync_engine

    def committed(session: Session) -> None:
        if session.info.pop(outbox.POSTED, False) and session.get_bind() is engine:
            courier.ring()

    event.listen(Session, "after_commit", committed)
    try:
        yield
    finally:
        event.remove(Session, "after_commit", committed)
