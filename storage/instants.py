"""What time the database thinks it is, and how late it has ever been here: to notice a machine's wrong clock."""

from datetime import datetime

from sqlalchemy import func, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession

from storage.audit import AuditRow
from storage.database import UtcDateTime


async def database_now(session: AsyncSession) -> datetime:
    """Return the database server's clock, to the second; on SQLite that is this machine's."""
    told = await session.scalar(select(type_coerce(func.current_timestamp(), UtcDateTime)))
    if not isinstance(told, datetime):
        raise TypeError("The database did not say what time it is.")
    return told


async def latest(session: AsyncSession) -> datetime | None:
    """Return the moment of the newest audit line; None where nothing was ever recorded."""
    at: datetime | None = await session.scalar(select(func.max(AuditRow.at)))
    return at
