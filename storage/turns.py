"""Every activity has one effect: who comes second with the same one gets the first one's reply (contract 5)."""

from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import ForeignKey, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base
from storage.engines.upsert import insert_or_skip


class TurnRow(Base):
    """One activity that was taken, and what was replied to it."""

    __tablename__ = "turns"
    conversation: Mapped[str] = mapped_column(primary_key=True)
    activity: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(index=True)
    reply: Mapped[str | None]  # JSON; None until there is one


_T: Final = TurnRow.__table__.c
_REPLY: Final = select(_T.reply).where(
    _T.conversation == bindparam("conversation"), _T.activity == bindparam("activity")
)


async def first_time(
    session: AsyncSession,
    conversation: str,
    activity: str,
    now: datetime,
    *,
    person_id: int | None = None,
    reply: Any = None,  # noqa: ANN401  JSON: whatever the dialog will want back
) -> bool:
    """Take an activity, with its reply where that is already known; False for everyone but the first.

    Call it first in the transaction that does what the activity asks, and do nothing when it says False.
    """
    row = {
        "conversation": conversation,
        "activity": activity,
        "person_id": person_id,
        "at": now,
        "reply": None if reply is None else msgspec.json.encode(reply).decode(),
    }
    taken = await session.execute(insert_or_skip(session, TurnRow, ["conversation", "activity"]), row)
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]  # an INSERT's result is a CursorResult


async def replied(session: AsyncSession, conversation: str, activity: str, reply: Any) -> None:  # noqa: ANN401  JSON
    """Keep what was replied, so that the same activity gets it again."""
    await session.execute(
        update(TurnRow)
        .where(TurnRow.conversation == conversation, TurnRow.activity == activity)
        .values(reply=msgspec.json.encode(reply).decode())
    )


async def reply_to(session: AsyncSession, conversation: str, activity: str) -> Any:  # noqa: ANN401  JSON
    """Return what was replied to an activity; None where it is unknown or its reply was never finished."""
    kept = await session.scalar(_REPLY, {"conversation": conversation, "activity": activity})
    return None if kept is None else msgspec.json.decode(kept)
