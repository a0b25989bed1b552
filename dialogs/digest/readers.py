"""Who gets a school's digest: its heads, its DPO, and the governors where something passes a head by (domain 9)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from policy.roles import Role
from storage import people
from storage.people import Person

HEADS: Final = (Role.HEADTEACHER, Role.ACADEMY_LEADER)  # whoever is first in the line that anybody holds

_POSTS: Final = frozenset({*HEADS, Role.DPO})


@dataclass(frozen=True, slots=True)
class Readers:
    """One school's readers."""

    heads: tuple[Person, ...] = ()  # academy leaders where there is no head
    dpos: tuple[Person, ...] = ()
    governors: tuple[Person, ...] = ()
    leads: tuple[Person, ...] = ()  # for safeguarding: they get no digest, and are named where it says who is on duty

    def concerned_in(self, school_id: int, concerned: frozenset[int]) -> frozenset[int]:
        """Return whom a case concerns, and with them the readers to whom one of those lent the post they read by."""
        every = (*self.heads, *self.dpos, *self.governors)
        return concerned | {one.id for one in every if one.stands_for(school_id, concerned, _POSTS)}

    @property
    def head_ids(self) -> frozenset[int]:
        """The heads' numbers."""
        return frozenset(head.id for head in self.heads)


async def readers_of(session: AsyncSession, school_ids: Collection[int]) -> dict[int, Readers]:
    """Return the readers of each of these schools."""
    found: dict[tuple[int, Role], list[Person]] = {}
    for person in await people.holding_any(session, (*HEADS, Role.DPO, Role.GOVERNOR, Role.DSL)):
        for there in person.memberships:
            for role in there.roles:
                found.setdefault((there.school_id, role), []).append(person)
    return {school: _of(school, found) for school in school_ids}


def _of(school: int, found: Mapping[tuple[int, Role], Sequence[Person]]) -> Readers:
    heads = next((found[school, role] for role in HEADS if (school, role) in found), ())
    dpos, governors = found.get((school, Role.DPO), ()), found.get((school, Role.GOVERNOR), ())
    return Readers(tuple(heads), tuple(dpos), tuple(governors), tuple(found.get((school, Role.DSL), ())))
