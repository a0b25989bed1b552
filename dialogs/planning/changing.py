"""The list changed: events still to come that include the class are told so, without a name (domain 1.8)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession


async def list_changed(session: AsyncSession, *, school_id: int, class_name: str, key: str, now: datetime) -> None:
    pass
