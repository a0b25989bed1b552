"""The only file that knows how a message reaches somebody who did not ask: their chat, or a new one."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from botbuilder.schema import Activity, ActivityTypes, ChannelAccount, ConversationAccount

from bot.clock import Clock
from bot.connector import Connector, SendError
from bot.wire import attachment, write_activity, write_json
from storage import chats
from storage.chats import Chat
from storage.database import Database
from storage.outbox import Letter

PUBLIC_CLOUD = "https://smba.trafficmanager.net/teams/"  # until Teams has told us of a nearer one (platform 1.3)
_GONE = 404
_FOR_GOOD = frozenset({400, 403, 413})  # not installed, blocked, not in the tenant; or a card too large: no try helps


@dataclass(frozen=True, slots=True)
class Arrived:
    """Teams took it, there, under that id."""

    conversation: str
    activity_id: str


@dataclass(frozen=True, slots=True)
class Later:
    """It may work later: `after` says when, where Teams said so."""

    reason: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """No further try to this person will help."""

    reason: str


Outcome = Arrived | Later | Unreachable


class Postman(Protocol):
    """The one seam: tests keep pigeons."""

    async def deliver(self, letter: Letter) -> Outcome:
        """Try once."""


class TeamsPostman:
    """Delivers through the connector, to the chat kept for the addressee."""

    def __init__(self, db: Database, connector: Connector, *, bot: str, tenant: str, clock: Clock) -> None:
        self._db = db
        self._connector = connector
        self._bot = bot  # "28:" and the app id; empty in local mode, where a chat heard of tells it
        self._tenant = tenant
        self._clock = clock

    async def deliver(self, letter: Letter) -> Outcome:
        """Try once; a chat that is no more is opened anew."""
        try:
            chat = await self._chat(letter.addressee)
            if chat is None:
                return Later("nobody has written to the bot yet, so where to send to is not known")
            try:
                return await self._send(letter, chat)
            except SendError as failed:
                if failed.status != _GONE:
                    raise
            async with self._db.write() as session:
                await chats.closed(session, chat.conversation)
            return await self._send(letter, await self._opened(chat))
        except SendError as failed:
            return _outcome(failed)

    async def _send(self, letter: Letter, chat: Chat) -> Arrived:
        message = await self._connector.send(
            chat.service_url, chat.conversation, write_activity(_message(letter, chat))
        )
        return Arrived(chat.conversation, message)

    async def _chat(self, addressee: str) -> Chat | None:
        async with self._db.read() as session:
            own = await chats.of(session, addressee)
            latest = None if own is not None else await chats.latest(session)
        if own is not None:
            return own if own.conversation else await self._opened(own)
        if latest is not None:
            return await self._opened(Chat(addressee, latest.service_url, "", latest.bot, latest.tenant))
        if self._tenant:
            return await self._opened(Chat(addressee, PUBLIC_CLOUD, "", self._bot, self._tenant))
        return None

    async def _opened(self, chat: Chat) -> Chat:
        """Open their chat with the bot: works where the app is installed for them."""
        parameters = {
            "isGroup": False,
            "bot": {"id": chat.bot},
            "members": [{"id": chat.aad_object_id}],  # in `aadObjectId` Teams refuses it (platform 1.3)
            "tenantId": chat.tenant,
            "channelData": {"tenant": {"id": chat.tenant}},
        }
        conversation = await self._connector.open_chat(chat.service_url, write_json(parameters))
        if not conversation:
            raise SendError(None, cause="no conversation id")
        opened = Chat(chat.aad_object_id, chat.service_url, conversation, chat.bot, chat.tenant)
        async with self._db.write() as session:
            await chats.keep(session, opened, now=self._clock())
        return opened


def _message(letter: Letter, chat: Chat) -> Activity:
    return Activity(
        type=ActivityTypes.message,
        conversation=ConversationAccount(id=chat.conversation),
        from_property=ChannelAccount(id=chat.bot),
        summary=letter.summary,
        text="" if letter.card else letter.text,
        text_format="" if letter.card else "plain",
        attachments=[attachment(letter.card)] if letter.card else None,
    )


def _outcome(failed: SendError) -> Outcome:
    if failed.status in _FOR_GOOD:
        return Unreachable(str(failed))
    return Later(str(failed), None if failed.retry_after is None else timedelta(seconds=failed.retry_after))
