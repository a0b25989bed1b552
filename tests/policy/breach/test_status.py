"""Where a case stands: every move of domain 2.4, and that no other can be made."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.breach.case import Breach
from policy.breach.events import Event, Happened, Matter
from policy.breach.forms import event_of
from policy.breach.refusals import refusal
from policy.breach.status import TRANSITIONS, Status, status_of
from policy.breach.steps import DECIDES, Step
from policy.roles import Role
from tests.policy.breach.breach_examples import (
    CRITERIA,
    DPO,
    FORM_A,
    HEAD,
    LETTER,
    REPORTER,
    REVIEW,
    SOMEBODY,
    TECH,
    Told,
    acknowledged,
    analysed,
    closable,
    closed,
    drafted,
    form_b_answers,
    not_notifiable,
    notifiable,
    opened,
    sent,
    signed,
)

S = Status
ROLES = {
    REPORTER: frozenset({Role.STAFF}),
    DPO: frozenset({Role.DPO}),
    HEAD: frozenset({Role.HEADTEACHER, Role.STAFF}),
    TECH: frozenset({Role.TECHNICIAN}),
    SOMEBODY: frozenset({Role.STAFF, Role.CEO}),
}


def reopened() -> Told:
    return closed().then(Happened.REOPENED, reason="It went on.")


def sent_and_reopened() -> Told:
    told = sent().decided(Matter.SUBJECTS, "no").then(Happened.REVIEWED, **REVIEW).then(Happened.CLOSED)
    return told.then(Happened.REOPENED, reason="More is missing.")


def contained() -> Told:
    return acknowledged().then(Happened.TASK_SET, task=1, what="Ring", owner=TECH)


def investigated() -> Told:
    return acknowledged().then(Happened.NOTED, topic="how", text="Two trays.")


def followed_up() -> Told:
    told = sent()
    return told.then(Happened.FOLLOWED_UP, at=told.now.isoformat(), text="Twelve people.")


def no_then_yes() -> Told:
    return drafted().decided(Matter.ICO, "no").decided(Matter.SUBJECTS, "no").then(Happened.REVIEWED, **REVIEW)


STANDS: list[tuple[Callable[[], Told], Status]] = [
    (Told, S.PRE_ALERT),
    (opened, S.FORM_A_OPEN),
    (signed, S.SUBMITTED),
    (acknowledged, S.ACKNOWLEDGED),
    (contained, S.CONTAINMENT),
    (investigated, S.INVESTIGATION),
    (analysed, S.ANALYSED),
    (not_notifiable, S.DECIDED),
    (notifiable, S.DECIDED),
    (drafted, S.FORM_B_DRAFT),
    (sent, S.ICO_SENT),
    (followed_up, S.FOLLOW_UP),
    (closable, S.REVIEW),
    (no_then_yes, S.REVIEW),
    (closed, S.CLOSED),
    (reopened, S.REOPENED),
    (sent_and_reopened, S.REOPENED),
    (lambda: signed().then(Happened.WITHDRAWN, reason="A drill."), S.WITHDRAWN),
]


@pytest.mark.parametrize(("told", "status"), STANDS, ids=lambda one: getattr(one, "__name__", one))
def test_a_case_stands_where_the_furthest_of_its_events_is(told: Callable[[], Told], status: Status) -> None:
    assert status_of(told().breach) is status


def test_a_form_b_of_before_is_no_draft_once_a_reopened_case_is_decided_again() -> None:
    again = no_then_yes().then(Happened.CLOSED).then(Happened.REOPENED, reason="It went on.")
    assert again.breach.form_b
    assert status_of(again.decided(Matter.ICO, "yes").breach) is S.DECIDED


def data_for(step: Step, breach: Breach, at: str, outcome: str) -> dict[str, Any]:
    """What a step says, whole enough to be taken."""
    if step in DECIDES:
        details = {"force": "Northshire", "name": "Exam board", "by": at, "country": "France", "notice": "the website"}
        return {"what": DECIDES[step].value, "outcome": outcome, "reason": "Because.", "details": details}
    return {
        "text": "Some words.",
        "reason": "Because.",
        "topic": "how",
        "at": at,
        "how": "online",
        "name": "Exam board",
        "task": max(len(breach.tasks), 1),
        "what": "Ring them.",
        "owner": TECH if step is Step.SET_TASK else "3",
        "criteria": CRITERIA,
        "parts": LETTER,
        "answers": FORM_A if step is Step.SIGN_FORM_A else form_b_answers(late=True),
        "final": outcome == "yes",
        "person": HEAD if outcome == "yes" else SOMEBODY,
        "part": "subject",
        "school_id": 1,
        "cause": "Hurry",
        "action": "training",
        "due": "2026-05-01",
        "done": False,
    }


def after_step(told: Told, step: Step, *, by: int, outcome: str = "yes", hours: float = 0) -> Status | None:
    """Where a case stands after a step; None where the step is refused or leaves no event."""
    now = told.now + timedelta(hours=hours)
    breach = told.breach
    data = data_for(step, breach, now.isoformat(), outcome)
    kind = event_of(step)
    if kind is None or refusal(breach, step, by=by, roles=ROLES[by], now=now, data=data) is not None:
        return None
    if kind is Happened.TASK_SET:
        data["task"] = len(breach.tasks) + 1
    told.now = now
    told.events.append(Event(kind, now, by, data))
    return status_of(told.breach)


def moves() -> set[tuple[Status, Status]]:
    made = set()
    for (told, status), step, by, outcome in product(STANDS, Step, (DPO, HEAD, REPORTER), ("yes", "no")):
        then = after_step(told(), step, by=by, outcome=outcome)
        if then is not None and then is not status:
            made.add((status, then))
    return made


def test_exactly_the_moves_of_the_table_can_be_made() -> None:
    assert moves() == {(status, then) for status, following in TRANSITIONS.items() for then in following}


@pytest.mark.parametrize(
    ("status", "never"),
    [
        (S.PRE_ALERT, {S.SUBMITTED, S.ANALYSED, S.DECIDED, S.ICO_SENT, S.CLOSED}),
        (S.FORM_A_OPEN, {S.DECIDED, S.CLOSED}),
        (S.SUBMITTED, {S.ANALYSED, S.DECIDED, S.CLOSED}),
        (S.INVESTIGATION, {S.DECIDED}),
        (S.ANALYSED, {S.FORM_B_DRAFT, S.ICO_SENT, S.REVIEW, S.CLOSED}),
        (S.DECIDED, {S.ICO_SENT, S.CLOSED}),
        (S.FORM_B_DRAFT, {S.REVIEW, S.CLOSED}),
        (S.ICO_SENT, {S.DECIDED, S.CLOSED}),
        (S.FOLLOW_UP, {S.CLOSED}),
        (S.CLOSED, set(S) - {S.REOPENED}),
        (S.WITHDRAWN, set(S) - {S.REOPENED}),
        (S.REOPENED, {S.DECIDED, S.CLOSED}),
    ],
)
def test_the_table_itself_leaves_nothing_out(status: Status, never: set[Status]) -> None:
    assert TRANSITIONS[status].isdisjoint(never)
    assert TRANSITIONS.keys() == set(Status)


def open_to(told: Told, by: int) -> list[Step]:
    """What is offered to somebody, but for what ends the case early: that is tried blindly often enough."""
    breach = told.breach
    return [
        step
        for step in Step
        if event_of(step)
        and step not in {Step.WITHDRAW, Step.INVOLVE, Step.CORRECT_T0}
        and refusal(breach, step, by=by, roles=ROLES[by], now=told.now) is None
    ]


people = st.sampled_from((DPO, DPO, DPO, DPO, HEAD, REPORTER, REPORTER, TECH, SOMEBODY))
tries = st.lists(
    st.tuples(st.integers(0, 1000), people, st.sampled_from(("yes", "yes", "no", "public_notice")), st.floats(0, 30)),
    min_size=20,
    max_size=50,
)


@settings(max_examples=60, deadline=None)
@given(begins=st.sampled_from([told for told, _ in STANDS]), drawn=tries)
def test_whatever_is_tried_a_case_moves_along_the_table_only(
    begins: Callable[[], Told], drawn: list[tuple[int, int, str, float]]
) -> None:
    told = begins()
    status = status_of(told.breach)
    for number, by, outcome, hours in drawn:
        offered = open_to(told, by) or list(Step)  # what is offered goes furthest; what isn't is tried as well
        step = offered[number % len(offered)] if number % 8 else list(Step)[number % len(Step)]
        then = after_step(told, step, by=by, outcome=outcome, hours=hours)
        if then is not None:
            assert then is status or then in TRANSITIONS[status], f"{status} -> {then} by {step}"
            status = then
    breach = told.breach
    if breach.closed_at is not None:
        assert breach.form_a is not None
        assert breach.review is not None
        assert Matter.ICO in breach.decisions
    if breach.ico_sent_at is not None:
        assert any(version.final for version in breach.form_b)
    assert all(event.actor != SOMEBODY for event in told.events)
