"""The incidents of a school that somebody may see: for the register, and for whoever asks which are open."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.my_cases import MyCase
from dialogs.cards.verbs import Verb
from dialogs.incident import case_file
from dialogs.incident.at_table import seated, table_of
from dialogs.incident.words import STATUSES
from policy.incident.case import Incident
from policy.incident.status import status_of
from policy.incident.steps import may_see
from storage import cases, people, schools
from storage.cases import CaseKind
from storage.people import Person

_SOME_DAY: Final = datetime.max.replace(tzinfo=UTC)  # somebody is on it, and no hour is set


async def mine(session: AsyncSession, person: int, school_ids: Collection[int]) -> list[tuple[datetime, MyCase]]:
    """Return the open incidents that somebody has, those first that nobody is on; no names, no words."""
    everywhere = [school.id for school in await schools.schools(session)]  # also where it may have been elsewhere
    found = await cases.at_schools(session, everywhere, CaseKind.INCIDENT, only_open=True)
    told = await cases.events_of(session, [case.number for case in found])
    theirs = []
    for case in found:
        incident = case_file.of(case.number, case.school_id, told[case.number])
        if {incident.school_id, *incident.elsewhere}.isdisjoint(school_ids):
            continue
        at_table = await table_of(session, incident)
        if person in at_table.seats:
            school = "School not said yet" if incident.elsewhere else at_table.school
            line = f"{school}: an online-safety incident, {STATUSES[status_of(incident)]}."
            at = _SOME_DAY if incident.seen_at else incident.opened_at
            theirs.append((at, MyCase(incident.number, line, Verb.INCIDENT_SHOW)))
    return theirs


async def visible(session: AsyncSession, person: Person, school_id: int) -> tuple[Incident, ...]:
    """Return a school's incidents, by number, but for those that this person may not see (domain 8)."""
    found = await cases.at_schools(session, [school_id], CaseKind.INCIDENT)
    told = await cases.events_of(session, [case.number for case in found])
    staff = await people.with_posts(session, school_id)
    seen = []
    for case in found:
        incident = case_file.of(case.number, case.school_id, told[case.number])
        roles = person.roles_for(school_id, incident.concerned)
        if may_see(incident, person=person.id, roles=roles, seats=seated(incident, staff, school_id)):
            seen.append(incident)
    return tuple(seen)
