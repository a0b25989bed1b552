"""PostgreSQL through asyncpg: one pool; a reader sees one snapshot, as on SQLite, and what it writes is lost."""

from typing import Final

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

POOL: Final = 10
OVERFLOW: Final = 10


def engines(url: URL) -> tuple[AsyncEngine, AsyncEngine]:
    """Return (readers, writers) that share one pool; neither opens a connection yet."""
    query = dict(url.query)
    if "sslmode" in query:  # libpq's word for it, as providers print it; asyncpg calls it ssl
        query["ssl"] = query.pop("sslmode")
    writers = create_async_engine(
        url.set(drivername="postgresql+asyncpg", query=query),
        pool_size=POOL,
        max_overflow=OVERFLOW,
        pool_pre_ping=False,
        connect_args={"server_settings": {"jit": "off", "timezone": "UTC"}},
    )
    return writers.execution_options(isolation_level="REPEATABLE READ"), writers
