"""Who writes a whole list, or deletes from one, goes alone: imports, a sync from Entra and deletion by age take turns.

On SQLite there is one writer anyway. Rows that merely point at a person or a pupil are written meanwhile.
"""

from enum import StrEnum
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

_SOON: Final = text("SET LOCAL lock_timeout = '2s'")  # less than a bot's patience with its database (bot/app.py)


class List(StrEnum):
    """What is changed as a whole."""

    STAFF = "people, memberships"
    PUPILS = "pupils"


async def alone_with(session: AsyncSession, one: List, *, soon: bool = False) -> None:
    """Let nobody else change a list before this transaction ends. First of all in it: what was read before may be old.

    `soon` gives up after two seconds, with an error that `is_contention` knows; else it waits as long as it takes.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    if soon:
        await session.execute(_SOON)
    await session.execute(text(f"LOCK TABLE {one.value} IN SHARE ROW EXCLUSIVE MODE"))
