"""A consistent copy of the database while others write to it."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from storage.database import Database

_PAGES: Final = 2_000  # copied at a time, so that a writer never waits long


class BackupError(Exception):
    """No copy was made; the message says why and what to do."""


async def back_up(db: Database, to: Path) -> None:
    """Copy a SQLite database, as it is at one moment, to a new file. Raises BackupError."""
    source = db.file
    if source is None:
        raise BackupError("PostgreSQL is copied with its own tool: pg_dump --format=custom --file FILE DATABASE")
    await asyncio.to_thread(_copy, source, to)


def _copy(source: Path, to: Path) -> None:
    if not source.is_file():
        raise BackupError(f"There is no database at {source}.")
    if to.exists():
        raise BackupError(f"{to} is there already: a backup never overwrites one. Choose another name.")
    if not to.parent.is_dir():
        raise BackupError(f"There is no folder {to.parent}.")
    half = to.with_name(to.name + ".part")
    half.unlink(missing_ok=True)
    half.touch(mode=0o600)  # it holds pupils' data: nobody else reads it
    try:
        with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(half)) as here:
            there.execute("BEGIN")  # one moment: later writes are not waited for
            there.execute("SELECT count(*) FROM sqlite_master").fetchone()
            there.backup(here, pages=_PAGES)
            here.execute("PRAGMA journal_mode = DELETE")
        half.replace(to)
    except (sqlite3.Error, OSError) as error:
        half.unlink(missing_ok=True)
        raise BackupError(f"The copy failed: {error}") from error
