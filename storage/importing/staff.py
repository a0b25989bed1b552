"""The `staff` file. Roles change at once; somebody missing from it keeps theirs until a row says otherwise."""

from collections import Counter
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from policy.roles import Role
from storage.engines.taking_turns import List, alone_with
from storage.importing import known
from storage.importing.cells import CellError, needed, several_of
from storage.importing.kinds import Kind
from storage.importing.report import Fault, Imported, Progress, counted, refuse
from storage.importing.rows import Read, Seen, read_rows
from storage.importing.tables import Table
from storage.people import MembershipRow, PersonRow, roles_of, roles_text

Row = tuple[Any, ...]  # line, object id, e-mail, display name, school code, roles as text


def _email(text: str) -> str:
    told = needed(text).lower()
    name, _, host = told.partition("@")
    if not name or not host or " " in told or "@" in host:
        raise CellError(f"“{told}” is not an e-mail address")
    return told


def _object_id(text: str) -> str:
    told = needed(text).lower()
    if " " in told:
        raise CellError(f"“{told}” is not an object id")
    return told


def _roles(text: str) -> str:
    return roles_text(several_of(text, Role))


_READERS: Final[tuple[Read, ...]] = (_object_id, _email, needed, known.code, _roles)


def read(table: Table, file: str, progress: Progress) -> list[Row]:
    """Return the file's rows; raises RefusedError, also where two rows contradict each other about a person."""
    rows: list[Row] = []
    seen = Seen(table, "aad_object_id", "has a row for this school in")
    first: dict[str, Row] = {}
    by_email: dict[str, Row] = {}
    for line, values in read_rows(table, Kind.STAFF, _READERS, progress):
        row = (line, *values)
        if seen.again(line, (values[0], values[3].casefold())):
            continue
        same, other = first.setdefault(values[0], row), by_email.setdefault(values[1], row)
        if same[2:4] != row[2:4]:
            table.faults.append(
                Fault(line, "email", f"the same object id has another e-mail or name in line {same[0]}.")
            )
        elif other[1] != row[1]:
            table.faults.append(Fault(line, "email", f"the same e-mail has another object id in line {other[0]}."))
        rows.append(row)
    refuse(file, table.faults)
    return rows


async def write(session: AsyncSession, rows: list[Row], file: str) -> Imported:
    """Add and change people and what they are; nobody is removed."""
    await alone_with(session, List.STAFF)  # nobody is deleted by age between being read and being changed
    schools, new_schools = await known.with_new(session, {row[4] for row in rows})
    had_a_dpo = await _with_a_dpo(session)
    people = list(await session.scalars(select(PersonRow)))
    by_aad, by_email = {one.aad_object_id: one for one in people}, {one.email: one for one in people}
    held = {(own.person_id, own.school_id): own for own in await session.scalars(select(MembershipRow))}
    changes: Counter[str] = Counter()
    faults: list[Fault] = []
    mentioned: set[tuple[int, int]] = set()
    for line, object_id, email, display_name, code, roles in rows:
        person, holder = by_aad.get(object_id), by_email.get(email)
        if person is not None and holder is not None and holder is not person:
            faults.append(Fault(line, "email", "this e-mail belongs to somebody else already."))
            continue
        person = person or holder
        if person is None:
            person = PersonRow(aad_object_id=object_id, email=email, display_name=display_name)
            session.add(person)
            await session.flush()
            by_aad[object_id] = by_email[email] = person
            changes["new"] += 1
        elif (person.aad_object_id, person.email, person.display_name) != (object_id, email, display_name):
            person.aad_object_id, person.email, person.display_name = object_id, email, display_name
            by_aad[object_id] = by_email[email] = person
            changes["corrected"] += 1
        school_id = schools[code.casefold()].id
        mentioned.add((person.id, school_id))
        own = held.get((person.id, school_id))
        if own is None:
            session.add(MembershipRow(person_id=person.id, school_id=school_id, roles=roles))
            changes["joined"] += 1
        elif roles_of(own.roles) != roles_of(roles):
            changes["roles" if roles else "ended"] += 1
            own.roles = roles
    refuse(file, faults)
    await session.flush()
    at = {school for _, school in mentioned}
    lost = had_a_dpo - await _with_a_dpo(session)
    absent = sum(bool(own.roles) and key[1] in at and key not in mentioned for key, own in held.items())
    return Imported(
        rows=len(rows),
        changes=dict(changes),
        lines=(
            *(f"New school: {code}." for code in new_schools),
            *(_SENTENCES[what].format(counted(number, "person", "people")) for what, number in sorted(changes.items())),
            *([_KEPT.format(counted(absent, "person", "people"))] if absent else []),
            *(_NO_DPO.format(school.code) for school in schools.values() if school.id in lost),
        ),
        schools=tuple(sorted({school.code for school in schools.values() if school.id in at})),
    )


async def _with_a_dpo(session: AsyncSession) -> frozenset[int]:
    """Return the schools that somebody is the DPO of."""
    found = await session.execute(select(MembershipRow.school_id, MembershipRow.roles))
    return frozenset(school for school, roles in found if Role.DPO in roles_of(roles))


_SENTENCES: Final = {
    "new": "{} new.",
    "corrected": "{} with a corrected name, e-mail or object id.",
    "joined": "{} given roles at a school.",
    "roles": "{} with other roles than before.",
    "ended": "{} without any role now: no access.",
}
_NO_DPO: Final = "{} has no DPO any more: nobody gets its alerts and requests. Please give somebody the role dpo."
_KEPT: Final = "{} not in this file: roles kept. To end somebody's access, give them a row with empty roles."
