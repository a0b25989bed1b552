"""A request through a year: anybody tries anything, the sweep fails for weeks; nothing illegal, lost or said twice.

A machine draws who tries what and how long nothing runs; after each move its own book-keeping is held against the case.
"""

from datetime import timedelta
from typing import Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from policy.clocks.local_time import london
from policy.clocks.working_days import is_working_day
from policy.quiet_hours import QuietHours
from policy.request.dates import Runs, changes, dates_of, day_of
from policy.request.events import Event, Happened
from policy.request.history import after, of
from policy.request.kinds import RequestKind
from policy.request.milestones import planned
from policy.request.nudges import Nudge, covered, earned, next_at
from policy.request.refusals import holds, refusal
from policy.request.status import TRANSITIONS, Status, status_of
from policy.request.steps import Step, event_of
from tests.policy.request.request_examples import DPO, ENGLAND, HEAD, OWNER, ROLES, SOMEBODY, START, TAKER, Told
from tests.policy.request.request_steps import data_for

NIGHTS: Final = QuietHours(weekends=True)
YEAR: Final = START + timedelta(days=365)
ACTORS: Final = (DPO, TAKER, OWNER, HEAD, SOMEBODY)
CHATTER: Final = frozenset({Step.SAY, Step.NOTE, Step.ASSIGN, Step.INVOLVE, Step.NO_LONGER_INVOLVED, Step.CORRECT})
ENDS: Final = frozenset({Step.WITHDRAW, Step.NOT_A_REQUEST, Step.REFUSE})
RECORDED: Final = tuple(step for step in Step if event_of(step) is not None)


