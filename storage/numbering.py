"""After a copy was put back: numbers that may have been given since it was made are not given again.

Whoever has an old card, or remembers a case's number, means what was lost, and must not come upon somebody else's.
PostgreSQL's sequences are moved on. SQLite gives the number after the highest there is, so its tables are made anew
as tables that remember what they gave (AUTOINCREMENT), which a migration that only adds could not do.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from storage import audit
from storage.tables import METADATA

_SPOKEN: Final = frozenset({"cases", "reviews"})  # people say these numbers, so they stay as short as is safe
_STEP: Final = 1_000  # more than any trust opens between two copies
_FAR: Final = 1_000_000  # of numbers that nobody reads; a pupils' file alone may bring thousands

_HIGHEST: Final = "SELECT max(coalesce((SELECT max(id) FROM {0}), 0), coalesce(({1}), 0))"


class NumberingError(Exception):
    """A table is not as this program, or any before it, would have made it; the message says which."""


def last_given(table: str, highest: int) -> int:
    """Return what counts as the last number given: as many again as there are, and a safe margin, to the thousand."""
    margin = max(highest, _STEP if table in _SPOKEN else _FAR)
    return -(-(highest + margin) // _STEP) * _STEP


async def skip(session: AsyncSession) -> Mapping[str, int]:
    """Move a PostgreSQL database's numbers on; return the last that count as given, by table."""
    skipped = {}
    for table in _numbered():
        sequence = f"pg_get_serial_sequence('{table}', 'id')"
        given = f"SELECT greatest((SELECT max(id) FROM {table}), pg_sequence_last_value({sequence}::regclass), 0)"  # noqa: S608  our own names
        skipped[table] = last_given(table, int(await session.scalar(text(given)) or 0))
        await session.execute(text(f"SELECT setval({sequence}, :last)"), {"last": skipped[table]})
    return skipped


def skip_in(file: Path) -> Mapping[str, int]:
    """Move the numbers of a SQLite file on that nobody uses; return the last that count as given, by table.

    Raises NumberingError, and sqlite3.Error where the file cannot be written.
    """
    skipped = {}
    with closing(sqlite3.connect(file, isolation_level=None)) as rows:
        rows.execute("PRAGMA foreign_keys = OFF")  # else what points at a table would go with it
        rows.execute("PRAGMA legacy_alter_table = ON")  # else it would point at the table's name of before
        rows.execute("BEGIN IMMEDIATE")
        there = dict(rows.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"))
        for table in _numbered():
            if table not in there:  # the copy is from an older version
                continue
            if "AUTOINCREMENT" not in there[table]:
                _make_anew(rows, table, there[table])
            given = f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'"  # noqa: S608  our own names
            (highest,) = rows.execute(_HIGHEST.format(table, given)).fetchone()
            skipped[table] = last_given(table, highest)
            rows.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            rows.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, skipped[table]))
        rows.execute("COMMIT")
    return skipped


async def note(session: AsyncSession, skipped: Mapping[str, int], *, until: datetime | None, now: datetime) -> None:
    """Write into the audit log from which numbers on things are new, and up to when what is there is known."""
    details = {"until": None if until is None else until.isoformat(), "last_given": dict(skipped)}
    await audit.record(session, "administrator", "database.restored", "database", details, now=now)


def _numbered() -> Iterator[str]:
    """Give each table whose rows the database numbers."""
    for table in METADATA.sorted_tables:
        if table.autoincrement_column is not None:
            yield table.name


def _make_anew(rows: sqlite3.Connection, table: str, made: str) -> None:
    """Copy a table into one that remembers its numbers, with its indexes and triggers (SQLite's own way to alter)."""
    anew, names = re.subn(rf'^CREATE TABLE "?{table}"?', f"CREATE TABLE {table}_anew", made)
    anew, columns = re.subn(r"\bid INTEGER NOT NULL,", "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,", anew, count=1)
    anew, keys = re.subn(rf",\s*CONSTRAINT pk_{table} PRIMARY KEY \(id\)", "", anew)
    if (names, columns, keys) != (1, 1, 1):
        raise NumberingError(f"The table {table} is not as any version of this program made it.")
    beside = f"SELECT sql FROM sqlite_schema WHERE tbl_name = '{table}' AND type != 'table' AND sql IS NOT NULL"  # noqa: S608  our own names
    others = [sql for (sql,) in rows.execute(beside)]
    rows.execute(anew)
    rows.execute(f"INSERT INTO {table}_anew SELECT * FROM {table}")  # noqa: S608  our own names
    rows.execute(f"DROP TABLE {table}")
    rows.execute(f"ALTER TABLE {table}_anew RENAME TO {table}")
    for sql in others:
        rows.execute(sql)
