"""The people of a case: whoever holds a post at the school, and everybody else whom the case names."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from policy.clocks.working_days import Division
from policy.roles import Role
from storage import handovers, people, schools
from storage.handovers import Handover
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Staff:
    """A school's people, and who else is named."""

    school_id: int
    school: str
    division: Division
    known: Mapping[int, Person]
    holders: Mapping[Role, tuple[int, ...]]
    lent: tuple[Handover, ...] = ()  # every time that a post of the school was lent

    def name(self, person: int | None) -> str:
        """Return a name; the bot's own doing has one too."""
        if person is None:
            return "Ask DPO"
        known = self.known.get(person)
        return "somebody who left" if known is None else known.display_name

    def signed(self, person: int | None, at: datetime) -> str:
        """Return who did something then, and for whom, where they stood in for somebody."""
        return acted_for(self.lent, self.name, person, at)

    def holders_for(self, concerned: Collection[int]) -> dict[Role, tuple[int, ...]]:
        """Return who holds which post in a case: what whoever is concerned in it has lent counts for nothing."""
        return people.holders(self.known.values(), self.school_id, concerned)

    def ever_deputies(self, concerned: Collection[int], roles: Collection[Role]) -> frozenset[int]:
        """Return whom the concerned ever lent one of these posts, unless they have one of them without that."""
        lent = {one.deputy_id for one in self.lent if one.giver_id in concerned and one.role in roles}
        holders = self.holders_for(concerned)
        return frozenset(lent.difference(*(holders.get(role, ()) for role in roles)))

    def roles_of(self, person: int, concerned: Collection[int]) -> frozenset[Role]:
        """Return what a person is in a case of the school (see `Person.roles_for`)."""
        known = self.known.get(person)
        return frozenset() if known is None else known.roles_for(self.school_id, concerned)


async def posts_of(session: AsyncSession, school_id: int, *, named: Collection[int]) -> Staff:
    """Read who holds a post at a school; `named` are people whom the case names, wherever they are now."""
    return await _staff(session, school_id, await people.with_posts(session, school_id, named=named))


async def staff_of(session: AsyncSession, school_id: int, *, named: Collection[int]) -> Staff:
    """Read everybody at a school, as seldom as can be: there are hundreds."""
    everybody = await people.at_school(session, school_id)
    away = set(named) - {person.id for person in everybody}
    others = await people.with_ids(session, away) if away else ()
    return await _staff(session, school_id, (*everybody, *others))


def acted_for(lent: Iterable[Handover], name: Callable[[int | None], str], person: int | None, at: datetime) -> str:
    """Name who did something, and for whom."""
    givers = {one.giver_id: None for one in lent if one.deputy_id == person and one.lasts(at)}
    return name(person) + (f" (for {', '.join(map(name, givers))})" if givers else "")


async def _staff(session: AsyncSession, school_id: int, found: Iterable[Person]) -> Staff:
    school = await schools.by_id(session, school_id)
    lent = await handovers.at_schools(session, (school_id,))
    known = {person.id: person for person in found}
    holders = people.holders(known.values(), school_id)
    name = "" if school is None else school.name
    division = Division.ENGLAND_AND_WALES if school is None else Division(school.division)
    return Staff(school_id, name, division, known, holders, lent)
