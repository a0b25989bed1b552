"""Where a request stands: every move of domain 3.1, and that no other can be made."""

from collections.abc import Callable
from itertools import product

import pytest

from policy.request.events import Happened
from policy.request.kinds import RequestKind
from policy.request.status import TRANSITIONS, Status, status_of
from policy.request.steps import Step
from tests.policy.request.request_examples import (
    HEAD,
    OWNER,
    SOMEBODY,
    TAKER,
    Told,
    accepted,
    clarified,
    decided,
    extended,
    identity_asked,
    ready,
    refused,
    responded,
)
from tests.policy.request.request_steps import take

S = Status


def after_all(told: Told, *kinds: Happened) -> Told:
    for kind in kinds:
        told.then(kind, reason="Because.")
    return told


def waiting_and_extended() -> Told:
    told = extended()
    return told.then(Happened.IDENTITY_ASKED, on=told.now.date().isoformat(), doubt="A new address.")


def extended_and_ready() -> Told:
    told = ready()
    day = told.now.date().isoformat()
    return told.then(Happened.EXTENDED, ground="complex", reason="Much.", notice_sent_on=day, override="")


def ready_but_waiting() -> Told:
    told = ready()
    return told.then(Happened.FEE_ASKED, on=told.now.date().isoformat(), ground="repeat", amount=5, reason="Again.")


def paused_and_nearly_ready() -> Told:
    told = ready().then(Happened.CLARIFY_ASKED, on="2026-06-01", text="Which year?")
    told.events = [event for event in told.events if event.data.get("check") != "told"]
    return told


def extended_and_nearly_ready() -> Told:
    told = extended_and_ready()
    told.events = [event for event in told.events if event.data.get("check") != "told"]
    return told


def nearly_ready() -> Told:
    told = ready()
    told.events = [event for event in told.events if event.data.get("check") != "told"]
    return told


def withdrawn(told: Told) -> Told:
    return after_all(told, Happened.WITHDRAWN)


def not_one(told: Told) -> Told:
    return after_all(told, Happened.NOT_A_REQUEST)


def closed(told: Told) -> Told:
    return after_all(told, Happened.HOLD_RELEASED, Happened.CLOSED)


def answered(told: Told) -> Told:
    day = told.now.date().isoformat()
    return told.then(Happened.RESPONDED, sent_on=day, how="secure", explanation="Done.", withheld="", proof="Sent")


def no(told: Told) -> Told:
    day = told.now.date().isoformat()
    routes = ["school", "regulator", "court"]
    return told.then(Happened.REFUSED, sent_on=day, how="secure", ground="excessive", reasons="Much.", routes=routes)


RIGHT = RequestKind.AUTOMATED
STANDS: list[tuple[Callable[[], Told], Status]] = [
    (Told, S.LOGGED),
    (accepted, S.RUNNING),
    (nearly_ready, S.RUNNING),
    (identity_asked, S.AWAITING_REQUESTER),
    (clarified, S.AWAITING_REQUESTER),
    (ready_but_waiting, S.AWAITING_REQUESTER),
    (paused_and_nearly_ready, S.AWAITING_REQUESTER),
    (waiting_and_extended, S.AWAITING_REQUESTER),
    (extended, S.EXTENDED),
    (extended_and_nearly_ready, S.EXTENDED),
    (ready, S.RESPONSE_READY),
    (extended_and_ready, S.RESPONSE_READY),
    (lambda: decided(RIGHT), S.RESPONSE_READY),
    (lambda: decided(RIGHT, "no"), S.RESPONSE_READY),
    (responded, S.RESPONDED),
    (lambda: answered(extended_and_ready()), S.RESPONDED),
    (lambda: answered(decided(RIGHT)), S.RESPONDED),
    (lambda: answered(ready().then(Happened.CLARIFY_ASKED, on="2026-06-01", text="Which?")), S.RESPONDED),
    (lambda: responded().then(Happened.HOLD_RELEASED, reason="Done."), S.RESPONDED),
    (refused, S.REFUSED),
    (lambda: no(extended()), S.REFUSED),
    (lambda: no(identity_asked()), S.REFUSED),
    (lambda: no(decided(RIGHT, "no")), S.REFUSED),
    (lambda: closed(responded()), S.CLOSED),
    (lambda: closed(no(extended())), S.CLOSED),
    (lambda: closed(no(identity_asked())), S.CLOSED),
    (lambda: after_all(no(decided(RIGHT, "no")), Happened.CLOSED), S.CLOSED),
    *((lambda told=told: withdrawn(told()), S.WITHDRAWN) for told in (Told, accepted, identity_asked, extended)),
    (lambda: withdrawn(decided(RIGHT)), S.WITHDRAWN),
    *((lambda told=told: not_one(told()), S.NOT_A_REQUEST) for told in (Told, accepted, identity_asked, extended)),
    (lambda: not_one(decided(RIGHT)), S.NOT_A_REQUEST),
    (lambda: accepted(kind=RequestKind.COMPLAINT), S.RUNNING),
    (lambda: accepted(kind=RequestKind.MARKETING), S.RUNNING),
    (lambda: accepted(kind=RIGHT), S.RUNNING),
]


@pytest.mark.parametrize(("told", "status"), STANDS, ids=lambda one: getattr(one, "__name__", one))
def test_a_request_stands_where_the_furthest_of_its_events_is(told: Callable[[], Told], status: Status) -> None:
    assert status_of(told().request) is status


def moves() -> dict[tuple[Status, Status], str]:
    made = {}
    for (told, status), step, choice in product(STANDS, Step, range(4)):
        case = told()
        if take(case, step, choice=choice) and (then := status_of(case.request)) is not status:
            made[status, then] = f"{step}"
    return made


def test_exactly_the_moves_of_the_table_can_be_made() -> None:
    made = moves()
    wanted = {(status, then) for status, following in TRANSITIONS.items() for then in following}
    assert made.keys() - wanted == set()
    assert wanted - made.keys() == set()


@pytest.mark.parametrize("by", [TAKER, HEAD, OWNER, SOMEBODY])
def test_nobody_but_the_dpo_moves_a_request(by: int) -> None:
    for (told, status), step in product(STANDS, Step):
        case = told()
        take(case, step, by=by)
        assert status_of(case.request) is status


@pytest.mark.parametrize(
    ("status", "never"),
    [
        (S.LOGGED, set(S) - {S.RUNNING, S.WITHDRAWN, S.NOT_A_REQUEST}),
        (S.AWAITING_REQUESTER, {S.RESPONDED, S.CLOSED, S.LOGGED}),
        (S.RUNNING, {S.CLOSED}),
        (S.EXTENDED, {S.CLOSED, S.LOGGED, S.RESPONDED}),
        (S.RESPONDED, {S.REFUSED, S.WITHDRAWN, S.NOT_A_REQUEST, S.LOGGED}),
        (S.CLOSED, {S.RESPONDED, S.REFUSED, S.WITHDRAWN, S.LOGGED}),
    ],
)
def test_the_table_itself_leaves_nothing_out(status: Status, never: set[Status]) -> None:
    assert TRANSITIONS[status].isdisjoint(never)
    assert TRANSITIONS.keys() == set(Status)
