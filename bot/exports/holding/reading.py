"""Reading what is held about one person of a school, place by place."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.holding.places import PUPIL, STAFF, TASKS, Place
from bot.exports.holding.told import Row, words_in
from dialogs.planning import case_file as plans
from policy.records import Pupil
from storage.cases import Case, CaseKind, Entry
from storage.people import Person
from storage.tables import METADATA

_JSON: Final = frozenset({("drafts", "answers"), ("case_events", "data")})
_OF_SCHOOL: Final = "school_id"
_KINDS: Final = frozenset(CaseKind)

Found = list[tuple[Place, Sequence[Row]]]
Events = Mapping[int, tuple[Entry, ...]]


async def about_staff(
    session: AsyncSession, person: Person, school: int, seen: Mapping[int, Case], events: Events
) -> Found:
    """Return what is held about a member of staff; of cases only those that are `seen`, with their `events`."""
    found: Found = []
    for place in STAFF:
        rows = await _rows(session, place, _of_person(place, person), school)
        found.append((place, [row for row in rows if _is_seen(place, row, seen)]))
    tasks = [
        {"case_id": number, "at": event.at, "data": words_in(event.data)}
        for number, told in events.items()
        for event in told
        if str(event.data.get("owner")) == str(person.id)
    ]
    return [*found, (TASKS, tasks)]


async def about_pupil(session: AsyncSession, pupil: Pupil, school: int, seen: Mapping[int, Case]) -> Found:
    """Return what is held about a pupil."""
    found: Found = []
    for place in PUPIL:
        if place.table == "cases":
            found.append((place, await _plans(session, pupil, seen)))
        elif place.table == "questions":
            found.append((place, await _questions(session, place, pupil, school)))
        else:
            found.append((place, await _rows(session, place, _among(place, pupil.id), school)))
    return found


async def _rows(session: AsyncSession, place: Place, wanted: ColumnElement[bool], school: int) -> list[dict[str, Any]]:
    table = METADATA.tables[place.table]
    if _OF_SCHOOL in table.c:
        own = table.c[_OF_SCHOOL]
        wanted &= or_(own == school, own.is_(None))
    found = await session.execute(select(table).where(wanted).order_by(*table.primary_key.columns))
    return [_read(place, dict(row)) for row in found.mappings()]


def _read(place: Place, row: dict[str, Any]) -> dict[str, Any]:
    for column in place.shows:
        if (place.table, column) in _JSON:
            row[column] = words_in(msgspec.json.decode(row[column]))
    return row


def _of_person(place: Place, person: Person) -> ColumnElement[bool]:
    table = METADATA.tables[place.table]
    match place.table:
        case "chats":
            return table.c.aad_object_id == person.aad_object_id
        case "letters":
            return table.c.addressee == person.aad_object_id
        case "imports":
            return table.c.imported_by == person.email
        case "audit":
            who = f"person/{person.id}"
            return or_(table.c.actor == who, table.c.subject == who)
        case _:
            return _among(place, person.id)


def _among(place: Place, number: int) -> ColumnElement[bool]:
    table: Table = METADATA.tables[place.table]
    return or_(*(table.c[column] == number for column in place.who))


def _is_seen(place: Place, row: Row, seen: Mapping[int, Case]) -> bool:
    """Whether a row is of no case, or of one that may be looked into."""
    match place.table:
        case "cases":
            return row["id"] in seen
        case "case_events":
            return row["case_id"] in seen
        case "drafts" | "letters" | "audit":
            kind, _, rest = row["subject"].partition("/")
            number = rest.partition("/")[0]
            is_case = (kind in _KINDS or kind == "case") and number.isdecimal()
            return not is_case or int(number) in seen
        case _:
            return True


async def _questions(session: AsyncSession, place: Place, pupil: Pupil, school: int) -> list[dict[str, Any]]:
    named = METADATA.tables["questions"].c.pupil_ids.contains(str(pupil.id))
    rows = await _rows(session, place, named, school)
    return [row for row in rows if pupil.id in msgspec.json.decode(row["pupil_ids"])]


async def _plans(session: AsyncSession, pupil: Pupil, seen: Mapping[int, Case]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for case in seen.values():
        plan = await plans.read(session, case.number) if case.kind is CaseKind.PLAN else None
        if plan is not None and pupil.class_name in plan.classes:
            row = {"id": case.number, "opened_at": case.opened_at, "on": plan.on, "classes": pupil.class_name}
            found.append(row)
    return found
