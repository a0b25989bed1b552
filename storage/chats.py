"""Where a person can be reached: the personal chat that the bot and they share, kept from whatever they sent last."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import CursorResult, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base
from storage.engines.upsert import insert_or_skip, insert_or_update

_ONE_ARRIVAL: Final = timedelta(seconds=10)  # Teams tells of one installation twice: as an update and as itself


@dataclass(frozen=True, slots=True)
class Chat:
    """One person's chat with the bot. `conversation` is empty where none was opened yet."""

    aad_object_id: str
    service_url: str
    conversation: str
    bot: str  # the bot's own id in that chat, "28:…"
    tenant: str


class ChatRow(Base):
    """One row a person; ids only, so that a letter can find them."""

    __tablename__ = "chats"

    aad_object_id: Mapped[str] = mapped_column(primary_key=True)
    service_url: Mapped[str]
    conversation: Mapped[str]
    bot: Mapped[str]
    tenant: Mapped[str]
    kept_at: Mapped[datetime] = mapped_column(index=True)
    welcomed_at: Mapped[datetime | None]


_T: Final = ChatRow.__table__.c
_OPEN: Final = select(*(_T[name] for name in Chat.__dataclass_fields__)).where(
    _T.aad_object_id.in_(bindparam("people", expanding=True)), _T.conversation != ""
)


async def keep(session: AsyncSession, chat: Chat, *, now: datetime) -> None:
    """Remember where this person is; the newest word counts."""
    values = asdict(chat) | {"kept_at": now}
    await session.execute(insert_or_update(session, ChatRow, ["aad_object_id"], values))


async def of(session: AsyncSession, aad_object_id: str) -> Chat | None:
    """Give this person's chat, if they ever wrote or the bot ever opened one."""
    row = await session.get(ChatRow, aad_object_id)
    return None if row is None else _chat(row)


async def of_all(session: AsyncSession, people: Collection[str]) -> dict[str, Chat]:
    """Give the open chats of these people, at most a few hundred: who has none is missing."""
    found = await session.execute(_OPEN, {"people": list(people)})
    return {row[0]: Chat(*row) for row in found}


async def opened(session: AsyncSession, chat: Chat, *, now: datetime) -> Chat:
    """Keep a chat that was opened; where another process opened one meanwhile, theirs counts. Gives the one that does.

    So letters to one person go to one chat, whoever sends them.
    """
    values = asdict(chat) | {"kept_at": now}
    await session.execute(insert_or_skip(session, ChatRow, ["aad_object_id"]).values(values))
    row = await session.get_one(ChatRow, chat.aad_object_id, with_for_update=True)
    if not row.conversation:
        row.conversation, row.service_url, row.kept_at = chat.conversation, chat.service_url, now
    return _chat(row)


async def latest(session: AsyncSession) -> Chat | None:
    """Give the chat that was heard of last: its service address serves whoever has none yet (platform 1.3)."""
    row = await session.scalar(select(ChatRow).order_by(ChatRow.kept_at.desc()).limit(1))
    return None if row is None else _chat(row)


async def alone(session: AsyncSession) -> Chat | None:
    """Give the chat that was heard of last, where everybody is at its service address; None where there are several."""
    addresses = await session.scalar(select(func.count(ChatRow.service_url.distinct())))
    return await latest(session) if addresses == 1 else None


async def forget(session: AsyncSession, aad_object_id: str) -> None:
    """Drop a chat that is no more: the app was removed."""
    await session.execute(delete(ChatRow).where(ChatRow.aad_object_id == aad_object_id))


async def closed(session: AsyncSession, conversation: str) -> None:
    """Empty a conversation that Teams no longer finds, keeping the address to open a new one at."""
    await session.execute(update(ChatRow).where(ChatRow.conversation == conversation).values(conversation=""))


async def first_arrival(session: AsyncSession, aad_object_id: str, *, now: datetime) -> bool:
    """Say whether this arrival is to be welcomed; True too for somebody whose chat is not kept."""
    if await session.get(ChatRow, aad_object_id) is None:
        return True
    welcomed = await session.execute(
        update(ChatRow)
        .where(ChatRow.aad_object_id == aad_object_id)
        .where(or_(ChatRow.welcomed_at.is_(None), ChatRow.welcomed_at < now - _ONE_ARRIVAL, ChatRow.welcomed_at > now))
        .values(welcomed_at=now)
    )
    return cast("CursorResult[Any]", welcomed).rowcount == 1


def _chat(row: ChatRow) -> Chat:
    return Chat(row.aad_object_id, row.service_url, row.conversation, row.bot, row.tenant)
