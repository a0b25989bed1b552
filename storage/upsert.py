"""INSERT … ON CONFLICT, which both databases have and SQLAlchemy spells once for each.

On the table, not the class: the ORM's way to insert takes longer and loses the number of rows.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Base


def insert_or_skip(session: AsyncSession, table: type[Base], key: Sequence[str]) -> Any:  # noqa: ANN401  either dialect's Insert
    """Insert, or do nothing where the key is there already."""
    return _insert(session)(table.__table__).on_conflict_do_nothing(index_elements=key)


def insert_or_update(session: AsyncSession, table: type[Base], key: Sequence[str], values: dict[str, Any]) -> Any:  # noqa: ANN401  either dialect's Insert
    """Insert these values, or put those that are not the key into the row that has it."""
    changed = {name: value for name, value in values.items() if name not in key}
    return _insert(session)(table.__table__).values(values).on_conflict_do_update(index_elements=key, set_=changed)


def _insert(session: AsyncSession) -> Any:  # noqa: ANN401  either dialect's function
    return postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
