"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy spells once for each.

On the table, not the class: the ORM's way to insert takes longer and loses the number of rows.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Base


def insert_or_skip(session: AsyncSession, table: type[Base], key: Sequence[str]) -> Any:  # noqa: ANN401  either dialect's Insert
    """Insert, or do nothing where the key is there already; an empty key is any that must be unique."""
    return _skipping(_dialect(session), table, tuple(key))


def insert_or_update(session: AsyncSession, table: type[Base], key: Sequence[str], values: dict[str, Any]) -> Any:  # noqa: ANN401  either dialect's Insert
    """Insert these values, or put those that are not the key into the row that has it."""
    changed = {name: value for name, value in values.items() if name not in key}
    insert = _INSERTS[_dialect(session)]
    return insert(table.__table__).values(values).on_conflict_do_update(index_elements=key, set_=changed)


@cache
def _skipping(dialect: str, table: type[Base], key: tuple[str, ...]) -> Any:  # noqa: ANN401  either dialect's Insert
    # Kept: to build it takes longer than to run it. Statements are values, adding to one makes another.
    return _INSERTS[dialect](table.__table__).on_conflict_do_nothing(index_elements=key or None)


def _dialect(session: AsyncSession) -> str:
    return session.get_bind().dialect.name


_INSERTS: Final[dict[str, Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
