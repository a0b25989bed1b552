"""The table of a case: who sits where, and who is brought in for somebody silent or out of reach (domain 8)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.casework.staff import Staff, staff_of
from policy.breach.seats import LINES, Line, Seat, beyond, seated
from policy.roles import Role
from storage.people import Person


class Case(Protocol):
    """What seating a case looks at; all of them are people's ids."""

    @property
    def concerned(self) -> frozenset[int]:
        """Whose elevated view of it is suspended."""

    @property
    def stand_ins(self) -> tuple[int, ...]:
        """Who was brought in for the DPO's seat."""

    @property
    def unreached(self) -> frozenset[int]:
        """Whom Teams does not deliver to."""


@dataclass(frozen=True, slots=True)
class Table:
    """A case's people."""

    staff: Staff
    seats: Mapping[int, frozenset[Seat]]  # by person, in the order in which they are told
    looks_on: frozenset[int] = frozenset()  # brought in for a DPO who is silent: they see, and decide nothing
    concerned: frozenset[int] = frozenset()

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

    def signed(self, person: int | None, at: datetime) -> str:
        """Return who did something then, and for whom."""
        return self.staff.signed(person, at)

    def roles_of(self, person: int) -> frozenset[Role]:
        """Return what a person is at the case's school: what whoever it concerns has lent them counts for nothing."""
        return self.staff.roles_of(person, self.concerned)

    def acts_from(self, person: int) -> frozenset[Seat]:
        """Return the seats that a person acts from: whoever was brought in for a silent DPO is not the DPO."""
        seats = self.seats.get(person, frozenset())
        return seats - {Seat.DPO} if person in self.looks_on else seats

    def sitting(self, seat: Seat) -> tuple[Person, ...]:
        """Return who sits there."""
        return tuple(self.known[person] for person, seats in self.seats.items() if seat in seats)

    def after(self, case: Case, *, told: Collection[int]) -> tuple[Person, ...]:
        """Return who comes next for the DPO's seat: the deputy, then the head (contract 5)."""
        holders = self.staff.holders_for(case.concerned)
        following = beyond(LINES[Seat.DPO], holders, case.concerned, told=told)
        return tuple(self.known[person] for person in following)


async def with_everybody(session: AsyncSession, at_table: Table, *, named: Collection[int]) -> Table:
    """Read the whole staff into a table, for a step that may be about anybody at the school."""
    return replace(at_table, staff=await staff_of(session, at_table.staff.school_id, named=named))


def seat(case: Case, staff: Staff, taken: Iterable[Seat], lines: Mapping[Seat, Line] = LINES) -> Table:
    """Seat a case at the seats that it has. Whoever it concerns has no seat, and has lent none (domain 8)."""
    holders = staff.holders_for(case.concerned)
    seats: dict[int, frozenset[Seat]] = {}
    looks_on = frozenset[int]()
    for one in taken:
        sitting = seated(lines[one], holders, case.concerned)
        if one is Seat.DPO:  # whoever was brought in for somebody silent or out of reach keeps the case
            theirs = staff.ever_deputies(case.concerned, {role for step in lines[one] for role in step})
            brought_in = tuple(who for who in case.stand_ins if who not in {*case.concerned, *sitting, *theirs})
            looks_on = frozenset(brought_in) if set(sitting) - case.unreached else frozenset()
            sitting = (*sitting, *brought_in)
        for person in sitting:
            seats[person] = seats.get(person, frozenset()) | {one}
    return Table(staff, seats, looks_on, case.concerned)
