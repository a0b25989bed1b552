"""The week's facts of many schools, in the same few statements however many: what the rules then count."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.desk import Desk
from dialogs.digest.duty import lent, on_duty
from dialogs.digest.readers import Readers
from dialogs.digest.trending import trends
from dialogs.incident.case_file import of as incident_of
from policy.breach import case as breaches
from policy.breach import events as of_breach
from policy.calendar import academic_year
from policy.clocks.answering_time import ask_after
from policy.clocks.local_time import london
from policy.clocks.working_days import Division
from policy.digest.occasion import WEEK, midnight
from policy.digest.season import Duty, season, term_before, term_began
from policy.digest.seen import Some, breach_seen, incident_seen, plan_seen, request_seen
from policy.digest.teams import team_of
from policy.digest.week import BotWeek, ConsentWeek, PeopleWeek, SchoolWeek
from policy.digest.work import NO_QUESTIONS
from policy.documents.school_text import KNOWN, Stated
from policy.incident.case import Incident
from policy.packs import Pack, SchoolRules
from policy.planning.plan import Event as PlanEvent
from policy.planning.plan import Happened as PlanHappened
from policy.planning.plan import of as plan_of
from policy.request import events as of_request
from policy.request.case import Request
from policy.request.history import of as request_of
from storage import cases
from storage.cases import CaseKind, Entry
from storage.people import roles_of
from storage.schools import School
from storage.term import active
from storage.week import Rows, Span, cases_of, rows_of

_DOCUMENTS: Final = {
    Pack.PHOTO: "photography",
    Pack.ONLINE: "online-safety",
    Pack.DP: "data-protection",
}
_WITHOUT_TERMS: Final = timedelta(days=91)  # a quarter stands for the term where none is known
Events = Mapping[int, tuple[Entry, ...]]
_Case: TypeAlias = breaches.Breach | Request | Incident


@dataclass(frozen=True, slots=True)
class Gathered:
    """Each school's week, by the school's number; `broken` says why there is none of the others."""

    weeks: Mapping[int, SchoolWeek]
    broken: tuple[Exception, ...] = ()


@dataclass(frozen=True, slots=True)
class _Told:
    """What had happened to each case by the moment that is looked at, and all that has happened since too."""

    then: Events
    since: Events


async def gather(
    session: AsyncSession, desk: Desk, schools: Sequence[School], *, staff: Mapping[int, Readers], now: datetime
) -> Gathered:
    """Read each school's week up to now, or as it was at a moment gone by. What cannot be added up holds up no other.

    `staff` are each school's readers, who are on duty as well.
    """
    lasting = frozenset(school.id for school in schools if desk.rules_at(school).forms_last)
    span = _span(now, forms_last=lasting)
    found = await rows_of(session, [school.id for school in schools], span)
    told = await _told(session, found, now)
    terms = {school: _terms(span.today, rows) for school, rows in found.items()}
    by_day: dict[date, list[int]] = {}
    for number, (_, day) in terms.items():
        by_day.setdefault(day, []).append(number)
    counted = await active(session, [(midnight(day), ids) for day, ids in by_day.items()], now)
    trend = await trends(session, terms, staff, until=now)
    stand_ins = await lent(session, list(found), now=now)
    for number, rows in found.items():
        rows.active = counted.get(number, Counter())

    def whole(school: School) -> SchoolWeek:
        rows = found[school.id]
        line = _line(school, rows, told, staff[school.id], now=now)
        duty = Duty(on_duty(staff[school.id]), stand_ins.get(school.id, ()))
        more = replace(line, trend=trend[school.id], season=season(span.today, rows.terms, duty))
        return _whole(more, desk.rules_at(school), school, rows, began=terms[school.id][1])

    return _each(schools, whole)


async def gather_lines(
    session: AsyncSession, schools: Sequence[School], *, staff: Mapping[int, Readers], now: datetime
) -> Gathered:
    """Read what a line about each of many schools needs: cases and questions that wait, and nothing of consent."""
    found = await cases_of(session, [school.id for school in schools], _span(now))
    told = await _told(session, found, now)
    return _each(schools, lambda school: _line(school, found[school.id], told, staff[school.id], now=now))


def _span(now: datetime, *, forms_last: frozenset[int] = frozenset()) -> Span:
    today = london(now).date()
    return Span(now - WEEK, now, today, academic_year(today), forms_last)


def _each(schools: Sequence[School], read: Callable[[School], SchoolWeek]) -> Gathered:
    weeks, broken = {}, []
    for school in schools:
        try:
            weeks[school.id] = read(school)
        except Exception as error:  # noqa: BLE001  whatever a case of theirs breaks, it is not the other schools'
            broken.append(error)
    return Gathered(weeks, tuple(broken))


async def _told(session: AsyncSession, found: Mapping[int, Rows], until: datetime) -> _Told:
    numbers = [number for rows in found.values() for kind in rows.cases.values() for number in kind]
    told = await cases.events_of(session, numbers) if numbers else {}
    then = {number: tuple(one for one in entries if one.at <= until) for number, entries in told.items()}
    return _Told(then, told)


def _whole(line: SchoolWeek, rules: SchoolRules, school: School, rows: Rows, *, began: date) -> SchoolWeek:
    asked = {intent: count for intent, count in rows.asked.items() if intent not in NO_QUESTIONS}
    late = 0 if line.bot is None else line.bot.escalations_late
    return replace(
        line,
        permission_rules=rows.permission_rules,
        in_force=rows.in_force,
        undeleted=rows.undeleted,
        consent=ConsentWeek(
            rows.outstanding, rows.changed, school.list_as_of, rules.list_stale_after_days, forms_last=rules.forms_last
        ),
        bot=BotWeek(asked, rows.unanswered, late, rows.unhelpful, rows.undeliverable),
        people=PeopleWeek(rows.staff.total(), rows.active.total(), began, _teams(rows)),
        policies=_policies(rules, rows),
    )


def _teams(rows: Rows) -> dict[str, tuple[int, int]]:
    """Count (active, staff) by team."""
    teams: dict[str, tuple[int, int]] = {}
    for roles, count in rows.staff.items():
        team = team_of(roles_of(roles))
        active, staff = teams.get(team, (0, 0))
        teams[team] = (active + rows.active[roles], staff + count)
    return teams


def _line(school: School, rows: Rows, told: _Told, readers: Readers, *, now: datetime) -> SchoolWeek:
    since, today, division = now - WEEK, london(now).date(), Division(school.division)
    late = sum(ask_after(opened, division=division) < now for opened in rows.escalations)
    of, then = rows.cases, told.then

    def seen(each: Iterable[Some | None], read: Callable[[int, School, Events], _Case]) -> tuple[Some, ...]:
        return tuple(replace(one, concerned=part_of(one, read)) for one in each if one is not None)

    def part_of(one: Some, read: Callable[[int, School, Events], _Case]) -> frozenset[int]:
        """Whoever had a part in it then, and whoever has one now: no week gone by tells them of it (domain 8)."""
        went_on = len(told.since[one.number]) > len(then[one.number])
        now_too = read(one.number, school, told.since).concerned if went_on else frozenset()
        return readers.concerned_in(school.id, one.concerned | now_too)

    return SchoolWeek(
        school=school.name,
        today=today,
        code=school.code,
        breaches=seen(
            (breach_seen(_breach(n, school, then), since=since, now=now) for n in of.get(CaseKind.BREACH, ())), _breach
        ),
        requests=seen(
            (
                request_seen(_request(n, school, then), division=division, since=since)
                for n in of.get(CaseKind.REQUEST, ())
            ),
            _request,
        ),
        incidents=seen(
            (incident_seen(_incident(n, school, then), since=since) for n in of.get(CaseKind.INCIDENT, ())), _incident
        ),
        plans=tuple(
            plan_seen(plan_of(n, school.id, rows.reporters[n], _plan(then[n])), today=today)
            for n in of.get(CaseKind.PLAN, ())
        ),
        permissions=tuple(rows.permissions),
        bot=BotWeek({}, 0, late, 0, 0),
    )


def _breach(number: int, school: School, told: Events) -> breaches.Breach:
    events = (of_breach.Event(of_breach.Happened(one.kind), one.at, one.actor, one.data) for one in told[number])
    return breaches.of(number, school.id, events)


def _request(number: int, school: School, told: Events) -> Request:
    events = (of_request.Event(of_request.Happened(one.kind), one.at, one.actor, one.data) for one in told[number])
    return request_of(number, school.id, events)


def _incident(number: int, school: School, told: Events) -> Incident:
    return incident_of(number, school.id, told[number])


def _plan(entries: tuple[Entry, ...]) -> Iterable[PlanEvent]:
    return (PlanEvent(PlanHappened(one.kind), one.at, one.actor, one.data) for one in entries)


def _terms(today: date, rows: Rows) -> tuple[date, date]:
    """Return the first days of the term before and of this one."""
    began = term_began(today, rows.terms) or today - _WITHOUT_TERMS
    return term_before(began, rows.terms) or began - _WITHOUT_TERMS, began


def _policies(rules: SchoolRules, rows: Rows) -> tuple[tuple[str, Stated], ...]:
    """Return what each policy in force states of its review: the school's own version, else the policy itself (C16)."""
    stated: dict[str, Stated | None] = {
        name: KNOWN.get(name) for pack, name in _DOCUMENTS.items() if pack in rules.packs
    }
    for document, review in rows.reviews.items():
        stated[document] = Stated(*review) if review else None
    return tuple((document, review) for document, review in stated.items() if review is not None)
