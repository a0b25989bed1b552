"""What a reminder says, and what a request still lacks. Fixed words: nobody's name and nobody's own text is in them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from policy.calendar import long_date
from policy.clocks.working_days import Division
from policy.labels import joined
from policy.request.case import Request
from policy.request.checklist import left
from policy.request.dates import Dates, Runs, dates_of, day_of
from policy.request.kinds import ACCESSES, RequestKind
from policy.request.ladder import Milestone, To, Track
from policy.request.milestones import ASKED_AFTER
from policy.request.search import KEEP
from policy.request.status import is_ready
from policy.request.third_parties import is_settled

_FIXED: Final[Mapping[Track, str]] = {
    Track.SEARCH: "The month runs, and no search was set yet. Whom do you ask to look?",
    Track.KEEP: f"Please confirm that you have seen this. {KEEP}",
    Track.THIRD_PARTY: "Somebody in the data was asked for their consent and hasn't answered. Is it time to weigh it?",
    Track.OUTCOME: "A complaint is still being looked into. Please let them know how far you are.",
    Track.AT_ONCE: "Somebody wants no more advertising. It must stop now: please record when it did.",
    Track.CARRY_OUT: "It was decided with a yes. Please record when it was done.",
    Track.HOLD: "The hold on this data is still on. Is it needed any longer? Only you can release it.",
}


def words(  # noqa: PLR0911  one line a track
    milestone: Milestone, request: Request, now: datetime, *, division: Division
) -> str:
    """Put one reminder into words."""
    dates = dates_of(request, division=division)
    match milestone.track:
        case Track.CHECK:
            return _check(request)
        case Track.WAITING:
            return _waiting(milestone, dates, now)
        case Track.TASK:
            return _task(milestone)
        case Track.KEEP if To.DPO in milestone.to:
            return "Somebody who may hold data has not confirmed that they keep it. Please ring them."
        case Track.EXTENSION:
            return _extension(dates)
        case Track.DUE:
            return _due("The answer", request, dates, now)
        case Track.COMPLAINT:
            return _due("The acknowledgement of the complaint", request, dates, now)
        case track:
            return _FIXED[track]


def lacking(request: Request) -> tuple[str, ...]:
    """Say what is still to be done before it can be answered, the next thing first."""
    if not request.is_running:
        return ()
    todo: list[str] = []
    if request.accepted_at is None:
        todo.append("accepting it")
    if request.is_waiting or request.is_paused:
        todo.append("a word from the requester")
    if request.kind in ACCESSES:
        todo += _of_access(request)
    elif request.kind is RequestKind.COMPLAINT:
        todo += ["what was found"] if request.complaint_acknowledged_on else ["the acknowledgement", "what was found"]
    elif not is_ready(request):
        todo.append("the decision")
    return (*todo, "sending the answer")


def _of_access(request: Request) -> list[str]:
    open_tasks = sum(task.done_at is None for task in request.tasks)
    people = sum(not is_settled(one) for one in request.third_parties)
    lines = len(left(request))
    found = {
        _count(open_tasks, "open task", "open tasks"): open_tasks,
        _count(people, "other person in the data", "other people in the data"): people,
        _count(lines, "line of the checklist", "lines of the checklist"): lines,
    }
    return [text for text, count in found.items() if count]


def _check(request: Request) -> str:
    if request.accepted_at is None:
        return "A request is waiting to be accepted. Its month runs from the day it came."
    return "If there is any doubt about who asks, or for whom, please ask them now."


def _waiting(milestone: Milestone, dates: Dates, now: datetime) -> str:
    since = long_date(dates.stands_since) if dates.stands_since else ""
    if milestone.step < ASKED_AFTER:
        asked = "The clock stands still" if dates.runs is Runs.PAUSED else "The month has not begun"
        return f"{asked}: we have been waiting for the requester since {since}. A short reminder may help."
    days = (day_of(now) - dates.stands_since).days if dates.stands_since else milestone.step
    return (
        f"We have been waiting for the requester for {days} days, since {since}. You can mark it as withdrawn, with a "
        "reason. It stays open until you do."
    )


def _task(milestone: Milestone) -> str:
    if To.PERSON not in milestone.to:
        return f"A search or task (no. {milestone.about}) is {milestone.step} days late, after two reminders."
    if milestone.step == 0:
        return f"Your task no. {milestone.about} for a data request is due. {KEEP}"
    return (
        f"Your task no. {milestone.about} for a data request was due already. Could you do it today, or say what "
        "stops you?"
    )


def _extension(dates: Dates) -> str:
    by = long_date(dates.notice_by) if dates.notice_by else ""
    return (
        f"Will this need more time? An extension must be announced, with its reason, by {by}; after that it is locked."
    )


def _due(what: str, request: Request, dates: Dates, now: datetime) -> str:
    missing = joined(lacking(request))
    still = f" Still to do: {missing}." if missing else ""
    today, due, target = day_of(now), dates.due, dates.target
    if due is None or target is None:
        return f"{what} is due.{still}"
    late = (today - due).days
    if late > 0:
        return f"{what} is overdue by {_count(late, 'day', 'days')}: it was due on {long_date(due)}.{still}"
    if today in {target, due}:
        return f"{what} is due today.{still}"
    ahead = f" In law it could go until {long_date(due)}." if due != target else ""
    return f"{what} is due by {long_date(target)}, in {_count((target - today).days, 'day', 'days')}.{ahead}{still}"


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
