"""The incidents of a school that somebody may see: for the register, and for whoever asks which are open."""

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.incident import case_file
from dialogs.incident.at_table import seated
from policy.incident.case import Incident
from policy.incident.steps import may_see
from storage import cases, people
from storage.cases import CaseKind
from storage.people import Person


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
