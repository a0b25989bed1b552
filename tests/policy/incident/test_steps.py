"""What may be done in an incident, by whom and when; where that leaves it; and what the register says of it."""

from itertools import pairwise

import pytest

from policy.incident.case import Incident, of
from policy.incident.events import Event, Happened
from policy.incident.kinds import IncidentKind
from policy.incident.register import HEADING, row
from policy.incident.seats import Seat
from policy.incident.status import TRANSITIONS, Status, status_of
from policy.incident.steps import Step, may_see, refusal
from policy.roles import Role
from tests.policy.incident.incident_examples import (
    CHAMPION,
    DPO,
    DSL,
    HEAD,
    START,
    TEACHER,
    TECH,
    cpoms,
    happened,
    opened,
    outside,
    seen,
)

SEATS = {HEAD: frozenset({Seat.HEAD}), DSL: frozenset({Seat.DSL})}
FILTER_REPORT = happened(Happened.FILTER, reference="LG-7")
CLOSED = (happened(Happened.TAGGED, tag="first", policy_change=False), happened(Happened.CLOSED))
GROOMING = happened(Happened.FACTS, by=TEACHER, answers={"kind": "grooming"})


@pytest.mark.parametrize(
    ("incident", "step", "because"),
    [
        (opened(), Step.SEEN, None),
        (opened(), Step.EXTERNAL, "on it"),
        (opened(), Step.CLOSE, "on it"),
        (opened(IncidentKind.ILLEGAL, seen()), Step.SEEN, "already"),
        (opened(IncidentKind.ILLEGAL, seen()), Step.EXTERNAL, None),
        (opened(IncidentKind.ILLEGAL, seen()), Step.CPOMS, None),
        (opened(IncidentKind.ILLEGAL, seen()), Step.FILTER, "did not fail"),
        (opened(IncidentKind.ILLEGAL, seen()), Step.CLOSE, "outside"),
        (opened(IncidentKind.ILLEGAL, seen(), cpoms()), Step.CLOSE, "outside"),
        (opened(IncidentKind.ILLEGAL, seen(), outside()), Step.CLOSE, "CPOMS"),
        (opened(IncidentKind.ILLEGAL, seen(), outside(), cpoms()), Step.CLOSE, None),
        (opened(IncidentKind.BULLYING, seen()), Step.CLOSE, "CPOMS"),
        (opened(IncidentKind.BULLYING, seen(), cpoms()), Step.CLOSE, None),
        (opened(IncidentKind.FILTER, seen(), cpoms()), Step.CLOSE, "filter"),
        (opened(IncidentKind.FILTER, seen(), cpoms(), FILTER_REPORT), Step.CLOSE, None),
        (opened(IncidentKind.BULLYING, seen()), Step.AUDIT, "once it is closed"),
        (opened(IncidentKind.BULLYING, seen(), *CLOSED), Step.AUDIT, None),
        (opened(IncidentKind.BULLYING, seen(), *CLOSED), Step.CPOMS, "closed"),
        (opened(IncidentKind.BULLYING, seen(), *CLOSED, happened(Happened.AUDITED)), Step.AUDIT, "already"),
    ],
)
def test_a_step_is_taken_in_its_time(incident: Incident, step: Step, because: str | None) -> None:
    said = refusal(incident, step, by=HEAD, seats=SEATS)
    assert (said is None) == (because is None)
    assert because is None or because in str(said)


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("person", [TEACHER, CHAMPION, DPO])
def test_nobody_without_a_seat_takes_a_step(step: Step, person: int) -> None:
    assert refusal(opened(IncidentKind.ILLEGAL, seen()), step, by=person, seats=SEATS) == "This case isn't open to you."


@pytest.mark.parametrize("step", Step)
def test_nobody_concerned_takes_a_step_even_from_a_seat(step: Step) -> None:
    assert refusal(opened(concerned=(HEAD,)), step, by=HEAD, seats=SEATS) == "This case isn't open to you."


def test_a_case_goes_its_way_and_only_that() -> None:
    way = [seen(), outside(), cpoms(), *CLOSED, happened(Happened.AUDITED)]
    stood = [status_of(opened(IncidentKind.ILLEGAL, *way[:n])) for n in range(len(way) + 1)]
    moved = [(a, b) for a, b in pairwise(stood) if a is not b]
    assert [b for _, b in moved] == [Status.WITH_LEADS, Status.EXTERNAL, Status.CLOSED, Status.AUDITED]
    assert all(b in TRANSITIONS[a] for a, b in moved)


