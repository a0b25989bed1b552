"""A consistent copy of a SQLite database while others write to it, and the way back from one."""

import asyncio
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from storage import audit, instants, numbering
from storage.checking import problems
from storage.database import Database, is_enough

_PAGES: Final = 2_000  # copied at a time, so that a writer never waits long
_BESIDE: Final = ("", "-wal", "-shm", "-journal")  # what belongs to a SQLite database

_THERE: Final = "{} is there: a restore overwrites nothing. Stop the bot and move it away first."


class BackupError(Exception):
    """No copy was made, or none was put back; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back."""

    until: datetime | None  # the newest line of its audit log
    needs_upgrade: bool  # it is from an older version of the program
    next_case: int  # the number of the next case: beyond all that may have been lost


async def back_up(db: Database, to: Path) -> None:
    """Copy a SQLite database, as it is at one moment, to a new file. Raises BackupError."""
    source = db.file
    if source is None:
        raise BackupError("PostgreSQL is copied with its own tool: pg_dump --format=custom --file FILE DATABASE")
    await asyncio.to_thread(_finished, source, to, "The copy failed")


async def restore(db: Database, copy: Path, *, now: datetime) -> Restored:
    """Put a copy in the place of a database that is not there; it is looked through first. Raises BackupError.

    Whatever is in that place stays: a database that somebody uses is never overwritten. Numbers go on beyond those
    that may have been given since the copy was made.
    """
    target = db.file
    if target is None:
        raise BackupError(
            "PostgreSQL is restored with its own tool, into a new database: pg_restore --dbname DATABASE FILE. "
            "After it, and before the bot starts: askdpo db restored"
        )
    _nothing_at(target)
    half = target.with_name(target.name + ".restoring")
    await asyncio.to_thread(_copied, copy, half, "That is no copy of a database")
    try:
        until, revision = await _looked_through(half)
        restored = await _numbered_on(half, until, revision, now)
        await asyncio.to_thread(_put, half, target)  # a bot may have started since
    finally:
        for beside in _BESIDE:
            half.with_name(half.name + beside).unlink(missing_ok=True)
    return restored


def _nothing_at(target: Path) -> None:
    for beside in _BESIDE:
        if (there := target.with_name(target.name + beside)).exists():
            raise BackupError(_THERE.format(there))


def _put(half: Path, target: Path) -> None:
    """Give a file its name, where nothing has it: a link fails where a move would overwrite."""
    _nothing_at(target)
    try:
        os.link(half, target)
    except FileExistsError as error:
        raise BackupError(_THERE.format(target)) from error
    except OSError as error:
        raise BackupError(f"{target} cannot be made ({error.strerror}): the disk must allow hard links.") from error


async def _looked_through(file: Path) -> tuple[datetime | None, str]:
    """Look at a copy as `askdpo db check` does; of one from an older version, at its file and its audit log.

    Return the moment of its newest audit line, and its version.
    """
    db = Database.connect(f"sqlite:///{file}")
    try:
        revision = await db.revision()
        if revision is None:
            raise BackupError("The copy has no tables of ours: it is not from this bot.")
        found = await problems(db) if is_enough(revision) else await _damage(db)
        async with db.read() as session:
            until = await instants.latest(session)
    except sqlite3.DatabaseError as error:
        raise BackupError(f"The copy cannot be read: {error}") from error
    finally:
        await db.dispose()
    if found:
        raise BackupError("The copy is not sound, and nothing was put back. " + " ".join(found))
    return until, revision


async def number_on(db: Database, *, now: datetime) -> Restored:
    """Do for a PostgreSQL database that was just restored what `restore` does for a file. Raises BackupError."""
    if db.file is not None:
        raise BackupError("A SQLite file is put back by: askdpo db restore FILE. It sees to its numbers itself.")
    if not await db.is_current():
        raise BackupError("The tables are of an older version. Run first: askdpo db upgrade")
    async with db.write() as session:
        until = await instants.latest(session)
        skipped = await numbering.skip(session)
        await numbering.note(session, skipped, until=until, now=now)
    return Restored(until, needs_upgrade=False, next_case=skipped["cases"] + 1)


async def _numbered_on(file: Path, until: datetime | None, revision: str, now: datetime) -> Restored:
    try:
        skipped = await asyncio.to_thread(numbering.skip_in, file)
    except (sqlite3.Error, numbering.NumberingError) as error:
        raise BackupError(f"Its numbers could not be moved on, and nothing was put back: {error}") from error
    db = Database.connect(f"sqlite:///{file}")
    try:
        async with db.write() as session:
            await numbering.note(session, skipped, until=until, now=now)
        found = await problems(db) if is_enough(revision) else await _damage(db)
    finally:
        await db.dispose()
    if found:
        raise BackupError("Its numbers could not be moved on, and nothing was put back. " + " ".join(found))
    return Restored(until, needs_upgrade=not is_enough(revision), next_case=skipped.get("cases", 0) + 1)


async def _damage(db: Database) -> list[str]:
    async with db.read() as session:
        broken = await audit.verify(session)
    return [broken] if broken else []


def _finished(source: Path, to: Path, failed: str) -> None:
    """Copy beside the place, then move there: what has the name is whole."""
    if to.exists():
        raise BackupError(f"{to} is there already: a backup never overwrites one. Choose another name.")
    half = to.with_name(to.name + ".part")
    _copied(source, half, failed)
    half.replace(to)


def _copied(source: Path, to: Path, failed: str) -> None:
    if not source.is_file():
        raise BackupError(f"There is no database at {source}.")
    if not to.parent.is_dir():
        raise BackupError(f"There is no folder {to.parent}.")
    try:
        to.unlink(missing_ok=True)
        to.touch(mode=0o600)  # it holds pupils' data: nobody else reads it
        with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(to)) as here:
            there.execute("BEGIN")  # one moment: later writes are not waited for
            there.execute("SELECT count(*) FROM sqlite_master").fetchone()
            there.backup(here, pages=_PAGES)
            here.execute("PRAGMA journal_mode = DELETE")
            (told,) = here.execute("PRAGMA quick_check(1)").fetchone()
            if told != "ok":
                raise sqlite3.DatabaseError(told)
    except (sqlite3.Error, OSError) as error:
        to.unlink(missing_ok=True)
        raise BackupError(f"{failed}: {error}") from error
