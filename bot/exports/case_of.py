"""One breach for an export: read with its events and names, for somebody whom the case's own rules let have it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NotTheirs
from bot.exports.who import Names, name, when
from dialogs.breach.at_table import table_of
from dialogs.breach.showing import may
from dialogs.casework.staff import acted_for
from policy.breach.case import Breach, of
from policy.breach.events import Event, Happened
from policy.breach.refusals import refusal
from policy.breach.steps import Step
from storage import cases, handovers, people, schools
from storage.cases import CaseKind, Entry
from storage.handovers import Handover
from storage.pupils import in_lots
from storage.schools import School


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A breach, what happened to it in order, and how to name whom it mentions. `by` makes the export, at `made_at`."""

    breach: Breach
    events: tuple[Event, ...]
    school: School
    schools: Mapping[int, str]
    names: Names
    emails: Mapping[int, str]
    by: str
    made_at: datetime
    lent: tuple[Handover, ...] = ()

    @property
    def footer(self) -> str:
        """The line under every page."""
        return f"Case {self.breach.number}, {self.school.name}. Written by Ask DPO for {self.by}, {when(self.made_at)}."

    def name(self, person: int | None) -> str:
        """Name a person."""
        return name(self.names, person)

    def signed(self, person: int | None, at: datetime) -> str:
        """Name who did something then, and for whom, where they stood in for somebody."""
        return acted_for(self.lent, self.name, person, at)


async def case_of(session: AsyncSession, asked: Asked) -> CaseFile | NotTheirs:
    """Open the case for whoever may export it (domain 8); what is not there, or elsewhere, is not theirs either."""
    found = await cases.by_number(session, asked.number or 0)
    if found is None or found.kind is not CaseKind.BREACH or found.school_id != asked.school.id:
        return NotTheirs()
    events = told(await cases.events(session, found.number))
    breach = of(found.number, found.school_id, events)
    at_table = await table_of(session, breach, now=asked.now)
    if not may(breach, Step.EXPORT, at_table, person=asked.who.id, now=asked.now):  # as in chat
        return NotTheirs()
    lent = await handovers.at_schools(session, (breach.school_id,))
    known = await people.with_ids(session, mentioned(events) | {one.giver_id for one in lent})
    return CaseFile(
        breach=breach,
        events=events,
        school=asked.school,
        schools={school.id: school.name for school in await schools.schools(session)},
        names={person.id: person.display_name for person in known},
        emails={person.id: person.email for person in known},
        by=asked.who.display_name,
        made_at=asked.now,
        lent=lent,
    )


async def breaches_of(session: AsyncSession, schools_of: Mapping[int, int]) -> list[Breach]:
    """Return these cases, each number with its school's, in their order."""
    found: list[Breach] = []
    for some in in_lots(tuple(schools_of)):
        events = await cases.events_of(session, some)
        found += [of(number, schools_of[number], told(events[number])) for number in some]
    return found


def is_open_to(breach: Breach, asked: Asked) -> bool:
    """Whether whoever asks may know of a case: not of one in which they have a part themselves (domain 8)."""
    seen = refusal(breach, Step.SEE, by=asked.who.id, roles=asked.roles, now=asked.now) is None
    return seen and not asked.has_part(breach.concerned)


def told(entries: Iterable[Entry]) -> tuple[Event, ...]:
    """Read stored events."""
    return tuple(Event(Happened(one.kind), one.at, one.actor, one.data) for one in entries)


def mentioned(events: Iterable[Event]) -> frozenset[int]:
    """Return everybody whom events name: who did it, who was given a task, a part or a review."""
    ids: set[int] = set()
    for event in events:
        said = (event.actor, *(event.data.get(key) for key in ("person", "owner")))
        ids |= {int(one) for one in said if isinstance(one, int) or (isinstance(one, str) and one.isdecimal())}
    return frozenset(ids)
