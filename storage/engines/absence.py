"""A database that is away for a while: restarted, cut off, silent. What was asked of it can be asked again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

RIDDEN_OUT: Final = 8.0  # seconds: longer, and Teams would deliver the turn again before it is answered (platform 4)
_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 1.0
# Of PostgreSQL: no connection, shut down by an administrator, crashed, starting up, no slot free.
_AWAY: Final = ("08", "57P", "53300")

T = TypeVar("T")


def is_away(error: BaseException) -> bool:
    """Whether the database could not be reached, or was lost on the way; what was under way may have been kept."""
    if isinstance(error, OSError | NoConnectionFree):  # a timeout is an OSError
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = getattr(error.orig, "sqlstate", None) or ""
    return error.connection_invalidated or state.startswith(_AWAY)


async def ride_out(work: Callable[[], Awaitable[T]], *, seconds: float = RIDDEN_OUT) -> T:
    """Do it; where the database is away, again, for so long. For work that has its effect once, however often it runs.

    Raises what the last try raised.
    """
    loop = asyncio.get_running_loop()
    give_up, pause = loop.time() + seconds, _FIRST_PAUSE
    while True:
        try:
            return await work()
        except Exception as error:
            if not is_away(error) or loop.time() + pause > give_up:
                raise
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