class Year(RuleBasedStateMachine):
    """One request, everybody who could touch it, and a sweep with outages."""

    def __init__(self) -> None:
        super().__init__()
        self.told = Told()
        self.request = self.told.request
        self.status = Status.LOGGED
        self.kept: list[Event] = []
        self.sent: list[str] = []
        self.awake = True

    @initialize(kind=st.sampled_from(RequestKind), requester=st.sampled_from(("self", "parent", "agent", "pupil")))
    def opened(self, kind: RequestKind, requester: str) -> None:
        self.told = Told(kind=kind, requester_kind=requester, born="2013-09-01")
        self.request = self.told.request
        self.kept = list(self.told.events)

    def add(self, event: Event) -> None:
        self.told.events.append(event)
        self.kept.append(event)
        self.request = after(self.request, event)

    @rule(tries=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 5)), min_size=1, max_size=4))
    def the_dpo_works_on_it(self, tries: list[tuple[int, int]]) -> None:
        for number, choice in tries:
            offered = [step for step in RECORDED if step not in CHATTER and self.says(step, DPO) is None]
            if offered:
                self.attempt(offered[number % len(offered)], DPO, choice, number)

    @rule(choice=st.integers(0, 5))
    def the_dpo_goes_through_the_list(self, choice: int) -> None:
        for step in (Step.ACCEPT, Step.CONFIRM_ROUTE, Step.SET_TASK, Step.DECIDE):
            self.attempt(step, DPO, choice)
        for step in (Step.FINISH_TASK, Step.TICK):
            for _ in range(20):
                self.attempt(step, DPO, 0)

    @rule(step=st.sampled_from(RECORDED), choice=st.integers(0, 5), by=st.sampled_from(ACTORS))
    def somebody_tries_anything(self, step: Step, choice: int, by: int) -> None:
        self.attempt(step, by, choice)

    def attempt(self, step: Step, by: int, choice: int, number: int = 0) -> None:
        if step in ENDS and number % 5:  # a year in which everything is withdrawn at once proves little
            return
        data = data_for(step, self.request, self.told, choice)
        kind = event_of(step)
        if kind is None or self.says(step, by, data) is not None:
            return
        if by != DPO:
            assert step in {Step.SAY, Step.INVOLVE, Step.CORRECT, Step.FINISH_TASK, Step.SNOOZE, Step.CONFIRM_NOTICE}
        before = self.request
        self.add(Event(Happened(kind), self.told.now, by, data))
        now = status_of(self.request)
        assert now is self.status or now in TRANSITIONS[self.status], f"{self.status} -> {now} by {step}"
        self.status = now
        if step is Step.EXTEND:
            assert before.extension is None
        if step is Step.UNDO:
            assert holds(self.request, self.request.history, division=ENGLAND)

    def says(self, step: Step, by: int, data: dict[str, object] | None = None) -> str | None:
        return refusal(self.request, step, by=by, roles=ROLES[by], now=self.told.now, division=ENGLAND, data=data)

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        end = min(self.told.now + timedelta(hours=hours), YEAR)
        if self.awake:
            self.sweep_until(end)
        self.told.now = max(self.told.now, end)
        assert not self.awake or self.unsaid() == (), "missed"

    @rule(days=st.integers(1, 40))
    def nothing_runs_for_days(self, days: int) -> None:
        self.awake = False
        self.told.now = min(self.told.now + timedelta(days=days), YEAR)

    @rule()
    def it_runs_again(self) -> None:
        self.awake = True
        self.sweep_until(self.told.now)

    def sweep_until(self, end: object) -> None:
        while True:
            look = next_at(self.request, self.told.now, division=ENGLAND, quiet=NIGHTS)
            if look is None or max(look, self.told.now) > end:  # type: ignore[operator]  a datetime
                return
            self.told.now = max(look, self.told.now)
            self.sweep()

    def sweep(self) -> None:
        now = self.told.now
        nudges = earned(self.request, now, division=ENGLAND, quiet=NIGHTS)
        assert nudges, "looked for nothing"
        to = [(nudge.to, nudge.person) for nudge in nudges]
        assert len(to) == len(set(to)), "two reminders at once to one person"
        quiet = NIGHTS.wait(now) != now
        assert not quiet or all(nudge.urgent for nudge in nudges)
        keys = covered(nudges)
        assert not set(keys) & set(self.sent), "said twice"
        self.sent += keys
        for key in keys:
            self.add(Event(Happened.NUDGED, now, None, {"milestone": key}))
        assert self.unsaid() == (), "a burst: something was left for a second reminder at once"

    def unsaid(self) -> tuple[Nudge, ...]:
        return earned(self.request, self.told.now, division=ENGLAND, quiet=NIGHTS)

    @invariant()
    def nothing_is_lost(self) -> None:
        assert list(self.request.history) == self.kept
        assert self.request == of(14, 1, self.kept)
        assert len(self.sent) == len(set(self.sent))

    @invariant()
    def nothing_due_is_missed(self) -> None:
        """Hold the sweep against the plan itself: whatever is due, free and unsent was passed over by a later word."""
        if not self.awake or next_at(self.request, self.told.now, division=ENGLAND, quiet=NIGHTS) == self.told.now:
            return
        now = self.told.now
        for one in planned(self.request, now, division=ENGLAND):
            snooze = self.request.snoozed.get(one.line)
            free = snooze is None or snooze.until <= now or not one.can_wait
            loud = not one.can_wait or NIGHTS.wait(now) == now
            if one.due < now - timedelta(hours=1) and free and loud and one.line not in self.request.settled:
                just = self.kept[-1].at == now and self.kept[-1].actor is not None  # a step of this very minute
                assert one.key in self.request.nudged or just or self.late(one.due), one.key

    def late(self, due: object) -> bool:
        """Whether the case changed after that day, so that the plan is younger than the sweep."""
        return any(event.kind is not Happened.NUDGED and event.at >= due for event in self.kept)  # type: ignore[operator]

    @invariant()
    def the_dates_are_sound(self) -> None:
        dates = dates_of(self.request, division=ENGLAND)
        if dates.due is not None and dates.runs is Runs.RUNNING and dates.starts is not None:
            assert dates.due >= dates.starts
            assert is_working_day(dates.due, ENGLAND)
            assert dates.target is not None
            assert dates.outer_due is not None
            assert dates.target <= dates.due <= dates.outer_due

    @invariant()
    def what_ended_ended_rightly(self) -> None:
        request = self.request
        if request.closed_at is not None:
            assert request.answer is not None
            assert not request.is_held or request.last[Happened.HOLD_SET] > request.last[Happened.CLOSED]
        if request.answer is not None and request.answer.outcome == "responded":
            assert not request.is_waiting
        if request.is_running and request.kind in {RequestKind.ACCESS, RequestKind.CCTV}:
            assert request.is_held or Happened.HOLD_RELEASED in request.last
        if request.kind is RequestKind.CCTV:
            assert request.fee is None
        assert {event.actor for event in self.kept}.isdisjoint({SOMEBODY, HEAD})
        assert all(day_of(event.at) <= london(self.told.now).date() for event in self.kept)

    def teardown(self) -> None:
        told = changes(self.request, division=ENGLAND)
        assert not told or told[-1].now == dates_of(self.request, division=ENGLAND).due


Year.TestCase.settings = settings(
    max_examples=60, stateful_step_count=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestYear = Year.TestCase