@pytest.mark.parametrize(
    "again",
    [
        GROOMING,
        happened(Happened.MADE_ILLEGAL, by=TEACHER),
        happened(Happened.MOVED, by=TEACHER, school_id=2),
    ],
)
def test_whoever_has_it_now_must_see_it_for_themselves(again: Event) -> None:
    incident = opened(IncidentKind.BULLYING, seen(), again)
    assert incident.seen_at is None
    assert status_of(incident) is Status.OPEN


def test_what_may_be_illegal_stays_so_whatever_the_form_says() -> None:
    assert opened(IncidentKind.ILLEGAL, GROOMING).kind is IncidentKind.ILLEGAL


def test_a_case_begins_with_somebody_opening_it_once() -> None:
    with pytest.raises(ValueError, match="does not begin"):
        of(12, 1, [seen()])
    with pytest.raises(ValueError, match="opened twice"):
        opened(IncidentKind.ILLEGAL, Event(Happened.OPENED, START, TEACHER, {"kind": "illegal"}))


@pytest.mark.parametrize(
    ("kind", "role", "sees"),
    [
        (IncidentKind.ILLEGAL, Role.HEADTEACHER, True),
        (IncidentKind.ILLEGAL, Role.DEPUTY_DSL, True),
        (IncidentKind.ILLEGAL, Role.ONLINE_SAFETY_CHAMPION, False),
        (IncidentKind.ILLEGAL, Role.DPO, False),
        (IncidentKind.STAFF_MISUSE, Role.HEADTEACHER, True),
        (IncidentKind.STAFF_MISUSE, Role.ONLINE_SAFETY_CHAMPION, False),
        (IncidentKind.STAFF_MISUSE, Role.DSL, False),
        (IncidentKind.BULLYING, Role.ONLINE_SAFETY_CHAMPION, True),
        (IncidentKind.BULLYING, Role.DSL, True),
        (IncidentKind.BULLYING, Role.TECHNICIAN, False),
        (IncidentKind.SPAM, Role.TECHNICIAN, True),
        (IncidentKind.SPAM, Role.DPO, False),
        (IncidentKind.SPAM, Role.STAFF, False),
        (IncidentKind.GROOMING, Role.GOVERNOR, False),
    ],
)
def test_who_may_see_which_case(kind: IncidentKind, role: Role, *, sees: bool) -> None:
    assert may_see(opened(kind), person=TECH, roles=frozenset({role}), seats={}) is sees
    assert may_see(opened(kind, concerned=(TECH,)), person=TECH, roles=frozenset({role}), seats={}) is False


def test_the_dpo_sees_what_became_a_breach_too() -> None:
    incident = opened(IncidentKind.SPAM, happened(Happened.BREACH))
    assert may_see(incident, person=DPO, roles=frozenset({Role.DPO}), seats={})


def test_the_register_says_of_what_may_be_illegal_that_it_is_there() -> None:
    facts = happened(Happened.FACTS, by=TEACHER, answers={"place": "Room 12"}, sent=True)
    listed = row(opened(IncidentKind.ILLEGAL, facts, seen(), outside()), school_code="HFD")
    assert HEADING[:4] == ("number", "status", "school", "opened_at")
    assert listed[:3] == ("12", "external", "HFD")
    assert len(listed) == len(HEADING)
    assert not any(listed[5:])


def test_the_register_tells_the_rest_in_words() -> None:
    answers = {"kind": "filter", "place": "Room 12", "device": "board", "told": ["head", "it"]}
    facts = happened(Happened.FACTS, by=TEACHER, answers=answers, sent=True)
    listed = row(opened(IncidentKind.FILTER, facts, seen(), cpoms(), FILTER_REPORT, *CLOSED), school_code="HFD")
    told = dict(zip(HEADING, listed, strict=True))
    assert told["place"] == "Room 12"
    assert told["told"] == "The headteacher, IT"
    assert told["cpoms"] == "C-10233"
    assert told["pattern"] == "The first of its kind"
    assert told["policy_change"] == "no"
