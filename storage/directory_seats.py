"""The rows that a sync of staff changes: people, and what they are at the schools whose staff come from Entra."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from policy.directory import Account, Change, Seat
from policy.roles import Role
from storage import audit
from storage.people import MembershipRow, PersonRow, roles_of, roles_text
from storage.schools import SchoolRow

_MOST: Final = 500  # ids in one statement


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody as they are on record."""

    id: int
    object_id: str
    email: str
    name: str


async def held(session: AsyncSession, schools: Collection[str]) -> dict[Seat, frozenset[Role]]:
    """Return who has which roles at these schools now."""
    found = await session.execute(
        select(PersonRow.aad_object_id, SchoolRow.code, MembershipRow.roles)
        .join(MembershipRow, MembershipRow.person_id == PersonRow.id)
        .join(SchoolRow, SchoolRow.id == MembershipRow.school_id)
        .where(SchoolRow.code.in_(schools), MembershipRow.roles != "")
    )
    seats = {(object_id, code): roles_of(stored) for object_id, code, stored in found}
    return {seat: roles for seat, roles in seats.items() if roles}


async def fingerprint(session: AsyncSession, schools: Collection[str]) -> str:
    """Return a hash of who has which roles at these schools, however their codes are cased."""
    codes = {code.casefold() for code in schools}
    found = await session.execute(
        select(SchoolRow.code, MembershipRow.person_id, MembershipRow.roles)
        .join(SchoolRow, SchoolRow.id == MembershipRow.school_id)
        .where(MembershipRow.roles != "")
    )
    lines = sorted(f"{code} {person} {roles}" for code, person, roles in found if code.casefold() in codes)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


async def known(session: AsyncSession) -> dict[str, Known]:
    """Return everybody on record, by object id: an address belongs to one of them, whichever school they are at."""
    found = await session.execute(
        select(PersonRow.id, PersonRow.aad_object_id, PersonRow.email, PersonRow.display_name)
    )
    return {row[1]: Known(*row) for row in found}


async def write(
    session: AsyncSession,
    *,
    changes: Sequence[Change],
    accounts: Mapping[str, Account],
    people: Mapping[str, Known],
    new_schools: Collection[str],
    actor: str,
    now: datetime,
) -> None:
    """Make these changes, and bring names and addresses up to date; a line a school in the audit log.

    `accounts` are everybody who has a seat, with the address that is settled as theirs; `people` who is on record.
    """
    session.add_all(SchoolRow(code=code, name=code) for code in sorted(new_schools))
    await _correct(session, [(people[one], accounts[one]) for one in sorted(accounts.keys() & people.keys())])
    for one in sorted(accounts.keys() - people.keys()):
        session.add(PersonRow(aad_object_id=one, email=accounts[one].email, display_name=accounts[one].name))
    await session.flush()
    numbers = {person.object_id: person.id for person in (await known(session)).values()}
    schools = {code: number for number, code in await session.execute(select(SchoolRow.id, SchoolRow.code))}
    there = select(MembershipRow).where(MembershipRow.school_id.in_({schools[each.school] for each in changes}))
    held_by = {(row.person_id, row.school_id): row for row in await session.scalars(there)}
    told: dict[str, list[list[Any]]] = {}
    for change in changes:
        person, school = numbers[change.object_id], schools[change.school]
        row = held_by.get((person, school))
        if row is None:
            session.add(MembershipRow(person_id=person, school_id=school, roles=roles_text(change.after)))
        else:
            row.roles = roles_text(change.after)
        before, after = roles_text(change.before), roles_text(change.after)
        told.setdefault(change.school, []).append([person, before, after])
    await session.flush()
    for code, lines in sorted(told.items()):
        await audit.record(
            session,
            actor,
            "staff.synced",
            f"school/{code}",
            {"people": lines},  # each: person's number, roles before, roles after
            now=now,
            school_id=schools[code],
        )


async def _correct(session: AsyncSession, pairs: Sequence[tuple[Known, Account]]) -> None:
    """Give people their new names and addresses; in two steps, as one may get an address that another just left."""
    moved = [(person, account) for person, account in pairs if person.email != account.email]
    renamed = [(person, account) for person, account in pairs if person.name != account.name]
    rows = await _rows(session, {person.id for person, _ in (*moved, *renamed)})
    for person, _ in moved:
        rows[person.id].email = f"moving-{person.id}"
    await session.flush()
    for person, account in moved:
        rows[person.id].email = account.email
    for person, account in renamed:
        rows[person.id].display_name = account.name
    await session.flush()


async def _rows(session: AsyncSession, numbers: Collection[int]) -> dict[int, PersonRow]:
    wanted, rows = sorted(numbers), dict[int, PersonRow]()
    for first in range(0, len(wanted), _MOST):
        some = select(PersonRow).where(PersonRow.id.in_(wanted[first : first + _MOST]))
        rows |= {row.id: row for row in await session.scalars(some)}
    return rows
