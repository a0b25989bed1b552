"""Who has an incident: everybody with a seat in it, and everybody whom its cards name (domain 5, domain 8)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

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
    holders: tuple[Mapping[Role, tuple[int, ...]], ...]  # of each school at which it may have been

    def name(self, person: int | None) -> str:
        """Return a name; the bot's own doing has one too."""
        if person is None:
            return "Ask DPO"
        known = self.known.get(person)
        return "somebody who left" if known is None else known.display_name

    def after(self, incident: Incident, *, told: Collection[int]) -> tuple[Person, ...]:
        """Return who comes next in line."""
        lines = (next_in_line(incident, holders, told=told) for holders in self.holders)
        return tuple(self.known[person] for person in dict.fromkeys(chain.from_iterable(lines)))


async def table_of(session: AsyncSession, incident: Incident) -> Table:
    """Seat the case: at each of the reporter's schools, until they have said at which it was."""
    known: dict[int, Person] = {}
    holders: list[dict[Role, tuple[int, ...]]] = []
    for school_id in (incident.school_id, *incident.elsewhere):
        staff = await people.with_posts(session, school_id, named=incident.people)
        known |= {person.id: person for person in staff}
        holders.append(holders_of(staff, school_id))
    school = await schools.by_id(session, incident.school_id)
    seats: dict[int, frozenset[Seat]] = {}
    for held in holders:
        for person_id, sits in seats_of(incident, held).items():
            if person_id in known:
                seats[person_id] = seats.get(person_id, frozenset()) | sits
    name = "not said yet" if incident.elsewhere or school is None else school.name
    return Table(name, seats, known, tuple(holders))


async def whom_it_names(
    session: AsyncSession, school_ids: Iterable[int], text: str, *, reporter: int
) -> tuple[int, ...]:
    """Return the ids of colleagues whom a report seems to be about. The words themselves go no further."""
    about: set[int] = set()
    for school_id in school_ids:
        staff = await people.at_school(session, school_id)
        names = {person.id: person.display_name for person in staff}
        about |= seems_about(text, names=names, holders=holders_of(staff, school_id))
    return tuple(sorted(about - {reporter}))


def holders_of(staff: Collection[Person], school_id: int) -> dict[Role, tuple[int, ...]]:
    """Return who holds which post at a school."""
    holders: dict[Role, tuple[int, ...]] = {}
    for person in staff:
        for role in sorted(person.roles_at(school_id)):
            holders[role] = (*holders.get(role, ()), person.id)
    return holders
