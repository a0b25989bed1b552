"""Everything that a request will remind people of, and when: the ladders of domain 3.7 and issue 4.

What looks ahead to a date moves to the working day before. What chases something late moves to the next one: nobody is
chased before they are late. A milestone's key is kept with the case once it was sent; it names the day that it aims at,
so that another day is reminded of anew, and the old day never twice.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from policy.clocks.working_days import Division, is_working_day, last_working_day, next_working_day
from policy.request.beside import beside
from policy.request.case import Request
from policy.request.dates import Dates, Runs, dates_of, day_of
from policy.request.kept import Snooze
from policy.request.kinds import ACCESSES, MONTHLY
from policy.request.ladder import BOTH, DAY, DPO, UP, Milestone, To, Track, morning, working_days_on
from policy.request.search import is_search
from policy.request.status import is_ready

CHECKS: Final = ((2, DPO), (5, (To.DPO, To.NEXT)))  # working days after it was taken in
WEEKS: Final = 12  # weekly while the clock waits
ASKED_AFTER: Final = 90  # days of waiting, then again each month: the DPO is asked, nothing closes by itself
EXTENSION_AFTER: Final = (14, 21, 26)  # days of the month
DUE_BEFORE: Final = (10, 7, 3, 1, 0)
_WITH_THE_HEAD: Final = 3  # days before, and from then on
DAILY_OVERDUE: Final = 14  # days; then weekly, and whoever is next in line as well
COMPLAINT_BEFORE: Final = (10, 3, 1, 0)
OUTCOME_EVERY: Final = 14  # days


def planned(request: Request, now: datetime, *, division: Division) -> Iterator[Milestone]:
    """Give every reminder of a case as it stands, sent or not; of an endless one those until now and the next."""
    ladders = [*beside(request, division=division), *_of_the_month(request, now, division)]
    yield from ladders
    for line, snooze in request.snoozed.items():
        yield from _again(line, snooze, [one for one in ladders if one.line == line])


def _again(line: str, snooze: Snooze, ladder: list[Milestone]) -> Iterator[Milestone]:
    """Remind again of what was put off, unless the line says something of its own by then, or has ended."""
    if not ladder or any(snooze.at < one.due <= snooze.until for one in ladder):
        return
    before = [one for one in ladder if one.due <= snooze.at] or ladder[:1]
    last = max(before, key=lambda one: (one.due, one.step))
    to = DPO if To.DPO in last.to else last.to
    key = f"again:{line}@{snooze.until.isoformat()}"
    yield replace(last, key=key, due=snooze.until, to=to, can_wait=True)


def _of_the_month(request: Request, now: datetime, division: Division) -> Iterator[Milestone]:
    if not request.is_running:
        return
    dates = dates_of(request, division=division)
    yield from _check(request, division)
    match dates.runs:
        case Runs.WAITING | Runs.PAUSED:
            yield from _waiting(dates, now, division)
        case Runs.AT_ONCE:
            yield from _at_once(request, now, division)
        case Runs.RUNNING if request.kind in MONTHLY:
            yield from _search(request, dates, division)
            yield from _extension(request, dates, division)
            yield from _due(dates, now, division, Track.DUE, DUE_BEFORE)
        case Runs.RUNNING:
            yield from _complaint(request, dates, now, division)
        case Runs.NO_CLOCK:
            pass


def _check(request: Request, division: Division) -> Iterator[Milestone]:
    """Ask for a look at who asks; where nobody accepts the request, the next in line hears of it too."""
    settled = request.identity or request.authority or request.confirmed or request.kind not in MONTHLY
    for days, to in CHECKS:
        if request.accepted_at is None or (days == CHECKS[0][0] and not settled):
            due = working_days_on(day_of(request.opened_at), days, division)
            yield Milestone(f"check:{days}", Track.CHECK, morning(due), to, days)


def _waiting(dates: Dates, now: datetime, division: Division) -> Iterator[Milestone]:
    """Remind weekly; after 90 days ask, each month, whether it is withdrawn. Only the DPO can say so (domain 3.2)."""
    if dates.stands_since is None:
        return
    since = dates.stands_since
    for week in range(1, WEEKS + 1):
        due = morning(last_working_day(since + 7 * week * DAY, division))
        yield Milestone(f"waiting:{7 * week}@{since}", Track.WAITING, due, DPO, 7 * week)
    waited = (day_of(now) - since).days
    for days in range(ASKED_AFTER, max(waited, ASKED_AFTER) + 60, 30):
        due = morning(next_working_day(since + days * DAY, division))
        yield Milestone(f"waiting:{days}@{since}", Track.WAITING, due, DPO if days == ASKED_AFTER else BOTH, days)


def _search(request: Request, dates: Dates, division: Division) -> Iterator[Milestone]:
    if request.kind not in ACCESSES or request.accepted_at is None or any(is_search(one.kind) for one in request.tasks):
        return
    begun = max(dates.starts or day_of(request.accepted_at), day_of(request.accepted_at))
    for days in (1, 4):
        due = morning(working_days_on(begun, days, division))
        yield Milestone(f"search:{days}@{begun}", Track.SEARCH, due, DPO, days)


def _extension(request: Request, dates: Dates, division: Division) -> Iterator[Milestone]:
    """Ask in time whether it must be extended; the day before the last is the last reminder (SAR-4.4)."""
    if request.extension is not None or dates.starts is None or dates.notice_by is None or is_ready(request):
        return
    last = dates.notice_by
    final = last_working_day(last - DAY, division)
    for days in EXTENSION_AFTER:
        day = last_working_day(dates.starts + (days + dates.set_aside) * DAY, division)
        if day < final:
            yield Milestone(f"extension:{days}@{last}", Track.EXTENSION, morning(day), DPO, days)
    yield Milestone(f"extension:last@{last}", Track.EXTENSION, morning(final), DPO, 31)


def _due(dates: Dates, now: datetime, division: Division, track: Track, before: tuple[int, ...]) -> Iterator[Milestone]:
    """Count down to the target, then up from the last day: daily, and after two weeks weekly and further up."""
    if dates.target is None or dates.due is None:
        return
    target, due = dates.target, dates.due
    for days in before:
        to = BOTH if days <= _WITH_THE_HEAD else DPO
        at = morning(last_working_day(target - days * DAY, division))
        yield Milestone(f"{track}:{-days}@{target}", track, at, to, -days, can_wait=days > 0)
    for days in _overdue((day_of(now) - due).days):
        day = due + days * DAY
        if days > DAILY_OVERDUE or is_working_day(day, division):
            up = UP if days > DAILY_OVERDUE else BOTH
            at = morning(next_working_day(day, division))
            yield Milestone(f"{track}:late{days}@{due}", track, at, up, days, can_wait=False)


def _overdue(late: int) -> Iterator[int]:
    """Give the days after the last on which it is said, until now and the next."""
    yield from range(1, DAILY_OVERDUE + 1)
    yield from range(DAILY_OVERDUE + 7, max(late, DAILY_OVERDUE) + 15, 7)


def _complaint(request: Request, dates: Dates, now: datetime, division: Division) -> Iterator[Milestone]:
    """Acknowledge within 30 days; then keep at it, and keep them informed (DPA 2018 s.164A)."""
    if request.complaint_acknowledged_on is None:
        yield from _due(dates, now, division, Track.COMPLAINT, COMPLAINT_BEFORE)
        return
    since = request.complaint_acknowledged_on
    rounds = max((day_of(now) - since).days // OUTCOME_EVERY, 0) + 2
    for number in range(1, rounds + 1):
        days = number * OUTCOME_EVERY
        due = morning(next_working_day(since + days * DAY, division))
        to = DPO if number <= 4 else BOTH  # noqa: PLR2004  after two months the head hears of it too
        yield Milestone(f"outcome:{days}@{since}", Track.OUTCOME, due, to, days)


def _at_once(request: Request, now: datetime, division: Division) -> Iterator[Milestone]:
    """Ask daily whether it has stopped; there is nothing to weigh (DP-12.6)."""
    opened = day_of(request.opened_at)
    for days in _overdue((day_of(now) - opened).days):
        day = opened + days * DAY
        if days > DAILY_OVERDUE or is_working_day(day, division):
            due = morning(next_working_day(day, division))
            to = DPO if days <= _WITH_THE_HEAD else BOTH if days <= DAILY_OVERDUE else UP
            yield Milestone(f"at-once:{days}", Track.AT_ONCE, due, to, days)
