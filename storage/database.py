"""The database: where it is, how to read it, how to write it. Who opens a transaction decides when it ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final, Self

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from storage.engines import postgresql, sqlite

DEFAULT_URL: Final = "sqlite+aiosqlite:///askdpo.db"
HEAD: Final = "0004"  # the newest migration, known without importing alembic; a test keeps it true

_STORED_REVISION: Final = text("SELECT version_num FROM alembic_version")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware, in UTC, on both databases. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        """Store in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone: give an aware time, such as datetime.now(UTC).")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy's signature
        """Give back in UTC; SQLite forgot the zone, which was UTC when it was stored."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BigId = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only for INTEGER
Id = Annotated[int, mapped_column(BigId, primary_key=True)]


class Base(DeclarativeBase):
    """Every table of ours: instants are UTC, dictionaries and lists are JSON, constraints have steady names."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON, list[Any]: JSON}  # noqa: RUF012  SQLAlchemy's own idiom


def is_enough(revision: str | None) -> bool:
    """Whether a schema has everything that this version reads and writes; revisions are numbers of four digits."""
    return revision is not None and revision.isdecimal() and len(revision) == len(HEAD) and revision >= HEAD


@dataclass(frozen=True, slots=True)
class Database:
    """One database, SQLite or PostgreSQL, seen the same way."""

    url: str
    readers: AsyncEngine
    writers: AsyncEngine
    session: type[AsyncSession] = AsyncSession

    @classmethod
    def connect(cls, url: str = DEFAULT_URL, *, patience: float | None = None) -> Self:
        """Know a database by its URL; nothing is opened before the first use.

        A PostgreSQL that is silent for `patience` seconds counts as away: for those who wait for an answer. None waits
        for ever, as an import or a migration must.

        `sqlite:///FILE` and `postgresql://…` are taken with or without a driver's name after a plus sign.
        Raises ValueError, with a sentence for the administrator, for anything else.
        """
        try:
            parsed = make_url(url)
        except ArgumentError as error:
            raise ValueError("The database URL is not one: write sqlite:///askdpo.db or postgresql://…") from error
        match parsed.get_backend_name():
            case "sqlite" if parsed.database and parsed.database != ":memory:":
                return cls(url, *sqlite.engines(Path(parsed.database)), session=sqlite.InLoopSession)
            case "sqlite":
                raise ValueError("The database needs a file: write sqlite:///askdpo.db.")
            case "postgresql" | "postgres":
                return cls(url, *postgresql.engines(parsed, patience=patience))
            case other:
                raise ValueError(f"{other} is not a database I know: write sqlite:///askdpo.db or postgresql://…")

    @property
    def file(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        parsed = make_url(self.url)
        return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a session for reading. What it writes is lost."""
        async with self.session(self.readers, expire_on_commit=False, autoflush=False) as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """One short transaction, committed at its end and undone by any exception.

        On SQLite there is one writer at a time: think before you open it, not inside.
        """
        async with self.session(self.writers, expire_on_commit=False) as session:
            yield session
            await session.commit()

    async def revision(self) -> str | None:
        """Return the migration that the schema is at, "0004"; None on an empty database."""
        try:
            async with self.read() as session:
                stored: str | None = await session.scalar(_STORED_REVISION)
                return stored
        except DBAPIError as error:
            if "alembic_version" in str(error):  # no such table: nothing was ever migrated
                return None
            raise

    async def is_current(self) -> bool:
        """Whether this version can work on the schema: its own, or a newer one, which only added to it.

        While replicas are replaced one by one, those of the version before go on (rolling upgrade). An older schema
        is not enough, nor is an empty one.
        """
        return is_enough(await self.revision())

    async def upgrade(self) -> None:
        """Run the migrations that are missing, all or none."""
        from storage.migrations import upgrade  # noqa: PLC0415  alembic is heavy and seldom needed

        if self.file is not None:
            await asyncio.to_thread(self.file.touch, mode=0o600)  # pupils' data: nobody else on the machine reads it
        async with self.writers.begin() as connection:
            await connection.run_sync(upgrade)

    async def dispose(self) -> None:
        """Close every connection."""
        await self.readers.dispose()
        await self.writers.dispose()
