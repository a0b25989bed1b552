"""The `pupils` file. Somebody missing from it is not gone: only a leaving date makes a leaver."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.engines.taking_turns import List, alone_with
from storage.importing import known
from storage.importing.cells import day, day_or_none, needed, upn, words, year_group
from storage.importing.kinds import Kind
from storage.importing.report import Fault, Imported, Progress, counted, refuse
from storage.importing.rows import EVERY, Read, Seen, read_rows
from storage.importing.tables import Table
from storage.pupils import PupilRow

_READERS: Final[tuple[Read, ...]] = (
    upn, needed, words, needed, day, year_group, needed, known.code, day, day_or_none
)  # fmt: skip
_FIELDS: Final = (  # of PupilRow, in the order of the file but for the school
    "upn",
    "legal_first_name",
    "preferred_first_name",
    "last_name",
    "born",
    "year_group",
    "class_name",
    "school_id",
    "joined_on",
    "left_on",
)
_UPDATE: Final = (
    update(PupilRow.__table__)  # type: ignore[arg-type]  # a Table is what it is
    .where(PupilRow.__table__.c.id == bindparam("of"))
    .values({name: bindparam(name) for name in _FIELDS})
)
_INSERT: Final = insert(PupilRow.__table__)  # type: ignore[arg-type]  # a Table is what it is

_ALL: Final = select(PupilRow.__table__.c.id, *(PupilRow.__table__.c[name] for name in _FIELDS))

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of a pupil already."""

    id: int
    row: Row


def read(table: Table, file: str, progress: Progress) -> list[Row]:
    """Return the file's rows, the school still by its code; raises RefusedError."""
    rows: list[Row] = []
    seen = Seen(table, "upn", "is in")
    for line, values in read_rows(table, Kind.PUPILS, _READERS, progress):
        joined_on, left_on = values[-2:]
        if left_on is not None and left_on < joined_on:
            table.faults.append(Fault(line, "left_on", "is before the day of joining."))
        if not seen.again(line, values[0]):
            rows.append(tuple(values))
    refuse(file, table.faults)
    return rows


async def write(session: AsyncSession, rows: list[Row], today: date, progress: Progress) -> Imported:
    """Add who is new and change who changed; nobody is removed."""
    await alone_with(session, List.PUPILS)  # else a leaver who comes back could be deleted by age meanwhile
    schools, new_schools = await known.with_new(session, {row[7] for row in rows})
    codes = {school.id: school.code for school in schools.values()}
    before = {row[1]: Before(row[0], tuple(row[1:])) for row in await session.execute(_ALL)}
    changes: Counter[str] = Counter()
    added: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    touched: set[int] = set()
    given: dict[str, Row] = {}
    for told in rows:
        row = (*told[:7], schools[told[7].casefold()].id, *told[8:])
        given[row[0]] = row
        was = before.get(row[0])
        if was is None:
            changes["new"] += 1
            added.append(dict(zip(_FIELDS, row, strict=True)))
        elif was.row != row:
            changes[_what(was.row, row)] += 1
            changed.append({"of": was.id, **dict(zip(_FIELDS, row, strict=True))})
            touched.add(was.row[7])
        else:
            continue
        touched.add(row[7])
    for statement, many in ((_INSERT, added), (_UPDATE, changed)):
        for start in range(0, len(many), EVERY):
            await session.execute(statement, many[start : start + EVERY])
            progress("Writing", start + EVERY, len(many))
    if touched:
        await known.bump(session, touched, "roll_version")
    mentioned = {row[7] for row in given.values()}
    past = {number: was.row for number, was in before.items()}
    return Imported(
        rows=len(rows),
        changes=dict(changes),
        lines=(
            *(f"New school: {code}." for code in new_schools),
            *(_SENTENCES[what].format(counted(number, "pupil")) for what, number in sorted(changes.items())),
            *_rolls(codes, mentioned, past, past | given, today),
            *_absent(mentioned, past, given, today),
        ),
        schools=tuple(sorted(codes[school] for school in mentioned)),
    )


_SENTENCES: Final = {
    "new": "{} new.",
    "left": "{} with a leaving date now: leavers.",
    "back": "{} without their leaving date: back on roll.",
    "moved school": "{} moved to another school.",
    "moved class": "{} moved to another class or year.",
    "corrected": "{} with a corrected name or date.",
}


def _what(was: Row, row: Row) -> str:
    if was[9] != row[9]:
        return "left" if row[9] else "back"
    if was[7] != row[7]:
        return "moved school"
    return "moved class" if was[5:7] != row[5:7] else "corrected"


def _on_roll(row: Row, today: date) -> bool:
    return bool(row[8] <= today and (row[9] is None or row[9] > today))


def _rolls(
    codes: dict[int, str], mentioned: set[int], past: dict[str, Row], now: dict[str, Row], today: date
) -> list[str]:
    before, after = (Counter(row[7] for row in rows.values() if _on_roll(row, today)) for rows in (past, now))
    return [
        f"{codes[school]}: {before[school]:,} on roll before, {after[school]:,} after." for school in sorted(mentioned)
    ]


def _absent(mentioned: set[int], past: dict[str, Row], given: dict[str, Row], today: date) -> list[str]:
    absent = sum(row[7] in mentioned and _on_roll(row, today) for number, row in past.items() if number not in given)
    if not absent:
        return []
    return [f"{counted(absent, 'pupil')} on roll not in this file: kept as they are. A leaver needs a left_on date."]
