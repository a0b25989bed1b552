"""The courier empties the outbox. A letter is marked sent only once it was delivered."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Final

from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bot.clock import Clock, wall_clock
from bot.connector import backoff
from bot.errors import survive
from bot.postman import Arrived, Later, Outcome, Postman, Unreachable
from storage import deliveries, outbox
from storage.database import Database
from storage.deliveries import Delivery
from storage.outbox import Letter

ROUND: Final = 2.0  # seconds between two looks: for letters that another process wrote
AT_ONCE: Final = 16  # letters under way: more would wait for each other until their time is up
LONGEST_PAUSE: Final = 300.0  # seconds between two tries
MOST_TRIES: Final = 900  # three days at the longest pause: from then on it is told about, not tried

logger = logging.getLogger(__name__)


class Courier:
    """One a process; several processes may share an outbox."""

    def __init__(self, db: Database, postman: Postman, *, clock: Clock = wall_clock) -> None:
        self._db = db
        self._postman = postman
        self._clock = clock
        self._bell = asyncio.Event()
        self._blind = False  # could the outbox not be read, the last time? Said once, not every round
        self._under_way: set[asyncio.Task[None]] = set()

    def ring(self) -> None:
        """Look now: a letter was written."""
        self._bell.set()

    async def run(self) -> None:
        """Go round until cancelled; what is under way then is finished first."""
        with _ringing(self, self._db):
            try:
                while True:
                    pause = await self._round()
                    with suppress(TimeoutError):
                        async with asyncio.timeout(pause):  # wait_for may lose a cancellation
                            await self._bell.wait()
            finally:
                await asyncio.gather(*self._under_way)

    async def deliver_due(self) -> int:
        """Try everything that is due, once, and come back when it is done. Gives how many were tried."""
        tried = 0
        while letters := await self._claim():
            await asyncio.gather(*(self._deliver(letter) for letter in letters))
            tried += len(letters)
        return tried

    async def _round(self) -> float:
        """Set off with what is due, without waiting for slow ones; say when to look again, in seconds."""
        self._bell.clear()
        try:
            for letter in await self._claim(AT_ONCE - len(self._under_way)):
                task = asyncio.create_task(survive(self._deliver(letter), f"letter {letter.id}"))
                self._under_way.add(task)
                task.add_done_callback(self._done)
            async with self._db.read() as session:
                due = await outbox.next_due(session, now=self._clock())
        except SQLAlchemyError as failed:
            if not self._blind:
                logger.warning("outbox not readable: %s; looking on every %s s", type(failed).__name__, ROUND)
            self._blind = True
            return ROUND
        self._blind = False
        return ROUND if due is None else min(ROUND, max(0.05, (due - self._clock()).total_seconds()))

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._bell.set()  # there is room for another, and the next try of this one may be soon

    async def _claim(self, most: int = AT_ONCE) -> tuple[Letter, ...]:
        if most <= 0:
            return ()
        now = self._clock()
        async with self._db.read() as session:
            if not await outbox.is_due(session, now=now):
                return ()
        async with self._db.write() as session:
            return await outbox.claim(session, now=now, most=most)

    async def _deliver(self, letter: Letter) -> None:
        # Should anything break on the way, the lease ends and the letter is tried again: at least once.
        await self._note(letter, await self._postman.deliver(letter))

    async def _note(self, letter: Letter, outcome: Outcome) -> None:
        now = self._clock()
        if isinstance(outcome, Later) and letter.attempts >= MOST_TRIES:
            outcome = Unreachable(f"given up: {outcome.reason}")
        async with self._db.write() as session:
            match outcome:
                case Arrived(conversation, activity_id):
                    await outbox.sent(session, letter.id, conversation=conversation, activity_id=activity_id, now=now)
                    card = Delivery(conversation, f"letter/{letter.id}", 0, activity_id, at=now)
                    await deliveries.note(session, [card])
                case Later(reason, after):
                    pause = backoff(letter.attempts, longest=LONGEST_PAUSE) if after is None else after.total_seconds()
                    again = now + timedelta(seconds=pause)
                    await outbox.failed(session, letter.id, reason=reason, next_try_at=again)
                case Unreachable(reason):
                    await outbox.undeliverable(session, letter.id, reason=reason)
        logger.info("letter %s, try %s: %s", letter.id, letter.attempts, outcome)


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
