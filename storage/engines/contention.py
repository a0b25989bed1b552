"""Two transactions that wait for each other: PostgreSQL ends one, and what it did can simply be done again.

So does one that waits for longer than it said it would (storage/engines/taking_turns.py).
"""

from typing import Final

from sqlalchemy.exc import DBAPIError

_AGAIN: Final = frozenset({"40001", "40P01", "55P03"})  # serialization failure, deadlock, a lock not to be had


def is_contention(error: BaseException) -> bool:
    """Whether a transaction was ended for another's sake."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _AGAIN
