"""A photo event as the sum of what happened to it: how far it is, who may do what next, and what is due when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from policy.clocks.local_time import instant
from policy.planning.form import classes_in, day_of


class Happened(StrEnum):
    """What can happen to a plan; its data is named beside it."""

    SENT = "sent"  # answers; again after a change
    APPROVED = "approved"
    CHANGE_ASKED = "change_asked"  # note
    HEAD_ASKED = "head_asked"  # what: "family_filming" or "live", and on which day
    DAY_CHECKED = "day_checked"  # checked again that morning (PHOTO-5.5)
    DONE = "done"
    DOWNLOADED = "downloaded"  # PHOTO-8.2
    CLEARED = "cleared"
    OFF = "off"  # it does not take place
    REMINDED = "reminded"  # key


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `actor` None is the bot."""

    kind: Happened
    at: datetime
    actor: int | None
    data: Mapping[str, Any] = field(default_factory=dict)


class State(StrEnum):
    """How far a plan is. Sending a plan checks it, and every plan then waits for the school's check (PHOTO-5.6)."""

    AWAITING = "awaiting"
    CHANGE_ASKED = "change_asked"
    APPROVED = "approved"
    DAY_CHECK = "day_check"
    DONE = "done"
    DOWNLOADED = "downloaded"
    CLEARED = "cleared"
    OFF = "off"


class Step(StrEnum):
    """What somebody may press."""

    APPROVE = "approve"
    ASK_CHANGE = "ask_change"
    DONE = "done"
    DOWNLOADED = "downloaded"
    CLEARED = "cleared"
    OFF = "off"


WORDS: Final[Mapping[str, str]] = {
    State.AWAITING: "awaiting the school's check",
    State.CHANGE_ASKED: "waiting for a change",
    State.APPROVED: "approved",
    State.DAY_CHECK: "approved, checked again today",
    State.DONE: "done, the pictures are still to be downloaded",
    State.DOWNLOADED: "downloaded, the camera is still to be cleared",
    State.CLEARED: "downloaded and cleared",
    State.OFF: "called off",
}
_AHEAD: Final = frozenset({State.AWAITING, State.CHANGE_ASKED, State.APPROVED, State.DAY_CHECK})
_READY: Final = frozenset({State.APPROVED, State.DAY_CHECK})
_EVENTS: Final = {
    Step.APPROVE: Happened.APPROVED,
    Step.ASK_CHANGE: Happened.CHANGE_ASKED,
    Step.DONE: Happened.DONE,
    Step.DOWNLOADED: Happened.DOWNLOADED,
    Step.CLEARED: Happened.CLEARED,
    Step.OFF: Happened.OFF,
}
# Days after the event on which whoever leads it is reminded; past the seventh the approver hears of it too (PHOTO-8.2).
_REMINDERS: Final = {"day": 0, "next-day": 1, "five-days": 5, "seven-days": 7, "late": 8}
LATE: Final = "late"
_IN_THE_MORNING: Final = time(7, 30)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan, known to people by its number."""

    number: int
    school_id: int
    owner: int  # who sent it
    answers: Mapping[str, Any] = field(default_factory=dict)
    state: State = State.AWAITING
    revision: int = 0  # how often it was sent: an approval is of one revision
    note: str = ""  # the change that was asked for
    sent_at: datetime | None = None
    approved_by: int | None = None
    approved_at: datetime | None = None
    asked_head: frozenset[str] = frozenset()
    reminded: frozenset[str] = frozenset()
    ended_at: datetime | None = None

    @property
    def title(self) -> str:
        """What the event is called."""
        return str(self.answers["event"])

    @property
    def on(self) -> date:
        """The day of the event."""
        return day_of(self.answers)

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that take part."""
        return classes_in(self.answers)

    @property
    def is_ahead(self) -> bool:
        """Whether it is still to take place."""
        return self.state in _AHEAD


def of(number: int, school_id: int, owner: int, events: Iterable[Event]) -> Plan:
    """Add a plan up."""
    plan = Plan(number, school_id, owner)
    for event in events:
        plan = after(plan, event)
    return plan


def after(plan: Plan, event: Event) -> Plan:
    """Return the plan as it is after one more event."""
    match event.kind:
        case Happened.SENT:  # an approval and the reminders were for what was planned before
            plan = replace(plan, answers=event.data["answers"], revision=plan.revision + 1, sent_at=event.at)
            told = replace(plan, state=State.AWAITING, note="", reminded=frozenset())
        case Happened.APPROVED:
            told = replace(plan, state=State.APPROVED, approved_by=event.actor, approved_at=event.at)
        case Happened.CHANGE_ASKED:
            told = replace(plan, state=State.CHANGE_ASKED, note=str(event.data["note"]))
        case Happened.HEAD_ASKED:
            told = replace(plan, asked_head=plan.asked_head | {str(event.data["what"])})
        case Happened.DAY_CHECKED:
            told = replace(plan, state=State.DAY_CHECK) if plan.state is State.APPROVED else plan
        case Happened.REMINDED:
            told = replace(plan, reminded=plan.reminded | {str(event.data["key"])})
        case Happened.CLEARED | Happened.OFF:
            told = replace(plan, state=State(event.kind.value), ended_at=event.at)
        case Happened.DONE | Happened.DOWNLOADED:
            told = replace(plan, state=State(event.kind.value))
    return told


def offered(plan: Plan, *, person: int, approves: bool, looks: bool) -> tuple[Step, ...]:
    """Say what somebody may do next. `approves` has the school's check, `looks` may ask for a change only."""
    steps: list[Step] = []
    if plan.is_ahead and (approves or looks) and person != plan.owner:
        if approves and plan.state is State.AWAITING:
            steps.append(Step.APPROVE)
        if plan.state is not State.CHANGE_ASKED:
            steps.append(Step.ASK_CHANGE)
    if person == plan.owner:
        if plan.state in _READY:
            steps.append(Step.DONE)
        elif plan.state is State.DONE:
            steps.append(Step.DOWNLOADED)
        elif plan.state is State.DOWNLOADED:
            steps.append(Step.CLEARED)
        if plan.is_ahead:
            steps.append(Step.OFF)
    return tuple(steps)


def happened(step: Step) -> Happened:
    """Return the event that a step leaves."""
    return _EVENTS[step]


def too_early(plan: Plan, step: Step, *, today: date) -> bool:
    """Whether it can't have taken place yet."""
    return step is Step.DONE and today < plan.on


def due(plan: Plan, now: datetime) -> tuple[str, ...]:
    """Return the reminders whose time has come and that nobody got, the latest last."""
    return tuple(key for key, at in _waiting(plan) if at <= now)


def next_at(plan: Plan) -> datetime | None:
    """Return when the next reminder is due; None where nothing can be."""
    return min((at for _, at in _waiting(plan)), default=None)


def _waiting(plan: Plan) -> tuple[tuple[str, datetime], ...]:
    if plan.ended_at is not None or plan.state is State.OFF:
        return ()
    return tuple(
        (key, instant(datetime.combine(plan.on + timedelta(days=days), _IN_THE_MORNING)).at)
        for key, days in _REMINDERS.items()
        if key not in plan.reminded and not (key == "day" and not plan.is_ahead)
    )
