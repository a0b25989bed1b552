"""The people who may use the bot, and what they are at which school. Roles come from here and nowhere else."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, ForeignKey, Row, Select, String, bindparam, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column

from policy.handing_over import may_stand_in
from policy.roles import Role
from storage import handovers
from storage.database import Base, Id, UtcDateTime
from storage.handovers import Handover, HandoverRow
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
    roles: frozenset[Role]  # lent ones among them
    loans: frozenset[tuple[Role, int]] = frozenset()  # those lent to them for the moment, each with whose it is

    @property
    def lent(self) -> frozenset[Role]:
        """Those of the roles that somebody lent them for the moment."""
        return frozenset(role for role, _ in self.loans)

    def roles_but(self, concerned: Collection[int]) -> frozenset[Role]:
        """Return the roles, less those that nobody lent them but people who are `concerned`."""
        return (self.roles - self.lent) | {role for role, giver in self.loans if giver not in concerned}


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

    def lent_at(self, school_id: int) -> frozenset[Role]:
        """Return those of the roles there that somebody lent this person for the moment."""
        return frozenset[Role]().union(*(own.lent for own in self.memberships if own.school_id == school_id))

    def roles_for(self, school_id: int, concerned: Collection[int]) -> frozenset[Role]:
        """Return what this person is in a case of that school: nobody it concerns chooses who judges it (domain 8).

        A post counts for nothing there where whoever lent it is one of the `concerned`.
        """
        here = (own for own in self.memberships if own.school_id == school_id)
        return frozenset[Role]().union(*(own.roles_but(concerned) for own in here))

    def stands_for(self, school_id: int, concerned: Collection[int], posts: Collection[Role]) -> bool:
        """Whether this person has one of these posts there from nobody but people whom a case concerns."""
        wanted = frozenset(posts)
        has, has_in_it = self.roles_at(school_id) & wanted, self.roles_for(school_id, concerned) & wanted
        return bool(has) and not has_in_it


def roles_of(stored: str) -> frozenset[Role]:
    """Read the stored form; a role that this version does not know gives no right."""
    return frozenset(_ROLES[name] for name in stored.split(";") if name in _ROLES)


def roles_text(roles: Iterable[Role]) -> str:
    """Write the stored form."""
    return ";".join(sorted(roles))


_ROLES: Final = {role.value: role for role in Role}
LENT_AT: Final = "lent_at"  # the parameter of every statement that reads roles: the session's moment
_AT: Final = bindparam(LENT_AT, type_=UtcDateTime())
_GIVER: Final = aliased(MembershipRow)
_LASTS: Final = (
    (HandoverRow.begins_at <= _AT)
    & (HandoverRow.ends_at > _AT)
    & handovers.giver_holds(_GIVER.roles, _GIVER.person_id, _GIVER.school_id)
)
# What is lent to somebody at a school ("dpo:7;dsl:9", with whose it is), beside their own roles in every row: the one
# place where a post is lent.
LENT: Final = (
    select(func.aggregate_strings(HandoverRow.role + ":" + cast(HandoverRow.giver_id, String), ";"))
    .where(HandoverRow.deputy_id == PersonRow.id, HandoverRow.school_id == SchoolRow.id, _LASTS)
    .correlate(PersonRow, SchoolRow)
    .scalar_subquery()
)
_PEOPLE: Final[Select[*tuple[Any, ...]]] = (
    select(
        PersonRow.id,
        PersonRow.aad_object_id,
        PersonRow.email,
        PersonRow.display_name,
        SchoolRow.id,
        SchoolRow.code,
        MembershipRow.roles,
        LENT,
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


async def hold(session: AsyncSession, person_id: int) -> None:
    """Keep whoever else would do so for this person waiting until the transaction ends; foreign keys do not wait."""
    await session.execute(select(PersonRow.id).where(PersonRow.id == person_id).with_for_update(key_share=True))


async def holding(session: AsyncSession, school_id: int, role: Role) -> tuple[Person, ...]:
    """Return everybody who has that role at that school now, lent or their own, by name."""
    own = select(MembershipRow.person_id).where(MembershipRow.school_id == school_id, _holds(role))
    lent = select(HandoverRow.deputy_id).where(
        HandoverRow.school_id == school_id, HandoverRow.role == role.value, _LASTS
    )
    found = await _several(session, or_(PersonRow.id.in_(own), PersonRow.id.in_(lent)))
    return tuple(person for person in found if role in person.roles_at(school_id))


async def holding_any(session: AsyncSession, roles: Iterable[Role]) -> tuple[Person, ...]:
    """Return everybody who has one of these roles at any school now, lent or their own, by name."""
    wanted = frozenset(roles)
    own = select(MembershipRow.person_id).where(or_(*map(_holds, sorted(wanted))))
    lent = select(HandoverRow.deputy_id).where(HandoverRow.role.in_(sorted(wanted)), _LASTS)
    found = await _several(session, or_(PersonRow.id.in_(own), PersonRow.id.in_(lent)))
    return tuple(person for person in found if any(each.roles & wanted for each in person.memberships))


async def at_school(session: AsyncSession, school_id: int) -> tuple[Person, ...]:
    """Return everybody who is anything at that school now, by name."""
    there = select(MembershipRow.person_id).where(MembershipRow.school_id == school_id, MembershipRow.roles != "")
    return await _several(session, PersonRow.id.in_(there))


async def with_posts(session: AsyncSession, school_id: int, *, named: Collection[int] = ()) -> tuple[Person, ...]:
    """Return who is more at that school than staff, and `named` people wherever they are now, by name."""
    there = select(MembershipRow.person_id).where(
        MembershipRow.school_id == school_id, MembershipRow.roles.not_in(("", Role.STAFF.value))
    )
    lent = select(HandoverRow.deputy_id).where(HandoverRow.school_id == school_id, _LASTS)
    wanted = or_(PersonRow.id.in_(there), PersonRow.id.in_(lent), PersonRow.id.in_(sorted(named)))
    return await _several(session, wanted)


async def with_ids(session: AsyncSession, ids: Collection[int]) -> tuple[Person, ...]:
    """Return these people, by name; whoever is not there is left out."""
    return await _several(session, PersonRow.id.in_(sorted(ids)))


async def standing(session: AsyncSession, lent: Collection[Handover]) -> tuple[Handover, ...]:
    """Return those of these that count: the giver has the post, and the deputy may have it, as things are today."""
    both = {one.giver_id for one in lent} | {one.deputy_id for one in lent}
    known = {one.id: one for one in await with_ids(session, both)} if both else {}

    def counts(one: Handover) -> bool:
        giver, deputy = known.get(one.giver_id), known.get(one.deputy_id)
        if giver is None or deputy is None:
            return False
        own = {each.school_id: each.roles - each.lent for each in deputy.memberships}
        here, anywhere = own.get(one.school_id, frozenset[Role]()), frozenset[Role]().union(*own.values())
        has_it = one.role in giver.roles_at(one.school_id) - giver.lent_at(one.school_id)
        return has_it and may_stand_in(one.role, here=here, anywhere=anywhere)

    return tuple(one for one in lent if counts(one))


async def named(session: AsyncSession, ids: Collection[int]) -> dict[int, str]:
    """Return the names of these people, by number."""
    found = await session.execute(select(PersonRow.id, PersonRow.display_name).where(PersonRow.id.in_(ids)))
    return {row[0]: row[1] for row in found}


def holders(found: Iterable[Person], school_id: int, concerned: Collection[int] = ()) -> dict[Role, tuple[int, ...]]:
    """Return who of these holds which post at a school, in a case that concerns some (see `Person.roles_for`)."""
    held: dict[Role, tuple[int, ...]] = {}
    for one in found:
        for role in sorted(one.roles_for(school_id, concerned)):
            held[role] = (*held.get(role, ()), one.id)
    return held


def _holds(role: Role) -> ColumnElement[bool]:
    return (";" + MembershipRow.roles + ";").contains(f";{role.value};", autoescape=True)


async def _several(session: AsyncSession, condition: ColumnElement[bool]) -> tuple[Person, ...]:
    found = await session.execute(_PEOPLE.where(condition), {LENT_AT: handovers.moment(session)})
    return tuple(person(tuple(rows)) for _, rows in groupby(found.all(), key=lambda row: row[0]))


async def _one(session: AsyncSession, condition: ColumnElement[bool]) -> Person | None:
    rows = (await session.execute(_PEOPLE.where(condition), {LENT_AT: handovers.moment(session)})).all()
    return person(rows) if rows else None


def person(rows: Sequence[Row[*tuple[Any, ...]]]) -> Person:
    """Fold one person's rows, a school each, into a value. Nobody is lent a post that they may not hold."""
    number, aad_object_id, email, display_name = rows[0][:4]
    held = [(row[4], row[5], roles_of(row[6]), row[7]) for row in rows if row[6]]
    anywhere = frozenset[Role]().union(*(own for _, _, own, _ in held))
    memberships = []
    for school_id, code, own, said in held:
        loans = frozenset(
            (post, giver) for post, giver in _loans(said or "") if may_stand_in(post, here=own, anywhere=anywhere)
        )
        if own:
            memberships.append(Membership(school_id, code, own | {post for post, _ in loans}, loans))
    return Person(number, aad_object_id, email, display_name, tuple(memberships))


def _loans(said: str) -> Iterator[tuple[Role, int]]:
    for each in filter(None, said.split(";")):
        role, _, giver = each.partition(":")
        if role in _ROLES:
            yield _ROLES[role], int(giver)
