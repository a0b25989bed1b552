import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from storage import imports
from storage.database import HEAD, Database
from storage.migrations import newest


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("askdpo.db", "The database URL is not one"),
        ("sqlite://", "The database needs a file"),
        ("sqlite+aiosqlite:///:memory:", "The database needs a file"),
        ("mysql://host/askdpo", "mysql is not a database I know"),
    ],
)
def test_a_url_that_will_not_do_is_a_sentence(url: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Database.connect(url)


@pytest.mark.parametrize(
    ("url", "driver", "query"),
    [
        ("sqlite:///a.db", "sqlite+inloop", {}),
        ("sqlite+aiosqlite:///a.db", "sqlite+inloop", {}),
        ("postgresql://u@h/a", "postgresql+asyncpg", {}),
        ("postgres://u@h/a", "postgresql+asyncpg", {}),
        ("postgresql+psycopg://u@h/a?sslmode=require", "postgresql+asyncpg", {"ssl": "require"}),
    ],
)
def test_every_usual_way_to_write_a_url_is_taken(url: str, driver: str, query: dict[str, str]) -> None:
    engine = Database.connect(url).writers
    assert (engine.url.drivername, dict(engine.url.query)) == (driver, query)


async def test_an_empty_database_is_not_current_and_an_upgraded_one_is(tmp_path: Path) -> None:
    db = Database.connect(f"sqlite:///{tmp_path / 'new.db'}")
    assert not await db.is_current()
    await db.upgrade()
    assert await db.is_current()
    await db.upgrade()
    assert await db.is_current()
    await db.dispose()


@pytest.fixture
def never_migrated(postgresql: Callable[[], str]) -> str:
    return postgresql().replace("/tests?", "/postgres?")  # the server's own database


@pytest.mark.postgres
async def test_an_empty_postgresql_is_not_current(never_migrated: str) -> None:
    db = Database.connect(never_migrated)
    assert not await db.is_current()
    await db.dispose()


def test_the_constant_names_the_newest_migration() -> None:
    assert newest() == HEAD


async def test_an_exception_undoes_a_transaction(db: Database) -> None:
    with pytest.raises(RuntimeError):
        await _note(db, datetime.now(UTC), fail=True)
    async with db.read() as session:
        assert await imports.latest(session, "pupils") is None


async def test_an_instant_comes_back_aware_and_in_utc(db: Database) -> None:
    summer = datetime(2026, 7, 1, 9, 30, 15, 123456, tzinfo=timezone(timedelta(hours=1)))
    await _note(db, summer)
    async with db.read() as session:
        kept = await imports.latest(session, "pupils")
    assert kept is not None
    assert kept.imported_at == summer
    assert kept.imported_at.tzinfo is UTC


async def test_a_naive_instant_is_refused(db: Database) -> None:
    with pytest.raises(Exception, match="has no time zone"):
        await _note(db, datetime(2026, 7, 1))  # noqa: DTZ001  the point of the test


async def _note(db: Database, now: datetime, *, fail: bool = False) -> None:
    async with db.write() as session:
        await imports.note(session, kind="pupils", file_name="a.csv", sha256="0", imported_by="administrator", now=now)
        if fail:
            raise RuntimeError


async def test_waiting_for_another_programs_write_keeps_the_loop_free(sqlite_db: Database) -> None:
    assert sqlite_db.file is not None
    other = sqlite3.connect(sqlite_db.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(_note(sqlite_db, datetime.now(UTC)))
    for _ in range(20):
        await asyncio.sleep(0.005)
        async with sqlite_db.read() as session:  # readers never wait
            assert await imports.latest(session, "pupils") is None
    assert not writing.done()
    other.execute("COMMIT")
    other.close()
    await writing
    async with sqlite_db.read() as session:
        assert await imports.latest(session, "pupils") is not None


async def test_a_reader_sees_one_moment(db: Database) -> None:
    await _note(db, datetime(2026, 11, 1, tzinfo=UTC))
    async with db.read() as session:
        before = await imports.latest(session, "pupils")
        await _note(db, datetime(2026, 11, 2, tzinfo=UTC))
        assert await imports.latest(session, "pupils") == before


async def test_what_a_reader_writes_is_lost(db: Database) -> None:
    async with db.read() as session:
        await imports.note(session, kind="pupils", file_name="a", sha256="0", imported_by="x", now=datetime.now(UTC))
    async with db.read() as session:
        assert await imports.latest(session, "pupils") is None


async def test_many_writers_at_once_all_write(db: Database) -> None:
    await asyncio.gather(*(_note(db, datetime(2026, 11, 1 + number, tzinfo=UTC)) for number in range(24)))
    async with db.read() as session:
        last = await imports.latest(session, "pupils")
    assert last is not None
    assert last.id == 24


def test_the_database_file_is_nobody_elses(tmp_path: Path) -> None:
    path = tmp_path / "new.db"

    async def make() -> None:
        db = Database.connect(f"sqlite:///{path}")
        await db.upgrade()
        await db.dispose()

    asyncio.run(make())
    assert path.stat().st_mode & 0o077 == 0
