"""The people of a case: the school's staff by their posts, and everybody else whom the case names."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from policy.clocks.working_days import Division
from policy.roles import Role
from storage import people, schools
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Staff:
    """A school's staff, and who else is named."""

    school_id: int
    school: str
    division: Division
    known: Mapping[int, Person]
    holders: Mapping[Role, tuple[int, ...]]

    def name(self, person: int | None) -> str:
        """Return a name; the bot's own doing has one too."""
        if person is None:
            return "Ask DPO"
        known = self.known.get(person)
        return "somebody who left" if known is None else known.display_name

    def roles_of(self, person: int) -> frozenset[Role]:
        """Return what a person is at the case's school."""
        known = self.known.get(person)
        return frozenset() if known is None else known.roles_at(self.school_id)


async def staff_of(session: AsyncSession, school_id: int, *, named: Collection[int]) -> Staff:
    """Read who is what at a school; `named` are people whom the case names, wherever they are now."""
    staff = await people.at_school(session, school_id)
    school = await schools.by_id(session, school_id)
    known = {person.id: person for person in staff}
    for gone in sorted(set(named) - known.keys()):
        if (found := await people.by_id(session, gone)) is not None:
            known[gone] = found
    holders: dict[Role, tuple[int, ...]] = {}
    for person in staff:
        for role in sorted(person.roles_at(school_id)):
            holders[role] = (*holders.get(role, ()), person.id)
    name = "" if school is None else school.name
    division = Division.ENGLAND_AND_WALES if school is None else Division(school.division)
    return Staff(school_id, name, division, known, holders)
