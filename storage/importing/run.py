"""One import from beginning to end: read everything, refuse or write, note who did it."""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from storage import audit, imports
from storage.database import Database
from storage.importing import consents, known, lists, pupils, restrictions, staff
from storage.importing.kinds import Kind
from storage.importing.report import Imported, Progress, counted
from storage.importing.staging import Staging
from storage.importing.tables import Table, open_table
from storage.people import Person

ADMINISTRATOR: Final = "administrator"
_LONDON: Final = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class _Job:
    db: Database
    kind: Kind
    path: Path
    by: Person | None
    now: datetime
    progress: Progress


_Write = Callable[[AsyncSession, int], Awaitable[Imported]]  # with the number of the import


def _quiet(_what: str, _done: int, _total: int) -> None:
    """Show no progress."""


async def import_file(
    db: Database,
    kind: Kind,
    path: Path,
    *,
    by: Person | None = None,
    now: datetime,
    dry_run: bool = False,
    progress: Progress = _quiet,
) -> Imported:
    """Read a file of a kind into the database, all of it or none; reading it again changes nothing.

    `by` is who imports, None for the administrator. A dry run does everything and then undoes it. Raises
    RefusedError, with every bad row, where anything is wrong.
    """
    if kind is Kind.RESTRICTIONS:
        restrictions.schools_of(by)  # before anything of the file is read (domain 8)
    job = _Job(db, kind, path, by, now, progress)
    while True:
        try:
            return await _once(job, dry_run=dry_run)
        except consents.MeanwhileError:  # as often as pupils are deleted meanwhile: once a night
            continue


async def _once(job: _Job, *, dry_run: bool) -> Imported:
    kind, path, by, now = job.kind, job.path, job.by, job.now
    with open_table(path, kind) as table, Staging() as staging:
        write = await _read(job, table, staging)
        async with job.db.write() as session:
            number = await imports.note(
                session,
                kind=kind.value,
                file_name=path.name,
                sha256=_sha256(path),
                imported_by=by.email if by else ADMINISTRATOR,
                now=now,
            )
            done = await write(session, number)
            await _note(session, kind, number, done, by=by, now=now)
            if dry_run:
                await session.rollback()
    return replace(done, lines=(*table.notes, *_told(done)))


async def _read(job: _Job, table: Table, staging: Staging) -> _Write:
    file, progress, today = job.path.name, job.progress, job.now.astimezone(_LONDON).date()
    match job.kind:
        case Kind.STAFF:
            people = staff.read(table, file, progress)
            return lambda session, _: staff.write(session, people, file)
        case Kind.PUPILS:
            told = pupils.read(table, file, progress)
            return lambda session, _: pupils.write(session, told, today, progress)
        case Kind.CONSENTS:
            async with job.db.read() as session:
                who = await consents.pupils(session)
            rows = consents.read(table, who, staging, file, progress)
            return partial(
                consents.write, staging=staging, who=who, rows=rows, now=job.now, today=today, progress=progress
            )
        case Kind.RESTRICTIONS:
            decided = restrictions.read(table, file, progress)
            return lambda session, _: restrictions.write(session, decided, file, job.by, job.now)
        case Kind.ORGANISATIONS | Kind.ACCOUNTS | Kind.TERMS:
            async with job.db.read() as session:
                schools = await known.by_code(session)
            entries = lists.read(table, job.kind, schools, file, progress)
            return lambda session, _: lists.write(session, job.kind, entries)


async def _note(
    session: AsyncSession, kind: Kind, number: int, done: Imported, *, by: Person | None, now: datetime
) -> None:
    await imports.finish(session, number, rows=done.rows, changes=done.changes, schools=list(done.schools))
    schools = await known.by_code(session)
    for code in done.schools:
        await audit.record(
            session,
            f"person/{by.id}" if by else ADMINISTRATOR,
            f"{kind.value}.imported",
            f"import/{number}",
            {"rows": done.rows, "changes": done.changes},
            now=now,
            school_id=schools[code.casefold()].id,
        )


def _told(done: Imported) -> tuple[str, ...]:
    if done.changes:
        return done.lines
    return (f"Nothing changed: {counted(done.rows, 'row')}, all known already.", *done.lines)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
