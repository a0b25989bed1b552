"""The cases that somebody may see, searched: who sits at each table is settled before a word of it is compared.

A case that concerns the reader is not at their table, so it is not found, and its words cost no time that they could
measure.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach.at_table import seated as breach_table
from dialogs.breach.words import STATUSES as OF_A_BREACH
from dialogs.cards.search import Result
from dialogs.cards.verbs import Verb
from dialogs.casework.staff import Staff, posts_of
from dialogs.incident import listing
from dialogs.incident.words import STATUSES as OF_AN_INCIDENT
from dialogs.known import Known
from dialogs.planning import case_file as plans
from dialogs.request.at_table import decides, sees_dates
from dialogs.request.at_table import seated as request_table
from dialogs.request.words import STATUSES as OF_A_REQUEST
from policy.breach import case as breaches
from policy.breach import events as of_breaches
from policy.breach.status import status_of as breach_status
from policy.event_plan import WORDS as OF_A_PLAN
from policy.incident.kinds import TITLES
from policy.incident.status import status_of as incident_status
from policy.request import events as of_requests
from policy.request import history as requests
from policy.request.status import status_of as request_status
from policy.roles import Role
from policy.sought import Search
from storage import cases
from storage.cases import CaseKind, Entry

_MOST: Final = 300  # cases of a kind at a school that are looked through, the newest; older ones by number
_LOOK_AT_PLANS: Final = frozenset({Role.DATA_LEAD, Role.HEADTEACHER, Role.DSL, Role.DEPUTY_DSL})  # PHOTO-5.2


async def found(session: AsyncSession, known: Known, search: Search, *, now: datetime) -> list[Result]:
    """Return them, newest first."""
    told: list[tuple[int, Result]] = []
    for school in known.schools:
        staff = await posts_of(session, school.id, named=())
        told += await _breaches(session, known, staff, search, now=now)
        told += await _requests(session, known, staff, search)
        told += await _incidents(session, known, staff, search)
        told += await _plans(session, known, staff, search)
    return [result for _, result in sorted(told, key=lambda pair: pair[0], reverse=True)]


async def _breaches(
    session: AsyncSession, known: Known, staff: Staff, search: Search, *, now: datetime
) -> list[tuple[int, Result]]:
    results = []
    for number, entries in (await _files(session, staff.school_id, CaseKind.BREACH, search)).items():
        happened = (of_breaches.Event(of_breaches.Happened(e.kind), e.at, e.actor, e.data) for e in entries)
        breach = breaches.of(number, staff.school_id, happened)
        if known.person.id not in breach_table(breach, staff, now=now).seats:
            continue
        what = f"Case {number}, a suspected breach at {staff.school}: {OF_A_BREACH[breach_status(breach)]}."
        told = [breach.words, *(message.text for message in breach.said), *_strings(breach.form_a or {})]
        if search.finds([what, *told], number=number):
            results.append((number, Result(what, opens=Verb.BREACH_SHOW, data={"case": number})))
    return results


async def _requests(session: AsyncSession, known: Known, staff: Staff, search: Search) -> list[tuple[int, Result]]:
    results = []
    for number, entries in (await _files(session, staff.school_id, CaseKind.REQUEST, search)).items():
        happened = (of_requests.Event(of_requests.Happened(e.kind), e.at, e.actor, e.data) for e in entries)
        request = requests.of(number, staff.school_id, happened)
        at_table = request_table(request, staff)
        if not sees_dates(at_table, known.person.id):
            continue
        what = f"Case {number}, a request for data at {staff.school}: {OF_A_REQUEST[request_status(request)]}."
        details = request.details
        inside = (details.words, details.requester, details.about, *(each.text for each in request.said))
        told = inside if decides(at_table, known.person.id) else ()  # the dates, and no content (domain 8)
        if search.finds([what, *told], number=number):
            results.append((number, Result(what, opens=Verb.REQUEST_SHOW, data={"case": number})))
    return results


async def _incidents(session: AsyncSession, known: Known, staff: Staff, search: Search) -> list[tuple[int, Result]]:
    results = []
    for incident in await listing.visible(session, known.person, staff.school_id):
        number, title = incident.number, TITLES[incident.kind]
        what = f"Case {number}, {title[:1].lower()}{title[1:]}, at {staff.school}: "
        what += f"{OF_AN_INCIDENT[incident_status(incident)]}."
        told = [] if incident.is_illegal else list(_strings(incident.facts))
        if search.finds([what, *told], number=number):
            results.append((number, Result(what, opens=Verb.INCIDENT_SHOW, data={"case": number})))
    return results


async def _plans(session: AsyncSession, known: Known, staff: Staff, search: Search) -> list[tuple[int, Result]]:
    looks = not known.person.roles_at(staff.school_id).isdisjoint(_LOOK_AT_PLANS)
    results = []
    for plan in await plans.open_at(session, staff.school_id):
        if plan.owner != known.person.id and not looks:
            continue
        what = f"Case {plan.number}, an event plan at {staff.school}: {OF_A_PLAN[plan.state]}."
        if search.finds([what, plan.title, *plan.classes], number=plan.number):
            results.append((plan.number, Result(what, plan.title, Verb.PLAN_SHOW, {"plan": plan.number})))
    return results


async def _files(
    session: AsyncSession, school_id: int, kind: CaseKind, search: Search
) -> Mapping[int, tuple[Entry, ...]]:
    """Return the events of the newest cases of a kind at a school, and of an older one whose number is searched for."""
    numbers = [case.number for case in await cases.at_schools(session, (school_id,), kind)]
    wanted = {word for word in search.words if word.isdecimal()}
    looked: Collection[int] = {*numbers[-_MOST:], *(number for number in numbers if str(number) in wanted)}
    return await cases.events_of(session, looked) if looked else {}


def _strings(value: Any) -> Iterable[str]:  # noqa: ANN401  what was filled in is JSON
    match value:
        case str():
            yield value
        case dict() | Mapping():
            for each in value.values():
                yield from _strings(each)
        case list() | tuple():
            for each in value:
                yield from _strings(each)
        case _:
            return
