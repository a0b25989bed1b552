"""What reached whom: the id that Teams gave to each reply, so that nothing is said twice and a card can be updated."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base
from storage.engines.upsert import insert_or_skip


@dataclass(frozen=True, slots=True)
class Delivery:
    """The reply at this place (0 is the first) of the answer to an activity, and its id in Teams."""

    conversation: str
    activity: str
    place: int
    message: str  # empty where Teams gave none
    at: datetime


class DeliveryRow(Base):
    """One row a reply that was delivered."""

    __tablename__ = "deliveries"

    conversation: Mapped[str] = mapped_column(primary_key=True)
    activity: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    message: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)


# Built once, and on the table: a turn that builds a statement, or loads rows through the ORM, spends more on that than
# on the database.
_T: Final = DeliveryRow.__table__.c
_OF: Final = select(_T.place, _T.message).where(
    _T.conversation == bindparam("conversation"), _T.activity == bindparam("activity")
)
_IS_OURS: Final = (
    select(_T.place).where(_T.conversation == bindparam("conversation"), _T.message == bindparam("message")).limit(1)
)


async def of(session: AsyncSession, conversation: str, activity: str) -> dict[int, str]:
    """Give the replies to this activity that were delivered: place -> message id."""
    found = await session.execute(_OF, {"conversation": conversation, "activity": activity})
    return {row[0]: row[1] for row in found}


async def is_ours(session: AsyncSession, conversation: str, message: str) -> bool:
    """Did we send this message here? What a client says about itself is not believed unchecked (platform 1.3)."""
    found = await session.scalar(_IS_OURS, {"conversation": conversation, "message": message})
    return found is not None


async def note(session: AsyncSession, delivered: Iterable[Delivery]) -> None:
    """Remember what was delivered, several at once."""
    rows = [
        {
            "conversation": each.conversation,
            "activity": each.activity,
            "place": each.place,
            "message": each.message,
            "at": each.at,
        }
        for each in delivered
    ]
    await session.execute(insert_or_skip(session, DeliveryRow, ["conversation", "activity", "place"]), rows)
