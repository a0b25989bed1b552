"""Who has an incident: everybody with a seat in it, and everybody whom its cards name (domain 5, domain 8)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from sqlalchemy.ext.asyncio import AsyncSession

from policy.incident.case import Incident
from policy.incident.concerned import seems_about
from policy.incident.seats import LINES, ROUTES, Seat, next_in_line, seats_of
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
    seats: dict[int, frozenset[Seat]] = {}
    for school_id in (incident.school_id, *incident.elsewhere):
        staff = await people.with_posts(session, school_id, named=incident.people)
        known |= {person.id: person for person in staff}
        holders.append(people.holders(staff, school_id, incident.concerned))
        for person_id, sits in seated(incident, staff, school_id).items():
            if person_id in known:
                seats[person_id] = seats.get(person_id, frozenset()) | sits
    school = await schools.by_id(session, incident.school_id)
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
        about |= seems_about(text, names=names, holders=people.holders(staff, school_id))
    return tuple(sorted(about - {reporter}))


def seated(incident: Incident, staff: Collection[Person], school_id: int) -> dict[int, frozenset[Seat]]:
    """Seat a case at one school. Whoever it concerns has no seat, and has lent none (domain 8)."""
    holders = people.holders(staff, school_id, incident.concerned)
    seats = seats_of(incident, holders)
    posts = {role for seat in ROUTES[incident.kind] for step in LINES[seat] for role in step}
    lost = {one.id for one in staff if one.stands_for(school_id, incident.concerned, posts)}  # once brought in by it
    return {person: sits for person, sits in seats.items() if person not in lost}
