"""Who is at the table of a case: everybody with a seat, and everybody whom its cards name (domain 8)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from policy.breach.case import Breach
from policy.breach.seats import LINES, Seat, beyond, seated
from policy.roles import Role
from storage import people, schools
from storage.people import Person

_WORKPLACE_BY: Final = timedelta(minutes=15)  # then the heads of the first school are told, whatever was confirmed


@dataclass(frozen=True, slots=True)
class Table:
    """A case's people."""

    school_id: int
    school: str
    seats: Mapping[int, frozenset[Seat]]  # by person, in the order in which they are told
    known: Mapping[int, Person]
    holders: Mapping[Role, tuple[int, ...]]
    looks_on: frozenset[int] = frozenset()  # brought in for a DPO who is silent: they see all, and decide nothing

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

    def acts_from(self, person: int) -> frozenset[Seat]:
        """Return the seats that a person acts from: whoever was brought in for a silent DPO is not the DPO."""
        seats = self.seats.get(person, frozenset())
        return seats - {Seat.DPO} if person in self.looks_on else seats

    def sitting(self, seat: Seat) -> tuple[Person, ...]:
        """Return who sits there."""
        return tuple(self.known[person] for person, seats in self.seats.items() if seat in seats)

    def after(self, breach: Breach, *, told: Collection[int]) -> tuple[Person, ...]:
        """Return who comes next for the DPO's seat: the deputy, then the head (contract 5)."""
        following = beyond(LINES[Seat.DPO], self.holders, breach.concerned, told=told)
        return tuple(self.known[person] for person in following)


async def table_of(session: AsyncSession, breach: Breach, *, now: datetime) -> Table:
    """Seat the case."""
    staff = await people.at_school(session, breach.school_id)
    school = await schools.by_id(session, breach.school_id)
    known = {person.id: person for person in staff}
    for gone in breach.people - known.keys():
        if (found := await people.by_id(session, gone)) is not None:
            known[gone] = found
    holders: dict[Role, tuple[int, ...]] = {}
    for person in staff:
        for role in sorted(person.roles_at(breach.school_id)):
            holders[role] = (*holders.get(role, ()), person.id)
    seats: dict[int, frozenset[Seat]] = {}
    looks_on = frozenset[int]()
    for seat in _taken(breach, now):
        sitting = seated(LINES[seat], holders, breach.concerned)
        if seat is Seat.DPO:  # whoever was brought in for somebody silent or out of reach keeps the case
            brought_in = tuple(one for one in breach.stand_ins if one not in {*breach.concerned, *sitting})
            looks_on = frozenset(brought_in) if set(sitting) - breach.unreached else frozenset()
            sitting = (*sitting, *brought_in)
        for person_id in sitting:
            seats[person_id] = seats.get(person_id, frozenset()) | {seat}
    name = "" if school is None else school.name
    return Table(breach.school_id, name, seats, known, holders, looks_on)


def _taken(breach: Breach, now: datetime) -> tuple[Seat, ...]:
    confirmed = not breach.workplace_open or now - breach.opened_at >= _WORKPLACE_BY
    return (
        Seat.DPO,
        *((Seat.LEADER,) if confirmed else ()),
        *((Seat.DSL,) if breach.child_at_risk else ()),
        *((Seat.IT,) if breach.involves_it else ()),
    )
