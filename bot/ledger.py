"""Writes down what became of letters, right after the answer; couriers that wait for it share a transaction."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.connector import backoff
from bot.errors import where
from bot.postman import Arrived, Dropped, Later, Outcome, Unfit, Unreachable
from storage import outbox, settling
from storage.database import Database
from storage.outbox import Letter
from storage.settling import Delivered, PutOff

LONGEST_PAUSE: Final = 300.0  # seconds between two tries
MOST_TRIES: Final = 900  # three days at the longest pause: from then on it is told about, not tried
_WRITE_FOR: Final = 30.0  # seconds in which writing is tried again: what is not written down is sent twice

OnUndeliverable = Callable[[AsyncSession, Letter, str], Awaitable[None]]

logger = logging.getLogger(__name__)


async def nobody_else(session: AsyncSession, letter: Letter, reason: str) -> None:
    """Leave it at the mark: the default where nobody is told of letters that cannot be delivered."""


class Ledger:
    """One a courier."""

    def __init__(self, db: Database, clock: Clock, on_undeliverable: OnUndeliverable = nobody_else) -> None:
        self._db = db
        self._clock = clock
        self._on_undeliverable = on_undeliverable
        self._waiting: list[tuple[Letter, Outcome]] = []
        self._page: asyncio.Task[None] | None = None  # the transaction that can still be joined
        self._before: asyncio.Task[None] | None = None  # the one that is being written

    async def note(self, letter: Letter, outcome: Outcome) -> None:
        """Come back when it is written."""
        logger.info("letter %s, try %s: %s", letter.id, letter.attempts, outcome)
        if isinstance(outcome, Later) and letter.attempts >= MOST_TRIES:
            reason = f"given up: {outcome.reason}"
            outcome = Dropped(reason) if letter.is_update else Unfit(reason)
        match outcome:
            case Unreachable() | Unfit():
                await self._give_up(letter, outcome)
            case Arrived() | Dropped() | Later():
                await self._settle(letter, outcome)

    async def _settle(self, letter: Letter, outcome: Outcome) -> None:
        self._waiting.append((letter, outcome))
        if self._page is None:
            self._page = asyncio.create_task(self._write_page())
        await asyncio.shield(self._page)

    async def _write_page(self) -> None:
        if self._before is not None:
            await asyncio.wait([self._before])
        await asyncio.sleep(0)  # no delay: whoever has their answer already comes along
        batch, self._waiting = self._waiting, []
        self._before, self._page = self._page, None  # whoever comes from now on begins another
        await self._write(batch)

    async def _write(self, batch: list[tuple[Letter, Outcome]]) -> None:
        pause, give_up = 0.05, asyncio.get_running_loop().time() + _WRITE_FOR
        while True:
            try:
                await self._write_once(batch)
            except (SQLAlchemyError, OSError) as failed:
                if asyncio.get_running_loop().time() > give_up:
                    raise
                logger.warning("%s letters not yet noted: %s", len(batch), type(failed).__name__)
                await asyncio.sleep(pause)
                pause = min(2.0, pause * 2)
            else:
                return

    async def _write_once(self, batch: list[tuple[Letter, Outcome]]) -> None:
        now = self._clock()
        done = [each for letter, outcome in batch if (each := _delivered(letter, outcome)) is not None]
        later = [
            PutOff(letter, out.reason, next_try(letter, out, now)) for letter, out in batch if isinstance(out, Later)
        ]
        async with self._db.write() as session:
            await settling.sent(session, done, now=now)
            await settling.put_off(session, later)

    async def _give_up(self, letter: Letter, outcome: Unreachable | Unfit) -> None:
        """Mark it, and tell the layer above in the same transaction; what it cannot take in now is told again."""
        now = self._clock()
        try:
            async with self._db.write() as session:
                await outbox.undeliverable(session, letter.id, reason=outcome.reason)
                given_up = [letter]
                if isinstance(outcome, Unreachable):
                    others = await settling.give_up_on(session, letter.addressee, now=now, reason=outcome.reason)
                    given_up += others
                for each in given_up:
                    await self._on_undeliverable(session, each, outcome.reason)
        except Exception as error:  # noqa: BLE001  whatever broke above: the letter must not be lost with it
            logger.error("letter %s is undeliverable and nobody could be told: %s", letter.id, where(error))  # noqa: TRY400  the message of an exception may quote what people wrote
            await self._settle(letter, Later(outcome.reason))


def next_try(letter: Letter, outcome: Later, now: datetime) -> datetime:
    """Say when to try again: as Teams asked, or backing off."""
    if outcome.after is not None:
        return now + outcome.after
    return now + timedelta(seconds=backoff(letter.attempts, longest=LONGEST_PAUSE))


def _delivered(letter: Letter, outcome: Outcome) -> Delivered | None:
    match outcome:
        case Arrived(conversation, activity_id):
            return Delivered(letter, conversation, activity_id)
        case Dropped(reason):
            return Delivered(letter, letter.conversation or "", letter.activity_id or "", reason)
        case Later() | Unreachable() | Unfit():
            return None
