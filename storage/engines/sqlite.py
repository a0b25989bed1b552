"""SQLite inside the event loop: the standard driver, called directly, with no thread between.

A statement of ours takes some tens of microseconds; a hop to a thread and back takes longer than that and queues
behind whatever else holds the interpreter. Reading never waits in WAL mode, committing does not sync, and waiting
for another process's write transaction is done by sleeping in the loop, never by blocking it.
"""

import asyncio
import sqlite3
import time
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from sqlalchemy import URL, Pool, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util import await_only

READERS: Final = 8  # connections, not threads: they only overlap where a reader awaits something else
WRITE_TURN_SECONDS: Final = 60.0  # the longest a writer waits for its turn: a whole import may be before it
_PRAGMAS: Final = (
    "journal_mode = WAL",
    "synchronous = NORMAL",  # a power cut may lose the last moments, never the file's integrity
    "foreign_keys = ON",
    "busy_timeout = 0",  # we wait in the loop, see _begin_writing
    "cache_size = -16000",
    "temp_store = MEMORY",
)


class _Cursor(sqlite3.Cursor):
    async def _async_soft_close(self) -> None:
        """Do nothing: SQLAlchemy's asyncio layer asks this of every cursor, and ours has nothing to wait for."""


class _Connection(sqlite3.Connection):
    def cursor(self, factory: Any = _Cursor) -> Any:  # noqa: ANN401  the shape of sqlite3's own method
        return super().cursor(factory)


class InLoop(SQLiteDialect_pysqlite):
    """SQLAlchemy's own sqlite3 dialect, allowed to be used from its asyncio side."""

    driver = "inloop"
    is_async = True
    supports_statement_cache = True

    def __init__(self, writes: bool = False, **options: Any) -> None:  # noqa: ANN401, FBT001, FBT002  read by create_engine
        super().__init__(**options)
        self._writes = writes

    @classmethod
    def import_dbapi(cls) -> ModuleType:
        """Use the standard library's driver."""
        return sqlite3

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:  # noqa: ARG003  SQLAlchemy's signature
        """Use the pool that waits without blocking."""
        return AsyncAdaptedQueuePool

    def do_begin(self, dbapi_connection: Any) -> None:  # noqa: ANN401  SQLAlchemy's signature
        """Begin here, not by an event: a listener makes every statement look for listeners."""
        connection: sqlite3.Connection = dbapi_connection.dbapi_connection
        if self._writes:
            _begin_writing(connection)
        else:
            connection.execute("BEGIN")  # one snapshot for all statements of a reader


class InLoopSession(AsyncSession):
    """A session that ends on the spot: nothing in it waits, so no cancellation can come between."""

    async def __aexit__(self, type_: object, value: object, traceback: object) -> None:
        """Close without the task that guards a close which has to wait for a server."""
        await self.close()


registry.register("sqlite.inloop", __name__, "InLoop")


def engines(path: Path) -> tuple[AsyncEngine, AsyncEngine]:
    """Return (readers, the one writer) of a database file; neither opens a connection yet."""
    return _engine(path, size=READERS, writes=False), _engine(path, size=1, writes=True)


def _engine(path: Path, *, size: int, writes: bool) -> AsyncEngine:
    engine = create_async_engine(
        URL.create("sqlite+inloop", database=str(path)),
        writes=writes,
        pool_size=size,
        max_overflow=0,
        pool_timeout=WRITE_TURN_SECONDS,
        connect_args={"factory": _Connection, "isolation_level": None, "cached_statements": 256},
    )
    event.listen(engine.sync_engine, "connect", _opened)
    if not writes:
        event.listen(engine.sync_engine, "connect", _opened_for_reading)
    return engine


def _opened(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _opened_for_reading(connection: sqlite3.Connection, _record: object) -> None:
    """Keep few pages: each of the readers would fill as much again with what the system has in memory anyway."""
    connection.execute("PRAGMA cache_size = -1000").close()


def _begin_writing(connection: sqlite3.Connection) -> None:
    """Take the write lock now, so that a transaction that started never fails half-way for want of it."""
    give_up, pause = time.monotonic() + WRITE_TURN_SECONDS, 0.001
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            await_only(asyncio.sleep(pause))
            pause = min(pause * 2, 0.05)
        else:
            return
