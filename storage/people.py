"""The people who may use the bot, and what they are at which school. Roles come from here and nowhere else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, ForeignKey, Row, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from policy.roles import Role
from storage.database import Base, Id
from storage.schools import SchoolRow


class PersonRow(Base):
    """A member of staff, known by the object id that Entra signs."""

    __tablename__ = "people"
    id: Mapped[Id]
    aad_object_id: Mapped[str] = mapped_column(unique=True)  # lower case
    email: Mapped[str] = mapped_column(unique=True)  # lower case
    display_name: Mapped[str]


class MembershipRow(Base):
    """What a person is at a school; no roles: they left, and may do nothing there."""

    __tablename__ = "memberships"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), primary_key=True, index=True)
    roles: Mapped[str]  # "dsl;headteacher", in that order


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's roles at one school."""

    school_id: int
    school_code: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the bot knows."""

    id: int
    aad_object_id: str
    email: str
    display_name: str
    memberships: tuple[Membership, ...]  # by school code; none for somebody who left

    def roles_at(self, school_id: int) -> frozenset[Role]:
        """Return what this person is at a school; nothing at a school not theirs."""
        return frozenset[Role]().union(*(own.roles for own in self.memberships if own.school_id == school_id))


def roles_of(stored: str) -> frozenset[Role]:
    """Read the stored form; a role that this version does not know gives no right."""
    return frozenset(_ROLES[name] for name in stored.split(";") if name in _ROLES)


def roles_text(roles: Iterable[Role]) -> str:
    """Write the stored form."""
    return ";".join(sorted(roles))


_ROLES: Final = {role.value: role for role in Role}
_PEOPLE: Final[Select[*tuple[Any, ...]]] = (
    select(
        PersonRow.id,
        PersonRow.aad_object_id,
        PersonRow.email,
        PersonRow.display_name,
        SchoolRow.id,
        SchoolRow.code,
        MembershipRow.roles,
    )
    .outerjoin(MembershipRow, MembershipRow.person_id == PersonRow.id)
    .outerjoin(SchoolRow, SchoolRow.id == MembershipRow.school_id)
    .order_by(PersonRow.display_name, PersonRow.id, SchoolRow.code)
)


async def by_aad(session: AsyncSession, aad_object_id: str) -> Person | None:
    """Return the person whom Entra knows by that object id."""
    return await _one(session, PersonRow.aad_object_id == aad_object_id.lower())


async def by_email(session: AsyncSession, email: str) -> Person | None:
    """Return the person with that address, however it is cased."""
    return await _one(session, PersonRow.email == email.strip().lower())


async def by_id(session: AsyncSession, person_id: int) -> Person | None:
    """Return the person with that number of ours."""
    return await _one(session, PersonRow.id == person_id)


async def holding(session: AsyncSession, school_id: int, role: Role) -> tuple[Person, ...]:
    """Return everybody who has that role at that school, by name."""
    of_role = select(MembershipRow.person_id).where(
        MembershipRow.school_id == school_id,
        (";" + MembershipRow.roles + ";").contains(f";{role.value};", autoescape=True),
    )
    found = await session.execute(_PEOPLE.where(PersonRow.id.in_(of_role)))
    return tuple(person(tuple(rows)) for _, rows in groupby(found.all(), key=lambda row: row[0]))


async def holding_any(session: AsyncSession, roles: Iterable[Role]) -> tuple[Person, ...]:
    """Return everybody who has one of these roles at any school, by name."""
    held = [(";" + MembershipRow.roles + ";").contains(f";{role.value};", autoescape=True) for role in roles]
    of_roles = select(MembershipRow.person_id).where(or_(*held))
    found = await session.execute(_PEOPLE.where(PersonRow.id.in_(of_roles)))
    return tuple(person(tuple(rows)) for _, rows in groupby(found.all(), key=lambda row: row[0]))


async def at_school(session: AsyncSession, school_id: int) -> tuple[Person, ...]:
    """Return everybody who is anything at that school now, by name."""
    there = select(MembershipRow.person_id).where(MembershipRow.school_id == school_id, MembershipRow.roles != "")
    found = await session.execute(_PEOPLE.where(PersonRow.id.in_(there)))
    return tuple(person(tuple(rows)) for _, rows in groupby(found.all(), key=lambda row: row[0]))


async def _one(session: AsyncSession, condition: ColumnElement[bool]) -> Person | None:
    rows = (await session.execute(_PEOPLE.where(condition))).all()
    return person(rows) if rows else None


def person(rows: Sequence[Row[*tuple[Any, ...]]]) -> Person:
    """Fold one person's rows, a school each, into a value."""
    number, aad_object_id, email, display_name = rows[0][:4]
    held = ((row[4], row[5], roles_of(row[6])) for row in rows if row[6])
    return Person(number, aad_object_id, email, display_name, tuple(Membership(*each) for each in held if each[2]))
