"""What lies ahead at one school, as one reader may know it: whatever they would not be shown in chat is not here."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import at_table as breach_table
from dialogs.breach import case_file as breach_file
from dialogs.planning import case_file as plan_file
from dialogs.request import at_table as request_table
from dialogs.request import case_file as request_file
from dialogs.thought import local_day
from policy.agenda import Entry, guarded, of_breach, of_plan, of_policies, of_request, of_terms
from policy.clocks.local_time import london
from policy.clocks.working_days import Division
from policy.handing_over import NAMES
from policy.roles import Role
from storage import cases, handovers, people, policies, schools
from storage.cases import CaseKind
from storage.handovers import Handover
from storage.people import Person
from storage.schools import School

_LEADS: Final = frozenset({Role.HEADTEACHER, Role.ACADEMY_LEADER})
_OPEN_PLANS: Final = frozenset({Role.DATA_LEAD, Role.DSL, Role.DEPUTY_DSL, Role.HEADTEACHER})


async def may_read(session: AsyncSession, person: Person, school: School) -> bool:
    """Whether somebody has a calendar of a school: its DPO and its head, or the academy leader where there is none."""
    is_dpo = Role.DPO in person.roles_at(school.id)
    return is_dpo or await request_table.has_overview(session, person, school.id)


async def entries(session: AsyncSession, person: Person, school: School, *, now: datetime) -> tuple[Entry, ...]:
    """Return every entry of a school that this person may know, however far ahead."""
    today = local_day(now)
    terms = [(one.starts_on, one.ends_on) for one in await schools.terms(session, school.id)]
    lent = await people.standing(session, await handovers.at_schools(session, (school.id,)))
    names = await people.named(session, {one.deputy_id for one in lent})
    found = [one async for one in _cases(session, person, school, now=now)]
    for plan in await plan_file.open_at(session, school.id):
        opens = not person.roles_at(school.id).isdisjoint(_OPEN_PLANS)
        found += of_plan(plan, school=school.name, opens=opens, today=today)
    stated = [
        (document, version.review)
        for document, version in (await policies.in_force(session, school.id)).items()
        if version.review is not None
    ]
    found += of_policies(stated, school=school.name, today=today)
    found += of_terms(terms, school=school.name)
    found = [guarded(one, terms, on_duty=_on_duty(lent, names, one)) for one in found]
    found += [one for each in lent for one in _handed_over(each, names, school, now=now)]
    return tuple(replace(one, uid=f"{school.code}/{one.uid}") for one in found)


async def _cases(session: AsyncSession, person: Person, school: School, *, now: datetime) -> AsyncIterator[Entry]:
    for case in await cases.at_schools(session, [school.id], CaseKind.BREACH, only_open=True):
        breach = await breach_file.read(session, case.number)
        if breach is not None and person.id in (await breach_table.table_of(session, breach, now=now)).seats:
            for one in of_breach(breach, school=school.name, now=now):
                yield one
    division = Division(school.division)
    for case in await cases.at_schools(session, [school.id], CaseKind.REQUEST, only_open=True):
        request = await request_file.read(session, case.number)
        if request is None:
            continue
        at_table = await request_table.table_of(session, request)
        if not request_table.sees_dates(at_table, person.id):
            continue
        decides, today = request_table.decides(at_table, person.id), local_day(now)
        for one in of_request(request, school=school.name, division=division, today=today, decides=decides):
            yield one


def _on_duty(lent: tuple[Handover, ...], names: dict[int, str], entry: Entry) -> str:
    """Name who stands in for the DPO or the head on that day."""
    return ", ".join(
        dict.fromkeys(
            names[one.deputy_id]
            for one in lent
            if one.role in {Role.DPO, *_LEADS} and _covers(one, entry) and one.deputy_id in names
        )
    )


def _covers(lent: Handover, entry: Entry) -> bool:
    return london(lent.begins_at).date() <= entry.on < london(lent.ends_at).date()


def _handed_over(lent: Handover, names: dict[int, str], school: School, *, now: datetime) -> Iterator[Entry]:
    """Give the first day and the end of a handover that is not over."""
    if lent.ends_at <= now or lent.ends_at <= lent.begins_at:
        return
    who, uid = names.get(lent.deputy_id, "A deputy"), f"handover/{lent.id}"
    words = f"{who} stands in as {NAMES[lent.role]}"
    yield Entry(f"{uid}/begins", london(lent.begins_at).date(), f"{words}: first day", school.name)
    yield Entry(f"{uid}/ends", london(lent.ends_at).date(), f"{words}: it is over", school.name)
