"""Remembers what was delivered, durably before Teams hears that the turn is over; busy turns share a transaction."""

import asyncio

from sqlalchemy.exc import SQLAlchemyError

from bot.logbook import Log
from storage import deliveries
from storage.database import Database
from storage.deliveries import Delivery

log = Log(__name__)


class Delivered:
    """The deliveries of all turns, written by whoever comes first for everybody who waits."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: list[Delivery] = []
        self._writing = asyncio.Lock()

    async def already(self, conversation: str, activity: str) -> dict[int, str]:
        """Give what of this turn was delivered before: place -> message id."""
        async with self._db.read() as session:
            return await deliveries.of(session, conversation, activity)

    async def is_ours(self, conversation: str, message: str) -> bool:
        """Say whether we sent that message."""
        if not message:
            return False
        async with self._db.read() as session:
            return await deliveries.is_ours(session, conversation, message)

    async def note(self, delivery: Delivery) -> None:
        """Come back when it is written. Where it cannot be, the person has their answer, and at worst gets it twice."""
        self._waiting.append(delivery)
        async with self._writing:
            if delivery not in self._waiting:  # somebody wrote it along with theirs
                return
            batch, self._waiting = self._waiting, []
            try:
                async with self._db.write() as session:
                    await deliveries.note(session, batch)
            except (SQLAlchemyError, OSError) as failed:  # a server that is away is an OSError
                log.warning("deliveries not noted", count=len(batch), error=failed)
