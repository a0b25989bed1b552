"""The `restrictions` file: the DSL's alone, and without a reason anywhere in it (domain 1.1, PHOTO-6.2)."""

from collections import Counter
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from policy.records import Restriction, RestrictionState
from policy.roles import May, may
from storage import restrictions
from storage.engines.taking_turns import List, alone_with
from storage.importing import known
from storage.importing.cells import CellError, day_or_none, one_of, upn, yes_or_no
from storage.importing.kinds import Kind
from storage.importing.report import Fault, Imported, Progress, RefusedError, counted, refuse
from storage.importing.rows import Read, Seen, read_rows
from storage.importing.tables import Table
from storage.people import Person
from storage.pupils import PupilRow
from storage.schools import SchoolRow

Row = tuple[int, str, Restriction]  # line, upn, what stands from now on
NOT_THE_DSL: Final = (
    "Only a designated safeguarding lead or their deputy may import restrictions. Say who you are: --as EMAIL."
)


def schools_of(person: Person | None) -> frozenset[int]:
    """Return the schools for which this person decides restrictions; raises RefusedError where there is none."""
    own = person.memberships if person else ()
    mine = frozenset(each.school_id for each in own if may(each.roles, May.IMPORT_RESTRICTIONS))
    if not mine:
        raise RefusedError([NOT_THE_DSL])
    return mine


def _level(text: str) -> int | None:
    told = text.strip()
    if told in {"1", "2", "3"}:
        return int(told)
    if told:
        raise CellError("is not 1, 2 or 3")
    return None


def _state(text: str) -> RestrictionState:
    try:
        return one_of(text, RestrictionState)
    except CellError:
        raise CellError("is not pending or set") from None  # what was written may be a reason: it is not repeated


def _court_order(text: str) -> bool:
    try:
        return yes_or_no(text)
    except CellError:
        raise CellError("is not yes or no") from None  # see above


def _review_on(text: str) -> object:
    try:
        return day_or_none(text)
    except CellError:
        raise CellError("is not a date; write 2026-09-10 or 10/09/2026") from None  # see above


_READERS: Final[tuple[Read, ...]] = (upn, _state, _level, _court_order, _review_on)


def read(table: Table, file: str, progress: Progress) -> list[Row]:
    """Return the file's decisions; raises RefusedError."""
    rows: list[Row] = []
    seen = Seen(table, "upn", "is in")
    for line, (number, state, level, court_order, review_on) in read_rows(table, Kind.RESTRICTIONS, _READERS, progress):
        if state is RestrictionState.PENDING and level is not None:
            table.faults.append(Fault(line, "level", "is not known while the state is pending; leave it empty."))
        elif state is RestrictionState.SET and level is None and not court_order:
            table.faults.append(Fault(line, "level", "is empty; a set restriction has a level of 1, 2 or 3."))
        elif not seen.again(line, number):
            rows.append((line, number, Restriction(state, level, court_order, review_on)))
    refuse(file, table.faults)
    return rows


async def write(session: AsyncSession, rows: list[Row], file: str, person: Person | None, now: datetime) -> Imported:
    """Add the decisions that differ from what stands; a pupil missing from the file keeps theirs."""
    mine = schools_of(person)
    await alone_with(session, List.PUPILS)
    assert person is not None  # noqa: S101  schools_of refused nobody
    found = await session.execute(
        select(PupilRow.upn, PupilRow.id, SchoolRow.id, SchoolRow.code)
        .join(SchoolRow, SchoolRow.id == PupilRow.school_id)
        .where(SchoolRow.id.in_(sorted(mine)))
    )
    pupils = {row[0]: row for row in found}
    refuse(
        file, (Fault(line, "upn", "no pupil of yours has this number.") for line, upn, _ in rows if upn not in pupils)
    )
    standing = await restrictions.of(session, [row[1] for row in pupils.values()])
    decided = [(pupils[number], restriction) for _, number, restriction in rows]
    changes = Counter(
        "new" if pupil[1] not in standing else "changed" for pupil, told in decided if standing.get(pupil[1]) != told
    )
    different = [(pupil[1], told) for pupil, told in decided if standing.get(pupil[1]) != told]
    await restrictions.record(session, different, recorded_by=person.id, now=now)
    touched = {pupil[2] for pupil, told in decided if standing.get(pupil[1]) != told}
    if touched:
        await known.bump(session, touched, "consents_version")  # the list is issued anew (PHOTO-4.11)
    named = {pupil[1] for pupil, _ in decided}
    kept = sum(pupil_id not in named for pupil_id in standing)
    return Imported(
        rows=len(rows),
        changes=dict(changes),
        lines=(
            *(_SENTENCES[what].format(counted(number, "restriction")) for what, number in sorted(changes.items())),
            *([_KEPT.format(counted(kept, "restriction"))] if kept else []),
        ),
        schools=tuple(sorted({pupil[3] for pupil, _ in decided})),
    )


_SENTENCES: Final = {"new": "{} new.", "changed": "{} changed."}
_KEPT: Final = "{} not in this file: kept. To lift one, give the pupil a row with level 1."
