"""A rolling upgrade: each migration only adds, and a replica of the version before reads and writes on beside ours."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    MetaData,
    Table,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import NoSuchTableError
from sqlalchemy.types import JSON, TypeEngine

from storage import outbox
from storage.checking import problems
from storage.database import HEAD, Database, is_enough
from storage.migrations import _config, upgrade
from storage.tables import METADATA

NOW: Final = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
REVISIONS: Final = tuple(sorted(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()))
STEPS: Final = tuple(pairwise(REVISIONS))
# Columns that no code of ours reads or writes any more, kept for a replica of the version before, and since which
# migration: a later release drops them.
KEPT_FOR_BEFORE: Final = {("letters", "card"): "0002", ("letters", "text"): "0002"}
step = pytest.mark.parametrize(("before", "after"), STEPS, ids=[f"{one}-to-{two}" for one, two in STEPS])


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without any table, on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'rolling.db'}"
        return
    fresh: Callable[[], str] = request.getfixturevalue("postgresql")
    url = fresh()
    asyncio.run(_on_server(url, "CREATE DATABASE rolling"))
    yield url.replace("/tests?", "/rolling?")
    asyncio.run(_on_server(url, "DROP DATABASE rolling WITH (FORCE)"))


async def _on_server(url: str, statement: str) -> None:
    connection = await asyncpg.connect(host=url.rpartition("host=")[2], user="postgres", database="postgres")
    await connection.execute(statement)
    await connection.close()


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    db = Database.connect(url)
    yield db
    await db.dispose()


async def migrate(db: Database, to: str) -> None:
    async with db.writers.begin() as connection:
        await connection.run_sync(upgrade, to)


@dataclass(frozen=True)
class Shape:
    """What a schema is made of, as far as a program can tell that reads and writes it."""

    columns: dict[tuple[str, str], str]  # (table, column): its type
    needed: set[tuple[str, str]]  # those that whoever inserts must give
    empty: set[tuple[str, str]]  # those that may be empty
    unique: set[tuple[str, tuple[str, ...]]]
    links: set[tuple[str, tuple[str, ...], str]]
    checks: set[tuple[str, str]]

    @property
    def tables(self) -> set[str]:
        return {table for table, _ in self.columns}


def shape(connection: Connection) -> Shape:
    there = inspect(connection)
    found = Shape({}, set(), set(), set(), set(), set())
    for table in set(there.get_table_names()) - {"alembic_version"}:
        keys = set(there.get_pk_constraint(table)["constrained_columns"])
        found.unique.add((table, tuple(sorted(keys))))
        for column in there.get_columns(table):
            at = (table, column["name"])
            found.columns[at] = str(column["type"])
            if column["nullable"]:
                found.empty.add(at)
            elif column["default"] is None and column["name"] not in keys:
                found.needed.add(at)
        for one in there.get_unique_constraints(table):
            found.unique.add((table, tuple(sorted(one["column_names"]))))
        for index in there.get_indexes(table):
            if index["unique"]:
                found.unique.add((table, tuple(sorted(str(name) for name in index["column_names"]))))
        for link in there.get_foreign_keys(table):
            found.links.add((table, tuple(link["constrained_columns"]), link["referred_table"]))
        for check in there.get_check_constraints(table):
            found.checks.add((table, str(check["sqltext"])))
    return found


def broken(old: Shape, new: Shape) -> list[str]:
    """Say what a program written for `old` would stumble over in `new`."""
    said = [f"{at} is gone" for at in old.columns.keys() - new.columns.keys()]
    said += [f"{at} is {new.columns[at]} now" for at, was in old.columns.items() if new.columns.get(at, was) != was]
    said += [f"{at} must not be empty any more" for at in (old.empty - new.empty) & new.columns.keys()]
    said += [f"{at} must be given" for at in new.needed - old.needed if at[0] in old.tables]
    said += [f"{rule} is gone" for rule in old.unique - new.unique]
    said += [f"{rule} is new" for rule in new.unique - old.unique if rule[0] in old.tables]
    said += [f"{link} is gone" for link in old.links - new.links]
    said += [
        f"{link} is new"
        for link in new.links - old.links
        if link[0] in old.tables and any((link[0], column) in old.columns for column in link[1])
    ]
    said += [f"{rule} is another" for rule in old.checks ^ new.checks if rule[0] in old.tables]
    return said


def test_what_takes_away_would_be_noticed() -> None:
    old = Shape({("a", "x"): "TEXT", ("a", "y"): "TEXT"}, {("a", "x")}, {("a", "y")}, {("a", ("x",))}, set(), set())
    new = Shape({("a", "y"): "BIGINT", ("a", "z"): "TEXT"}, {("a", "z")}, set(), {("a", ("y",))}, set(), {("a", "y")})

    assert set(broken(old, new)) == {
        "('a', ('x',)) is gone",
        "('a', ('y',)) is new",
        "('a', 'x') is gone",
        "('a', 'y') is BIGINT now",
        "('a', 'y') is another",
        "('a', 'y') must not be empty any more",
        "('a', 'z') must be given",
    }


def test_revisions_are_numbers_that_can_be_compared() -> None:
    assert [int(revision) for revision in REVISIONS] == list(range(1, len(REVISIONS) + 1))
    assert {len(revision) for revision in REVISIONS} == {len(HEAD)}


@step
async def test_a_migration_only_adds(empty_url: str, before: str, after: str) -> None:
    async with opened(empty_url) as db:
        await migrate(db, before)
        async with db.writers.connect() as connection:
            old = await connection.run_sync(shape)
        await migrate(db, after)
        async with db.writers.connect() as connection:
            new = await connection.run_sync(shape)

    assert broken(old, new) == []


async def test_the_migrated_schema_is_the_one_the_code_describes(db: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(connection), METADATA))

    async with db.writers.connect() as connection:
        found = await connection.run_sync(differences)
    left = {(table, column.name) for what, _, table, column in found if what == "remove_column"}
    assert left == set(KEPT_FOR_BEFORE)
    assert [each for each in found if each[0] != "remove_column"] == []


def made(kind: TypeEngine[Any], name: str) -> object:
    match kind:
        case Boolean():
            return True
        case Integer():
            return 1
        case DateTime():
            return NOW
        case Date():
            return date(2026, 11, 23)
        case JSON():
            return {}
        case _:
            return f"{name} of before"


def written(table: Table, revision: str) -> list[Column[Any]]:
    """Return the columns of a reflected table that the models of that revision have."""
    return [one for one in table.columns if KEPT_FOR_BEFORE.get((table.name, one.name), "9999") > revision]


@step
async def test_the_version_before_goes_on_writing_and_reading(empty_url: str, before: str, after: str) -> None:
    as_before = MetaData()
    async with opened(empty_url) as db:
        await migrate(db, before)
        async with db.writers.connect() as connection:
            await connection.run_sync(as_before.reflect)
        await migrate(db, after)
        tables = [table for table in as_before.sorted_tables if table.name not in {"alembic_version", "audit_head"}]
        async with db.write() as session:
            for table in tables:
                row = {column.name: made(column.type, column.name) for column in written(table, before)}
                await session.execute(insert(table).values(row))
        async with db.read() as session:
            for table in tables:
                (row,) = (await session.execute(select(table))).mappings().all()
                for column in written(table, before):
                    if not isinstance(column.type, DateTime):  # SQLite forgets the zone
                        assert row[column.name] == made(column.type, column.name), (table.name, column.name)
                await session.execute(select(func.count()).select_from(table))


async def test_what_a_replica_of_before_posts_is_delivered_by_ours(empty_url: str) -> None:
    """Its words are in columns that we no longer read."""
    async with opened(empty_url) as db:
        await migrate(db, "0001")
        async with db.write() as session:
            await session.execute(text(_POSTED_BEFORE), {"key": "case/1", "now": NOW})
        await db.upgrade()
        async with db.read() as session:  # deletion by age does not look there
            assert await session.scalar(text("SELECT text FROM letters")) == ""
        async with db.write() as session:
            await session.execute(text(_POSTED_BEFORE), {"key": "case/2", "now": NOW})
        async with db.write() as session:
            await outbox.post(session, key="case/3", addressee="b", card={"b": 2}, text="our", summary="", now=NOW)
        async with db.write() as session:
            claimed = await outbox.claim(session, now=NOW)

    assert [(letter.key, letter.card, letter.text) for letter in claimed] == [
        ("case/1", {"a": 1}, "their words"),
        ("case/2", {"a": 1}, "their words"),
        ("case/3", {"b": 2}, "our"),
    ]


_POSTED_BEFORE: Final = """
    INSERT INTO letters (key, addressee, card, text, summary, posted_at, state, attempts)
    VALUES (:key, 'a', '{"a": 1}', 'their words', '', :now, 'waiting', 0)
