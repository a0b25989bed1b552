"""What somebody can lend, and to whom: their own posts, to colleagues who may lawfully hold them (domain 8)."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.known import Known
from policy.handing_over import POSTS, may_stand_in
from policy.roles import Role
from policy.spelling import parts
from storage import people
from storage.people import Person
from storage.schools import School


@dataclass(frozen=True, slots=True)
class Seat:
    """One post at one school."""

    role: Role
    school: School


def own_posts(known: Known) -> tuple[Seat, ...]:
    """Return what somebody can lend: what is their own, never what was lent to them."""
    by_school = {one.school_id: one for one in known.person.memberships}
    return tuple(
        Seat(role, school)
        for school in known.schools
        for role in POSTS
        if school.id in by_school and role in by_school[school.id].roles - by_school[school.id].lent
    )


async def colleagues(session: AsyncSession, known: Known, posts: Iterable[Seat]) -> dict[int, Person]:
    """Return everybody who may stand in for somebody in one of their posts at least, by name."""
    found: dict[int, Person] = {}
    seats = tuple(posts)
    for school in dict.fromkeys(seat.school for seat in seats):
        for person in await people.with_posts(session, school.id):
            if person.id != known.person.id and lendable(seats, person):
                found[person.id] = person
    return dict(sorted(found.items(), key=lambda each: each[1].display_name))


def lendable(posts: Iterable[Seat], to: Person) -> tuple[Seat, ...]:
    """Return the posts in which that colleague may stand in, by their own roles."""
    own = {one.school_id: one.roles - one.lent for one in to.memberships}
    anywhere = frozenset[Role]().union(*own.values())
    return tuple(
        seat for seat in posts if may_stand_in(seat.role, here=own.get(seat.school.id, frozenset()), anywhere=anywhere)
    )


def called(found: Iterable[Person], name: str) -> Person | None:
    """Return the one colleague of that name, of part of it or of that address; None where none or several are."""
    everybody, wanted = tuple(found), parts(name)
    if not wanted:
        return None
    same = [one for one in everybody if name.strip().casefold() == one.email or parts(one.display_name) == wanted]
    some = same or [one for one in everybody if set(wanted) <= set(parts(one.display_name))]
    return some[0] if len(some) == 1 else None
