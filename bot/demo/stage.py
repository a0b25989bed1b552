"""The demo's folder: the invented trust as files, imported by the road that a school's own files take."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from bot.demo.cast import SCHOOLS, STAFF, Colleague, School
from bot.demo.families import Row
from bot.demo.trust import address, trust
from policy.calendar import academic_year, long_date
from policy.called import Called
from policy.roles import Role
from storage import people
from storage.database import Database

EDITION: Final = 2  # raise it when the trust changes, and older demo folders are made anew
_FRESH_FOR: Final = 28  # days; past it every answer would say how old the list is
_MARK: Final = "demo.json"  # what tells a folder of ours from somebody's own
_DATABASE: Final = "demo.db"
_ORDER: Final = ("staff", "pupils", "terms", "organisations", "accounts", "consents")
_OF_THE_DSL: Final = "restrictions"


class _Mark(msgspec.Struct):
    """What the folder says about itself."""

    edition: int
    made_on: date
    finished: bool


class StageError(Exception):
    """Why the demo's folder cannot be used, in a sentence."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A demo folder that is ready."""

    folder: Path
    made_now: bool

    @property
    def database_url(self) -> str:
        """Where the invented trust is kept."""
        return f"sqlite+aiosqlite:///{(self.folder / _DATABASE).resolve()}"


async def set_stage(folder: Path, *, now: datetime, doing: Callable[[str], None]) -> Stage:
    """Make the invented trust in this folder, or find it as it was left; `doing` is told what takes a moment."""
    today = now.astimezone(ZoneInfo("Europe/London")).date()
    work = _work(folder, today)
    if not work:
        await _migrate(Stage(folder, made_now=False))
        return Stage(folder, made_now=False)
    doing(work)
    _write_files(folder, today)
    await _import_files(Stage(folder, made_now=True), now)
    _mark(folder, today, finished=True)
    return Stage(folder, made_now=True)


async def _migrate(stage: Stage) -> None:
    db = Database.connect(stage.database_url)
    try:
        if not await db.is_current():
            await db.upgrade()
    finally:
        await db.dispose()


def _work(folder: Path, today: date) -> str:
    """Say what has to be done before the folder can be shown today; nothing where it can be as it is."""
    if not folder.exists() or not any(folder.iterdir()):
        return "Inventing two schools and importing their files …"
    if not (folder / _MARK).is_file():
        raise StageError(
            f"{folder} holds things that the demo did not make. Give it a folder of its own: askdpo demo --dir FOLDER"
        )
    try:
        mark = msgspec.json.decode((folder / _MARK).read_bytes(), type=_Mark)
    except msgspec.DecodeError:
        mark = _Mark(edition=0, made_on=today, finished=False)
    if not mark.finished or mark.edition != EDITION:
        return "The invented trust here is half made or of another version: importing a new one …"
    made_on = mark.made_on
    if academic_year(made_on) != academic_year(today) or not 0 <= (today - made_on).days <= _FRESH_FOR:
        return f"The invented trust here was made for {long_date(made_on)}: importing a new one …"
    return ""


def _write_files(folder: Path, today: date) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _mark(folder, today, finished=False)  # first, so that a folder left half made is known for what it is
    for suffix in ("", "-wal", "-shm"):
        (folder / (_DATABASE + suffix)).unlink(missing_ok=True)
    files = trust(today)
    homes = {pupil["upn"]: pupil["school"] for pupil in files["pupils"]}
    for kind, rows in files.items():
        if kind != _OF_THE_DSL:
            _write(folder / f"{kind}.csv", rows)
    for school in SCHOOLS:  # each DSL keeps the restrictions of their own school and brings them themselves
        own = [row for row in files[_OF_THE_DSL] if homes[row["upn"]] == school.code]
        _write(folder / f"{_OF_THE_DSL}-{school.code.lower()}.csv", own)


async def _import_files(stage: Stage, now: datetime) -> None:
    from bot.school_names import name_schools  # noqa: PLC0415  only the first demo imports
    from storage.importing.kinds import Kind  # noqa: PLC0415  see above
    from storage.importing.run import import_file  # noqa: PLC0415  see above

    db = Database.connect(stage.database_url)
    try:
        await db.upgrade()
        for kind in _ORDER:
            await import_file(db, Kind(kind), stage.folder / f"{kind}.csv", now=now)
        for school in SCHOOLS:
            async with db.read() as session:
                dsl = await people.by_email(session, address(_dsl(school)))
            file = stage.folder / f"{_OF_THE_DSL}-{school.code.lower()}.csv"
            await import_file(db, Kind.RESTRICTIONS, file, by=dsl, now=now)
        await name_schools(db, {school.code: Called(school.name) for school in SCHOOLS})
    finally:
        await db.dispose()


def _dsl(school: School) -> Colleague:
    return next(each for each in STAFF if each.school == school.code and Role.DSL in each.roles)


def _mark(folder: Path, today: date, *, finished: bool) -> None:
    (folder / _MARK).write_bytes(msgspec.json.encode(_Mark(edition=EDITION, made_on=today, finished=finished)))


def _write(file: Path, rows: list[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
