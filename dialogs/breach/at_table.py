"""Who is at the table of a case: everybody with a seat, and everybody whom its cards name (domain 8)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.casework.staff import Staff, staff_of
from policy.breach.case import Breach
from policy.breach.seats import LINES, Seat, beyond, seated
from policy.roles import Role
from storage.people import Person

_WORKPLACE_BY: Final = timedelta(minutes=15)  # then the heads of the first school are told, whatever was confirmed


@dataclass(frozen=True, slots=True)
class Table:
    """A case's people."""

    staff: Staff
    seats: Mapping[int, frozenset[Seat]]  # by person, in the order in which they are told
    looks_on: frozenset[int] = frozenset()  # brought in for a DPO who is silent: they see all, and decide nothing

    @property
    def school(self) -> str:
        """The school's name."""
        return self.staff.school

    @property
    def known(self) -> Mapping[int, Person]:
        """Everybody by id."""
        return self.staff.known

    def name(self, person: int | None) -> str:
        """Return a name; the bot's own doing has one too."""
        return self.staff.name(person)

    def roles_of(self, person: int) -> frozenset[Role]:
        """Return what a person is at the case's school."""
        return self.staff.roles_of(person)

    def acts_from(self, person: int) -> frozenset[Seat]:
        """Return the seats that a person acts from: whoever was brought in for a silent DPO is not the DPO."""
        seats = self.seats.get(person, frozenset())
        return seats - {Seat.DPO} if person in self.looks_on else seats

    def sitting(self, seat: Seat) -> tuple[Person, ...]:
        """Return who sits there."""
        return tuple(self.known[person] for person, seats in self.seats.items() if seat in seats)

    def after(self, breach: Breach, *, told: Collection[int]) -> tuple[Person, ...]:
        """Return who comes next for the DPO's seat: the deputy, then the head (contract 5)."""
        following = beyond(LINES[Seat.DPO], self.staff.holders, breach.concerned, told=told)
        return tuple(self.known[person] for person in following)


async def table_of(session: AsyncSession, breach: Breach, *, now: datetime) -> Table:
    """Seat the case."""
    staff = await staff_of(session, breach.school_id, named=breach.people)
    seats: dict[int, frozenset[Seat]] = {}
    looks_on = frozenset[int]()
    for seat in _taken(breach, now):
        sitting = seated(LINES[seat], staff.holders, breach.concerned)
        if seat is Seat.DPO:  # whoever was brought in for somebody silent or out of reach keeps the case
            brought_in = tuple(one for one in breach.stand_ins if one not in {*breach.concerned, *sitting})
            looks_on = frozenset(brought_in) if set(sitting) - breach.unreached else frozenset()
            sitting = (*sitting, *brought_in)
        for person_id in sitting:
            seats[person_id] = seats.get(person_id, frozenset()) | {seat}
    return Table(staff, seats, looks_on)


def _taken(breach: Breach, now: datetime) -> tuple[Seat, ...]:
    confirmed = not breach.workplace_open or now - breach.opened_at >= _WORKPLACE_BY
    return (
        Seat.DPO,
        *((Seat.LEADER,) if confirmed else ()),
        *((Seat.DSL,) if breach.child_at_risk else ()),
        *((Seat.IT,) if breach.involves_it else ()),
    )
