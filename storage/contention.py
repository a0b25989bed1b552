"""Two transactions that wait for each other: PostgreSQL ends one, and what it did can simply be done again."""

from typing import Final

from sqlalchemy.exc import DBAPIError

_AGAIN: Final = frozenset({"40001", "40P01"})  # serialization failure, deadlock


def is_contention(error: BaseException) -> bool:
    """Whether a transaction was ended for another's sake."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _AGAIN
