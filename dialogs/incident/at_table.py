"""Who has an incident: everybody with a seat in it, and everybody whom its cards name (domain 5, domain 8)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from policy.incident.case import Incident
from policy.incident.concerned import seems_about
from policy.incident.seats import Seat, next_in_line, seats_of
from policy.roles import Role
from storage import people, schools
from storage.people import Person


@dataclass(frozen=True, slots=True)
class Table:
    """A case's people."""

    school: str
    seats: Mapping[int, frozenset[Seat]]  # by person, in the order in which they are told
    known: Mapping[int, Person]
    holders: Mapping[Role, tuple[int, ...]]

    def name(self, person: int | None) -> str:
        """Return a name; the bot's own doing has one too."""
        if person is None:
            return "Ask DPO"
        known = self.known.get(person)
        return "somebody who left" if known is None else known.display_name

    def after(self, incident: Incident, *, told: Collection[int]) -> tuple[Person, ...]:
        """Return who comes next in line."""
        return tuple(self.known[person] for person in next_in_line(incident, self.holders, told=told))


async def table_of(session: AsyncSession, incident: Incident) -> Table:
    """Seat the case."""
    staff = await people.at_school(session, incident.school_id)
    school = await schools.by_id(session, incident.school_id)
    known = {person.id: person for person in staff}
    for gone in incident.people - known.keys():
        if (found := await people.by_id(session, gone)) is not None:
            known[gone] = found
    holders = _holders(staff, incident.school_id)
    seats = {person: held for person, held in seats_of(incident, holders).items() if person in known}
    return Table("" if school is None else school.name, seats, known, holders)


async def whom_it_names(session: AsyncSession, school_id: int, text: str, *, reporter: int) -> tuple[int, ...]:
    """Return the ids of colleagues whom a report seems to be about. The words themselves go no further."""
    staff = await people.at_school(session, school_id)
    names = {person.id: person.display_name for person in staff}
    about = seems_about(text, names=names, holders=_holders(staff, school_id))
    return tuple(sorted(about - {reporter}))


def _holders(staff: Collection[Person], school_id: int) -> dict[Role, tuple[int, ...]]:
    holders: dict[Role, tuple[int, ...]] = {}
    for person in staff:
        for role in sorted(person.roles_at(school_id)):
            holders[role] = (*holders.get(role, ()), person.id)
    return holders
