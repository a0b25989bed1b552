"""The only file that knows how a message reaches somebody who did not ask: their chat, or a new one.

Bot Framework takes no key by which it would know a repeat, so an answer that was lost leaves open whether the message
was taken. It is then sent again: an alert twice is better than none. Every try of a letter carries the same
`clientActivityID`, by which whoever receives it can tell a repeat.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2s
from typing import Final, Protocol
from weakref import WeakValueDictionary

from msgspec import Raw
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.connector import Connector, SendError
from bot.registration import Credentials
from bot.wire import CARD, write_json
from storage import chats
from storage.chats import Chat
from storage.database import Database
from storage.outbox import Letter

PUBLIC_CLOUD = "https://smba.trafficmanager.net/teams/"  # until Teams has told us of a nearer one (platform 1.3)
_REPLY: Final = "reply/"
_GONE: Final = 404
_REFUSED: Final = 403  # not installed, blocked, not in the tenant
_TOO_MANY: Final = 429
_UNFIT: Final = frozenset({400, 413})  # this letter, a card too large for instance: no try helps
IN_FORCE_AFTER: Final = 60.0  # seconds in which Teams may still refuse whoever was just given the app
_LOOK_AGAIN: Final = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Arrived:
    """Teams took it, there, under that id."""

    conversation: str
    activity_id: str


@dataclass(frozen=True, slots=True)
class Later:
    """It may work later: `after` says when, where Teams said so; `crowded` where it concerns all of their chat."""

    reason: str
    after: timedelta | None = None
    crowded: bool = False


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No further try to this person will help."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unfit:
    """No further try of this letter will help."""

    reason: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """An update that came too late: the message is gone. What it would have replaced was delivered."""

    reason: str


Outcome = Arrived | Later | Unreachable | Unfit | Dropped


class Postman(Protocol):
    """The one seam: tests keep pigeons."""

    async def deliver(self, letter: Letter, chat: Chat | None = None) -> Outcome:
        """Try once, in that chat where it is known already."""


class TeamsPostman:
    """Delivers through the connector, to the chat kept for the addressee."""

    def __init__(
        self,
        db: Database,
        connector: Connector,
        credentials: Credentials | None,
        *,
        clock: Clock,
        install: Callable[[str], Awaitable[bool]] | None = None,
    ) -> None:
        self._db = db
        self._connector = connector
        # Who we are to Teams; empty in local mode, where a chat heard of tells it.
        self._bot = f"28:{credentials.app_id}" if credentials else ""
        self._tenant = credentials.tenant if credentials else ""
        self._clock = clock
        self._install = install  # gives somebody the app; None where that is not switched on
        self._opening: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # one chat a person
        self._given: dict[str, float] = {}  # when this process gave somebody the app, until a letter reaches them

    async def deliver(self, letter: Letter, chat: Chat | None = None) -> Outcome:
        """Try once; a chat that is no more is opened anew."""
        outcome = await self._tried(letter, chat)
        if isinstance(outcome, Unreachable) and self._was_just_given(letter.addressee):
            return Later(outcome.reason, _LOOK_AGAIN)
        if isinstance(outcome, Arrived):
            self._given.pop(letter.addressee, None)
        return outcome

    async def _tried(self, letter: Letter, chat: Chat | None) -> Outcome:
        try:
            chat = chat or await self._address(letter.addressee)
            if chat is None:
                return Later("nobody has written to the bot yet, so where to send to is not known")
            if letter.is_update:
                return await self._update(letter, chat)
            chat = chat if chat.conversation else await self._opened(chat)
            try:
                return await self._send(letter, chat)
            except SendError as failed:
                moved = await self._moved(chat, failed)
                if moved is None:
                    raise
            return await self._send(letter, moved)
        except SendError as failed:
            return _outcome(failed)

    async def open_chat(self, addressee: str) -> Chat | None:
        """Open somebody's chat, where they have none yet; None where no address is known. Raises SendError."""
        chat = await self._address(addressee)
        return chat if chat is None or chat.conversation else await self._opened(chat)

    async def _send(self, letter: Letter, chat: Chat) -> Arrived:
        body = body_of(letter, bot=chat.bot, conversation=chat.conversation)
        message = await self._connector.send(chat.service_url, chat.conversation, body)
        return Arrived(chat.conversation, message)

    async def _update(self, letter: Letter, chat: Chat) -> Outcome:
        there, message = letter.conversation or "", letter.activity_id or ""
        body = body_of(letter, bot=chat.bot, conversation=there)
        try:
            await self._connector.update(chat.service_url, there, message, body)
        except SendError as failed:
            if failed.status in {_GONE, _REFUSED, *_UNFIT}:
                return Dropped(str(failed))
            raise
        return Arrived(there, message)

    async def _moved(self, chat: Chat, failed: SendError) -> Chat | None:
        """Give where they are now, if that is why it failed: Teams forgot the chat, or they began another."""
        if failed.status == _GONE:
            async with self._db.write() as session:
                await chats.closed(session, chat.conversation)
            return await self._opened(chat)
        if failed.status == _REFUSED:
            async with self._db.read() as session:
                now_kept = await chats.of(session, chat.aad_object_id)
            if now_kept is not None and now_kept.conversation not in {"", chat.conversation}:
                return now_kept
        return None

    async def _address(self, addressee: str) -> Chat | None:
        """Give their chat, without a conversation where none was opened yet; None where no address is known."""
        async with self._db.read() as session:
            own = await chats.of(session, addressee)
            latest = None if own is not None else await self._nearest(session)
        if own is not None:
            return own
        if latest is not None:
            return Chat(addressee, latest.service_url, "", latest.bot, latest.tenant)
        return Chat(addressee, PUBLIC_CLOUD, "", self._bot, self._tenant) if self._tenant else None

    async def _nearest(self, session: AsyncSession) -> Chat | None:
        """Give the chat whose address serves everybody: in local mode only where there is but one address.

        There each persona may have a client of their own, and a letter must not show in somebody else's.
        """
        return await (chats.latest(session) if self._bot else chats.alone(session))

    async def _opened(self, chat: Chat) -> Chat:
        """Open their chat with the bot, once: works where the app is installed for them. Shows them nothing yet."""
        async with self._opening.setdefault(chat.aad_object_id, asyncio.Lock()):
            async with self._db.read() as session:
                kept = await chats.of(session, chat.aad_object_id)
            if kept is not None and kept.conversation:  # another letter to them came first
                return kept
            parameters = {
                "isGroup": False,
                "bot": {"id": chat.bot},
                "members": [{"id": chat.aad_object_id}],  # in `aadObjectId` Teams refuses it (platform 1.3)
                "tenantId": chat.tenant,
                "channelData": {"tenant": {"id": chat.tenant}},
            }
            conversation = await self._open(chat, write_json(parameters))
            if not conversation:
                raise SendError(None, cause="no conversation id")
            async with self._db.write() as session:
                return await chats.opened(session, replace(chat, conversation=conversation), now=self._clock())

    async def _open(self, chat: Chat, parameters: bytes) -> str:
        """Open a chat; whoever has not got the app yet is given it first, where that is switched on."""
        try:
            return await self._connector.open_chat(chat.service_url, parameters)
        except SendError as failed:
            if failed.status not in {_REFUSED, _GONE} or self._install is None:
                raise
            if self._was_just_given(chat.aad_object_id) or not await self._install(chat.aad_object_id):
                raise
            self._given.setdefault(chat.aad_object_id, time.monotonic())
        return await self._connector.open_chat(chat.service_url, parameters)

    def _was_just_given(self, addressee: str) -> bool:
        """Say whether a refusal may be Teams', which has not heard of the installation everywhere yet."""
        given = self._given.get(addressee)
        return given is not None and time.monotonic() < given + IN_FORCE_AFTER


