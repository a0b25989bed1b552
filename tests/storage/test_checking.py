import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import audit
from storage.backup import BackupError, back_up
from storage.checking import problems
from storage.database import HEAD, Database

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


async def test_a_sound_database_has_no_problems(db: Database) -> None:
    assert await problems(db) == []


async def test_a_database_that_is_not_there_is_a_sentence_and_is_not_made(tmp_path: Path) -> None:
    db = Database.connect(f"sqlite:///{tmp_path / 'none.db'}")
    assert await problems(db) == [f"There is no database at {tmp_path / 'none.db'}. Run: askdpo db upgrade"]
    assert os.listdir(tmp_path) == []  # noqa: PTH208  a look at an empty folder blocks nobody
    await db.dispose()


async def test_an_old_schema_is_found(sqlite_db: Database) -> None:
    async with sqlite_db.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert await problems(sqlite_db) == [
        f"The tables are of an older version (0000, and this program needs {HEAD}). Run: askdpo db upgrade"
    ]


async def test_a_damaged_file_is_found(sqlite_db: Database, sqlite_url: str) -> None:
    async with sqlite_db.write() as session:
        for number in range(50):
            await audit.record(session, "bot", "asked", "x" * 200, {"n": number}, now=NOW)
    await sqlite_db.dispose()
    file = sqlite_db.file
    assert file is not None
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_audit_school_id'").fetchone()
    _spoil(file, page)
    db = Database.connect(sqlite_url)
    (first, *_) = await problems(db)
    assert first.startswith("The file is damaged: ")
    await db.dispose()


async def test_a_row_that_points_at_nothing_is_found(sqlite_db: Database) -> None:
    file = sqlite_db.file
    assert file is not None
    with closing(sqlite3.connect(file)) as connection:  # foreign keys are off here
        connection.execute("INSERT INTO memberships VALUES (7, 8, 'staff')")
        connection.commit()
    assert sorted(await problems(sqlite_db)) == [
        "1 of the rows in memberships point at rows of people that are not there.",
        "1 of the rows in memberships point at rows of schools that are not there.",
    ]


async def test_a_tampered_audit_log_is_found(db: Database) -> None:
    async with db.write() as session:
        await audit.record(session, "bot", "asked", "1", now=NOW)
        await session.execute(text("UPDATE audit SET actor = 'x'"))
    assert await problems(db) == ["Line 1 of the audit log is not as it was written."]


async def test_a_backup_is_whole_while_a_writer_writes(sqlite_db: Database, tmp_path: Path) -> None:
    async with sqlite_db.write() as session:
        await audit.record(session, "bot", "asked", "1", now=NOW)
    async with sqlite_db.write() as session:
        await audit.record(session, "bot", "asked", "2", now=NOW)
        await back_up(sqlite_db, tmp_path / "copy.db")  # the second line is not committed yet
    copy = Database.connect(f"sqlite:///{tmp_path / 'copy.db'}")
    assert await problems(copy) == []
    async with copy.read() as session:
        assert [line.subject for line in await audit.lines(session)] == ["1"]
    await copy.dispose()
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0


async def test_a_backup_never_overwrites(sqlite_db: Database, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(BackupError, match="is there already"):
        await back_up(sqlite_db, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


async def test_postgresql_is_left_to_its_own_tool(tmp_path: Path) -> None:
    db = Database.connect("postgresql://nobody@nowhere.example/none")
    with pytest.raises(BackupError, match="pg_dump"):
        await back_up(db, tmp_path / "copy.db")


def _spoil(file: Path, page: int) -> None:
    content = bytearray(file.read_bytes())
    content[(page - 1) * 4096 + 8 : (page - 1) * 4096 + 200] = bytes(192)
    file.write_bytes(content)
