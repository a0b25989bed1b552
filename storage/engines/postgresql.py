"""PostgreSQL through asyncpg: one pool; a reader sees one snapshot, as on SQLite, and what it writes is lost."""

from typing import Final

from sqlalchemy import URL, ExceptionContext, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

POOL: Final = 10
OVERFLOW: Final = 10
_CONNECTED_WITHIN: Final = 5.0  # seconds


def engines(url: URL, *, patience: float | None = None) -> tuple[AsyncEngine, AsyncEngine]:
    """Return (readers, writers) that share one pool; neither opens a connection yet.

    A server that says nothing to a statement for `patience` seconds counts as away; None waits for ever.
    """
    query = dict(url.query)
    if "sslmode" in query:  # libpq's word for it, as providers print it; asyncpg calls it ssl
        query["ssl"] = query.pop("sslmode")
    writers = create_async_engine(
        url.set(drivername="postgresql+asyncpg", query=query),
        pool_size=POOL,
        max_overflow=OVERFLOW,
        pool_pre_ping=False,
        connect_args={
            "timeout": _CONNECTED_WITHIN,
            "command_timeout": patience,
            "server_settings": {"jit": "off", "timezone": "UTC"},
        },
    )
    event.listen(writers.sync_engine, "handle_error", _lost)
    return writers.execution_options(isolation_level="REPEATABLE READ"), writers


def _lost(context: ExceptionContext) -> None:
    """Give up a connection that said nothing, and all others with it: a rollback would wait as long once more."""
    if isinstance(context.original_exception, TimeoutError):
        context.is_disconnect = True