def stable_id(letter: Letter) -> str:
    """Give the id that every try of a letter carries, the same in every process and after every restart."""
    if letter.key.startswith(_REPLY):
        return stable_id_of_reply(letter.key)
    return _id(f"{letter.id}/{letter.key}/{letter.addressee}")


def reply_key(conversation: str, activity: str, place: int) -> str:
    """Name a reply to a turn, which becomes a letter where it cannot be sent at once."""
    return f"{_REPLY}{conversation}/{activity}/{place}"


def stable_id_of_reply(key: str) -> str:
    """Give the id that a reply carries from the first, and the letter after it: one that arrives late is no second."""
    return _id(key)


def _id(words: str) -> str:
    return blake2s(words.encode(), digest_size=16).hexdigest()


def body_of(letter: Letter, *, bot: str, conversation: str) -> bytes:
    """Write a letter as Teams takes it; by hand, as the SDK's classes take as long as the sending itself."""
    message: dict[str, object] = {
        "type": "message",
        "from": {"id": bot},
        "conversation": {"id": conversation},
        "summary": letter.summary,
        "channelData": {"clientActivityID": stable_id(letter)},
    }
    if letter.card_json:
        message["attachments"] = [{"contentType": CARD, "content": Raw(letter.card_json.encode())}]
    else:
        message |= {"text": letter.text, "textFormat": "plain"}
    return write_json(message)


def _outcome(failed: SendError) -> Outcome:
    if failed.status == _REFUSED:
        return Unreachable(str(failed))
    if failed.status in _UNFIT:
        return Unfit(str(failed))
    after = None if failed.retry_after is None else timedelta(seconds=failed.retry_after)
    return Later(str(failed), after, crowded=failed.status == _TOO_MANY)
