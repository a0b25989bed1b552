"""Keeps where people can be reached from what they send, and writes only what is news."""

from datetime import datetime, timedelta
from typing import Final

from botbuilder.schema import Activity

from bot.clock import Clock
from bot.guard import tenants
from storage import chats, people
from storage.chats import Chat
from storage.database import Database

_NEWS_AFTER: Final = timedelta(minutes=10)  # what was written is not written again for so long
_MOST: Final = 10_000


class Chats:
    """The personal chats heard of in this process; only those of people the bot knows are kept."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._kept: dict[Chat, datetime] = {}

    async def keep(self, activity: Activity, person: str) -> None:
        """Keep the personal chat that this came from."""
        chat = Chat(
            aad_object_id=person,
            service_url=activity.service_url,
            conversation=activity.conversation.id,
            bot=activity.recipient.id,
            tenant=next(iter(tenants(activity)), ""),
        )
        now = self._clock()
        if (kept := self._kept.get(chat)) is not None and now - kept < _NEWS_AFTER:
            return
        async with self._db.read() as session:
            if await people.by_aad(session, person) is None:
                return
        async with self._db.write() as session:
            await chats.keep(session, chat, now=now)
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[chat] = now

    async def forget(self, person: str) -> None:
        """Forget somebody who removed the app."""
        self._kept = {chat: kept for chat, kept in self._kept.items() if chat.aad_object_id != person}
        async with self._db.write() as session:
            await chats.forget(session, person)

    async def first_arrival(self, person: str) -> bool:
        """Is this arrival to be welcomed? Teams tells of one installation twice."""
        async with self._db.write() as session:
            return await chats.first_arrival(session, person, now=self._clock())
