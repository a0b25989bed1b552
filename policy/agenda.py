"""What the next days hold for whoever answers for a school: days and hours alone, never a name or a reason (domain 8).

Each has a name of its own that stays as long as what it is about: a calendar that is written again updates its entries.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from policy.breach.case import Breach
from policy.breach.milestones import Track, planned
from policy.breach.status import ico_says, runs
from policy.calendar import long_date
from policy.clocks.breach import breach_clock
from policy.clocks.local_time import london
from policy.clocks.refusal import RefusedDatesError
from policy.clocks.school_days import Term
from policy.clocks.working_days import Division
from policy.documents.school_text import Stated, name_of
from policy.planning.plan import Plan, State
from policy.request.case import Request
from policy.request.dates import Dates, Runs, dates_of
from policy.request.kinds import RequestKind
from policy.request.search import due_on

AHEAD: Final = timedelta(days=30)
_OFF_THE_CAMERA: Final = timedelta(days=7)  # PHOTO-8.2
_BREACH_WORDS: Final = {
    Track.OTHERS: "another organisation is to be told",  # BREACH-3.4
    Track.OUTSTANDING: "what Form B still lacks was to be known",  # BREACH-5.4
    Track.REVIEW: "review due",  # BREACH-6.1
}


class Opens(StrEnum):
    """What an entry's button opens."""

    BREACH = "breach"
    REQUEST = "request"
    PLAN = "plan"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One day, or with `at` one hour."""

    uid: str  # what it is about, at which school: the same whenever it is worked out
    on: date
    words: str
    school: str
    at: datetime | None = None
    opens: Opens = Opens.NOTHING
    number: int = 0
    is_late: bool = False  # it should have been done by now


def of_breach(breach: Breach, *, school: str, now: datetime) -> Iterator[Entry]:
    """Give the hour by which the regulator is told, and what a decision started."""
    name = f"breach/{breach.number}"
    if runs(breach) and ico_says(breach) is not False and breach.ico_sent_at is None:
        by = breach_clock(breach.t0, max(now, breach.t0)).ico_by
        words = f"Case {breach.number}, breach: the 72 hours end"  # BREACH-3.3
        yield Entry(f"{name}/ico", london(by).date(), words, school, by, Opens.BREACH, breach.number, by <= now)
    last = {one.line: one for one in planned(breach, now) if one.track in _BREACH_WORDS}
    for one in last.values():
        timed = one.due if one.track is Track.OTHERS else None
        words = f"Case {breach.number}, breach: {_BREACH_WORDS[one.track]}"
        uid = f"{name}/{one.track.value}{f'/{_mark(one.about)}' if one.about else ''}"
        on, is_late = london(one.due).date(), one.due <= now
        yield Entry(uid, on, words, school, timed, Opens.BREACH, breach.number, is_late)


def of_request(request: Request, *, school: str, division: Division, today: date, decides: bool) -> Iterator[Entry]:
    """Give the days of a request that waits for its answer; the last day in law and the tasks for the DPO alone."""
    if not request.is_running:
        return
    try:
        dates = dates_of(request, division=division)
    except RefusedDatesError:
        return
    what = f"Case {request.number}, {'complaint' if request.kind is RequestKind.COMPLAINT else 'request for data'}"
    days = _days(request, dates)
    if decides and dates.outer_due is not None and dates.outer_due != dates.due and dates.runs is Runs.RUNNING:
        days.append(("law", dates.outer_due, "the last day in law"))
    if decides:
        open_tasks = [one for one in request.tasks if one.done_at is None]
        days += [(f"task/{one.number}", due_on(one), "a search or task is due") for one in open_tasks]
    for key, on, words in days:
        uid = f"request/{request.number}/{key}"
        yield Entry(uid, on, f"{what}: {words}", school, None, Opens.REQUEST, request.number, on < today)


def of_plan(plan: Plan, *, school: str, opens: bool, today: date) -> Iterator[Entry]:
    """Give a photo event's day, and the last one for the pictures to be off the camera; not what it is called."""
    what, way = f"Photo event, plan {plan.number}", Opens.PLAN if opens else Opens.NOTHING
    if plan.is_ahead:
        yield Entry(f"plan/{plan.number}/day", plan.on, f"{what}: the day itself", school, None, way, plan.number)
    if plan.state is not State.CLEARED and plan.state is not State.OFF:
        by = plan.on + _OFF_THE_CAMERA
        words = f"{what}: the pictures are off the camera by now"
        yield Entry(f"plan/{plan.number}/camera", by, words, school, None, way, plan.number, by < today)


def of_policies(stated: Iterable[tuple[str, Stated]], *, school: str, today: date) -> Iterator[Entry]:
    """Give the day by which each policy document says that it is reviewed (C16)."""
    for document, review in stated:
        words = f"{name_of(document).capitalize()}: review due"
        yield Entry(f"policy/{document}", review.due, words, school, is_late=review.due < today)


def of_terms(terms: Sequence[Term], *, school: str) -> Iterator[Entry]:
    """Give the days on which school starts and ends: clocks run through the holidays."""
    for first, last in terms:
        yield Entry(f"term/{first}/starts", first, "School starts", school)
        yield Entry(f"term/{first}/ends", last, "Last day of school", school)


def guarded(entry: Entry, terms: Sequence[Term], *, on_duty: str) -> Entry:
    """Add who is on duty where a case's day falls into the holidays. `on_duty` is empty where nobody was named."""
    if entry.opens not in {Opens.BREACH, Opens.REQUEST} or not _is_holiday(entry.on, terms):
        return entry
    asked = f"on duty: {on_duty}" if on_duty else "who is on duty?"
    return replace(entry, words=f"{entry.words} (in the school holidays; {asked})")


def coming(entries: Iterable[Entry], *, today: date) -> tuple[Entry, ...]:
    """Return what is late or within the next 30 days, in the order of time."""
    shown = [one for one in entries if one.is_late or today <= one.on <= today + AHEAD]
    return tuple(sorted(shown, key=lambda one: (one.on, one.at.isoformat() if one.at else "", one.uid)))


def by_week(entries: Sequence[Entry]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Group them: what is late, then each week by its Monday."""
    late = tuple(one for one in entries if one.is_late)
    weeks: dict[date, list[Entry]] = {}
    for one in entries:
        if not one.is_late:
            weeks.setdefault(one.on - timedelta(days=one.on.weekday()), []).append(one)
    named = [(f"Week of {long_date(monday)}", tuple(some)) for monday, some in sorted(weeks.items())]
    return (*([("Late", late)] if late else []), *named)


def _days(request: Request, dates: Dates) -> list[tuple[str, date, str]]:
    if dates.runs is not Runs.RUNNING or request.complaint_acknowledged_on is not None:
        return []
    days = []
    if dates.target is not None:
        complaint = request.kind is RequestKind.COMPLAINT
        days.append(("target", dates.target, "acknowledge by" if complaint else "the day to answer by"))
    if dates.due is not None and dates.due != dates.target:
        days.append(("due", dates.due, "the last day"))
    if dates.notice_by is not None and request.extension is None:
        days.append(("notice", dates.notice_by, "the last day to announce an extension"))
    return days


def _mark(about: str) -> str:
    """Tell one organisation or field from another without naming it."""
    return sha256(about.encode("utf-8", "replace")).hexdigest()[:12]


def _is_holiday(on: date, terms: Sequence[Term]) -> bool:
    """Whether a day lies between terms that are known."""
    return (
        any(first <= on for first, _ in terms)
        and any(on < first for first, _ in terms)
        and not any(first <= on <= last for first, last in terms)
    )