"""


# --- which version may work on which schema


@pytest.mark.parametrize(
    ("revision", "works"),
    [(None, "no"), ("", "no"), ("0000", "no"), (HEAD, "yes"), ("9999", "yes"), ("main", "no"), ("10000", "no")],
)
def test_a_program_works_on_its_own_schema_and_on_newer_ones(revision: str | None, works: str) -> None:
    assert is_enough(revision) is (works == "yes")


async def test_a_program_older_than_the_schema_goes_on_and_changes_nothing(empty_url: str) -> None:
    async with opened(empty_url) as db:
        await db.upgrade()
        await _stamp(db, "9999")

        assert await db.is_current()
        assert await problems(db) == []
        await db.upgrade()  # as an init container of the version before would, started again
        assert await db.revision() == "9999"


async def test_a_program_newer_than_the_schema_says_what_to_run(empty_url: str) -> None:
    async with opened(empty_url) as db:
        await migrate(db, REVISIONS[-2])

        assert not await db.is_current()
        (said,) = await problems(db)
    assert said.startswith(f"The tables are of an older version ({REVISIONS[-2]}, and this program needs {HEAD}). ")
    assert said.endswith("Run: askdpo db upgrade")


async def test_a_program_without_any_tables_says_what_to_run(empty_url: str) -> None:
    async with opened(empty_url) as db:
        if db.file is not None:
            db.file.touch()
        assert await problems(db) == ["There are no tables yet. Run: askdpo db upgrade"]


async def _stamp(db: Database, revision: str) -> None:
    async with db.write() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})


# --- two at once


async def test_replicas_that_upgrade_at_once_take_turns(empty_url: str) -> None:
    async with opened(empty_url) as one, opened(empty_url) as two, opened(empty_url) as three:
        await asyncio.gather(one.upgrade(), two.upgrade(), three.upgrade())
        assert [await db.revision() for db in (one, two, three)] == [HEAD] * 3
        assert await problems(two) == []


async def test_an_upgrade_waits_for_the_one_that_is_under_way(empty_url: str) -> None:
    async with opened(empty_url) as one, opened(empty_url) as two:
        async with one.writers.begin() as connection:
            await connection.run_sync(upgrade)
            second = asyncio.create_task(two.upgrade())
            await asyncio.sleep(0.3)
            assert not second.done()
        await second
        assert await two.revision() == HEAD


async def test_commands_that_upgrade_at_once_both_succeed(empty_url: str) -> None:
    environment = {**os.environ, "ASKDPO_DATABASE_URL": empty_url}
    command = (sys.executable, "-c", "from bot.cli import main; main()", "db", "upgrade")
    started = [
        await asyncio.create_subprocess_exec(*command, env=environment, stdout=asyncio.subprocess.DEVNULL)
        for _ in range(2)
    ]
    assert [await each.wait() for each in started] == [0, 0]


async def test_an_upgrade_that_fails_leaves_the_schema_as_it_was(empty_url: str) -> None:
    async with opened(empty_url) as db:
        await migrate(db, REVISIONS[-2])
        async with db.writers.connect() as connection:
            old = await connection.run_sync(shape)
        with pytest.raises(NoSuchTableError):
            await _upgrade_that_fails(db)
        async with db.writers.connect() as connection:
            assert await connection.run_sync(shape) == old
        assert await db.revision() == REVISIONS[-2]


async def _upgrade_that_fails(db: Database) -> None:
    async with db.writers.begin() as connection:
        await connection.run_sync(upgrade)
        raise NoSuchTableError  # as a statement at the very end would
