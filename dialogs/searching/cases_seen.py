"""The cases that somebody may see, searched: who sits at each table is settled before a word of it is compared.

A case that concerns the reader is not at their table, so it is not found, and its words cost no time that they could
measure.
"""

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach.at_table import seated as breach_table
from dialogs.breach.showing import sees_all
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
from policy.incident.kinds import TITLES
from policy.incident.status import status_of as incident_status
from policy.planning.plan import WORDS as OF_A_PLAN
from policy.request import events as of_requests
from policy.request import history as requests
from policy.request.status import status_of as request_status
from policy.roles import Role
from policy.sought import Search
from storage import cases
from storage.cases import CaseKind, Entry

_MOST: Final = 300  # cases of a kind at a school that are looked through, the newest; older ones by number
_LOOK_AT_PLANS: Final = frozenset({Role.DATA_LEAD, Role.HEADTEACHER, Role.DSL, Role.DEPUTY_DSL})  # PHOTO-5.2
_NEVER_SIT: Final = frozenset({Role.STAFF, Role.OFFICE, Role.GOVERNOR, Role.WEB_EDITOR})  # at no table (domain 8)

Files = Mapping[int, tuple[Entry, ...]]  # a case's events, by its number


async def found(session: AsyncSession, known: Known, search: Search, *, now: datetime) -> list[Result]:
    """Return them, newest first."""
    told = await _plans(session, known, search)
    theirs = [each.id for each in known.schools if known.person.roles_at(each.id) - _NEVER_SIT]
    if theirs:
        breaches_at = await _files(session, theirs, CaseKind.BREACH, search)
        requests_at = await _files(session, theirs, CaseKind.REQUEST, search)
        for school in sorted(breaches_at.keys() | requests_at.keys()):
            await asyncio.sleep(0)  # a trust has forty: whoever talks to the bot meanwhile is answered in between
            staff = await posts_of(session, school, named=())
            told += _breaches(breaches_at.get(school, {}), known, staff, search, now=now)
            told += _requests(requests_at.get(school, {}), known, staff, search)
        told += await _incidents(session, known, theirs, search)
    return [result for _, result in sorted(told, key=lambda pair: pair[0], reverse=True)]


def _breaches(
    files: Files, known: Known, staff: Staff, search: Search, *, now: datetime
) -> Iterator[tuple[int, Result]]:
    for number, entries in files.items():
        happened = (of_breaches.Event(of_breaches.Happened(e.kind), e.at, e.actor, e.data) for e in entries)
        breach = breaches.of(number, staff.school_id, happened)
        at_table = breach_table(breach, staff, now=now)
        if known.person.id not in at_table.seats:
            continue
        what = f"Case {number}, a suspected breach at {staff.school}: {OF_A_BREACH[breach_status(breach)]}."
        told = [breach.words]
        if sees_all(at_table, known.person.id):  # what the card shows is searched, and no word more (domain 8)
            told += [*(message.text for message in breach.said), *_strings(breach.form_a or {})]
        if search.finds([what, *told], number=number):
            yield number, Result(what, opens=Verb.BREACH_SHOW, data={"case": number})


def _requests(files: Files, known: Known, staff: Staff, search: Search) -> Iterator[tuple[int, Result]]:
    for number, entries in files.items():
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
            yield number, Result(what, opens=Verb.REQUEST_SHOW, data={"case": number})


async def _incidents(
    session: AsyncSession, known: Known, school_ids: Collection[int], search: Search
) -> list[tuple[int, Result]]:
    names = {school.id: school.name for school in known.schools}
    results = []
    for school in await _with_cases(session, school_ids, CaseKind.INCIDENT):
        for incident in await listing.visible(session, known.person, school):
            number, title = incident.number, TITLES[incident.kind]
            what = f"Case {number}, {title[:1].lower()}{title[1:]}, at {names[school]}: "
            what += f"{OF_AN_INCIDENT[incident_status(incident)]}."
            told = [] if incident.is_illegal else list(_strings(incident.facts))
            if search.finds([what, *told], number=number):
                results.append((number, Result(what, opens=Verb.INCIDENT_SHOW, data={"case": number})))
    return results


async def _plans(session: AsyncSession, known: Known, search: Search) -> list[tuple[int, Result]]:
    names = {school.id: school.name for school in known.schools}
    results = []
    for school in await _with_cases(session, names, CaseKind.PLAN):
        looks = not known.person.roles_at(school).isdisjoint(_LOOK_AT_PLANS)
        for plan in await plans.open_at(session, school):
            if plan.owner != known.person.id and not looks:
                continue
            what = f"Case {plan.number}, an event plan at {names[school]}: {OF_A_PLAN[plan.state]}."
            if search.finds([what, plan.title, *plan.classes], number=plan.number):
                results.append((plan.number, Result(what, plan.title, Verb.PLAN_SHOW, {"plan": plan.number})))
    return results


async def _with_cases(session: AsyncSession, school_ids: Collection[int], kind: CaseKind) -> list[int]:
    """Return the schools that have any, so that a DPO of forty asks no more than there is."""
    return sorted({case.school_id for case in await cases.at_schools(session, school_ids, kind)})


async def _files(
    session: AsyncSession, school_ids: Collection[int], kind: CaseKind, search: Search
) -> dict[int, dict[int, tuple[Entry, ...]]]:
    """Return the newest cases of a kind by school, and an older one whose number is searched for."""
    numbers: dict[int, list[int]] = {}
    for case in await cases.at_schools(session, school_ids, kind):
        numbers.setdefault(case.school_id, []).append(case.number)
    wanted = {word for word in search.words if word.isdecimal()}
    looked = {
        number
        for there in numbers.values()
        for number in (*there[-_MOST:], *(each for each in there if str(each) in wanted))
    }
    told = await cases.events_of(session, looked) if looked else {}
    return {school: {number: told[number] for number in there if number in told} for school, there in numbers.items()}


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
