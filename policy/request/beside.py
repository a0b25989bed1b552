"""The ladders beside the month: tasks, what must be kept, other people in the data, what was decided, the hold."""

from collections.abc import Iterator
from typing import Final

from policy.clocks.working_days import Division, last_working_day, next_working_day
from policy.request.case import Request
from policy.request.dates import day_of
from policy.request.kept import Task
from policy.request.kinds import RequestKind
from policy.request.ladder import BOTH, DAY, DPO, Milestone, To, Track, morning, working_days_on
from policy.request.search import due_on
from policy.request.third_parties import Rung

_PERSON: Final = (To.PERSON,)
TASK_CHASES: Final = (1, 5)  # days after its day: the day after, then every four
TASK_ESCALATIONS: Final = (9, 13, 17)
KEEP_CHASES: Final = ((2, _PERSON), (4, _PERSON), (6, DPO))  # working days after the notice
CONSENT_CHASES: Final = (7, 14)  # days without a word from somebody in the data
HOLD_AFTER: Final = (30, 60, 90)


def beside(request: Request, *, division: Division) -> Iterator[Milestone]:
    """Give the reminders that hang on something else than the month."""
    if request.is_held and not request.is_running:
        yield from _hold(request, division)
    if not request.is_open:
        return
    yield from _keep(request, division)
    if request.answer is not None:
        yield from _carry_out(request, division)
        return
    for task in request.tasks:
        yield from _task(task, division)
    yield from _third_parties(request, division)


def _task(task: Task, division: Division) -> Iterator[Milestone]:
    """Chase the day after its day and every four; after two, whoever set it and the head hear of it (issue 4)."""
    if task.done_at is not None:
        return
    name, day = str(task.number), due_on(task)
    ahead = last_working_day(day, division)
    yield Milestone(f"task:{name}:0", Track.TASK, morning(ahead), _PERSON, 0, about=name, person=task.owner)
    by_hand = len(task.chased_at)
    for days in TASK_CHASES[by_hand:] if task.escalated_at is None else ():
        late = morning(next_working_day(day + days * DAY, division))
        yield Milestone(f"task:{name}:{days}", Track.TASK, late, _PERSON, days, about=name, person=task.owner)
    for days in TASK_ESCALATIONS[task.escalated_at is not None :]:
        late = morning(next_working_day(day + days * DAY, division))
        yield Milestone(f"task:{name}:{days}", Track.TASK, late, BOTH, days, about=name)


def _keep(request: Request, division: Division) -> Iterator[Milestone]:
    if not request.is_held:
        return
    for notice in request.notices:
        if notice.confirmed_at is not None:
            continue
        sent = day_of(notice.sent_at)
        for days, to in KEEP_CHASES:
            due = morning(working_days_on(sent, days, division))
            key, about = f"keep:{notice.person}:{days}@{sent}", str(notice.person)
            yield Milestone(key, Track.KEEP, due, to, days, about=about, person=notice.person)


def _third_parties(request: Request, division: Division) -> Iterator[Milestone]:
    for one in request.third_parties:
        if one.last != Rung.CONSENT_ASKED:
            continue
        asked = one.moves[-1].on
        for days in CONSENT_CHASES:
            due = morning(next_working_day(asked + days * DAY, division))
            key = f"third-party:{one.item}:{days}@{asked}"
            yield Milestone(key, Track.THIRD_PARTY, due, DPO, days, about=str(one.item))


def _carry_out(request: Request, division: Division) -> Iterator[Milestone]:
    """Remind until what was decided is done."""
    granted = request.decision is not None and request.decision.outcome != "no"
    if not granted or request.carried_out_on is not None or request.kind is RequestKind.RELEASE or not request.answer:
        return
    for days in (7, 14, 21):
        due = morning(next_working_day(request.answer.sent_on + days * DAY, division))
        key = f"carry-out:{days}@{request.answer.sent_on}"
        yield Milestone(key, Track.CARRY_OUT, due, DPO if days <= 7 else BOTH, days)  # noqa: PLR2004  the first week


def _hold(request: Request, division: Division) -> Iterator[Milestone]:
    """Look at the hold a month after the answer, or the end: only the DPO releases it (SAR-8.1.3)."""
    ended = request.answer.sent_on if request.answer else day_of(request.ended_at or request.opened_at)
    for days in HOLD_AFTER:
        due = morning(last_working_day(ended + days * DAY, division))
        yield Milestone(f"hold:{days}@{ended}", Track.HOLD, due, DPO, days)
