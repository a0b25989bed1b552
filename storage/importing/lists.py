"""The school's own lists: organisations on the form, social media accounts, terms."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Base
from storage.importing import known
from storage.importing.cells import academic_year, day, needed, words
from storage.importing.kinds import COLUMNS, Kind
from storage.importing.report import Fault, Imported, Progress, counted, refuse
from storage.importing.rows import Read, Seen, read_rows
from storage.importing.tables import Table
from storage.schools import AccountRow, OrganisationRow, School, TermRow

Row = tuple[Any, ...]  # the school, then the values in the order of the file


@dataclass(frozen=True, slots=True)
class List:
    """How one list is read and kept: the first `key` columns after the school tell its entries apart."""

    table: type[Base]
    readers: tuple[Read, ...]
    key: int
    one: str


LISTS: Final = {
    Kind.ORGANISATIONS: List(OrganisationRow, (academic_year, needed, words), 2, "organisation"),
    Kind.ACCOUNTS: List(AccountRow, (needed, needed, day), 2, "account"),
    Kind.TERMS: List(TermRow, (academic_year, needed, day, day), 2, "term"),
}


def read(table: Table, kind: Kind, schools: dict[str, School], file: str, progress: Progress) -> list[Row]:
    """Return the file's rows; raises RefusedError."""
    kept = LISTS[kind]
    rows: list[Row] = []
    seen = Seen(table, COLUMNS[kind][2].name, "is in")
    for line, values in read_rows(table, kind, (known.one_of(schools), *kept.readers), progress):
        if kind is Kind.TERMS and values[4] < values[3]:
            table.faults.append(Fault(line, "ends_on", "is before the first day."))
        elif not seen.again(line, _key((values[0].id, *values[1:]), kept)):
            rows.append(tuple(values))
    refuse(file, table.faults)
    return rows


async def write(session: AsyncSession, kind: Kind, rows: Sequence[Row]) -> Imported:
    """Add and change entries; one that is missing from the file stays."""
    kept = LISTS[kind]
    columns = [column for column in kept.table.__table__.c if column.name != "id"]
    there = {_key(row[1:], kept): row for row in await session.execute(select(kept.table.__table__.c.id, *columns))}
    changes: Counter[str] = Counter()
    touched: set[int] = set()
    for school, *values in rows:
        row = (school.id, *values)
        was = there.pop(_key(row, kept), None)
        named = {column.name: value for column, value in zip(columns, row, strict=True)}
        if was is None:
            changes["new"] += 1
            await session.execute(insert(kept.table).values(named))
        elif tuple(was[1:]) != row:
            changes["changed"] += 1
            await session.execute(update(kept.table).where(kept.table.__table__.c.id == was[0]).values(named))
        else:
            continue
        touched.add(school.id)
    if touched:
        await known.bump(session, touched, "lists_version")
    mentioned = {school.id: school.code for school, *_ in rows}
    absent = sum(row[1] in mentioned for row in there.values())
    return Imported(
        rows=len(rows),
        changes=dict(changes),
        lines=(
            *(f"{counted(number, kept.one)} {what}." for what, number in sorted(changes.items())),
            *([f"{counted(absent, kept.one)} not in this file: kept."] if absent else []),
        ),
        schools=tuple(sorted(mentioned.values())),
    )


def _key(row: Sequence[Any], kept: List) -> tuple[Any, ...]:
    return (row[0], *(_plain(value) for value in row[1 : kept.key + 1]))


def _plain(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value
