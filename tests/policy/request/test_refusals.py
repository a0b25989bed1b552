"""Whose each step is, what comes first and what must be said with it: every refusal, and every step taken once."""

from typing import Any

import pytest

from policy.request.events import Happened
from policy.request.kinds import RequestKind
from policy.request.refusals import undoable
from policy.request.steps import WHOSE, Part, Step, event_of, parts_of, step_of
from policy.roles import Role
from tests.policy.request.request_examples import (
    DPO,
    ENGLAND,
    HEAD,
    HOLDER,
    OWNER,
    ROLES,
    ROUTES,
    SOMEBODY,
    TAKER,
    Told,
    accepted,
    at,
    clarified,
    decided,
    extended,
    identity_asked,
    ready,
    refused,
    responded,
    said_to,
    searched,
)
from tests.policy.request.request_steps import data_for, take

FIT: dict[Step, Told] = {
    **dict.fromkeys(Step, accepted()),
    Step.ACCEPT: Told(),
    Step.SEE_IDENTITY: identity_asked(),
    Step.ASK_AUTHORITY: accepted(requester_kind="agent"),
    Step.RECEIVE_AUTHORITY: accepted(requester_kind="agent"),
    Step.OVERRIDE_AUTHORITY: accepted(requester_kind="parent").then(Happened.AUTHORITY_ASKED, on="2026-06-01"),
    Step.PAY_FEE: accepted().then(Happened.FEE_ASKED, on="2026-06-01", ground="repeat", amount=5, reason="Again."),
    Step.ANSWER_CLARIFY: clarified(),
    **dict.fromkeys(
        (Step.FINISH_TASK, Step.CHASE_TASK, Step.ESCALATE_TASK),
        accepted().then(Happened.TASK_SET, task=1, kind="search", what="Files", owner=OWNER),
    ),
    Step.CONFIRM_NOTICE: accepted().then(Happened.NOTICE_SENT, person=HOLDER),
    Step.HOLD: accepted(kind=RequestKind.ERASURE),
    Step.RELEASE_HOLD: responded(),
    Step.DECIDE: accepted(kind=RequestKind.ERASURE),
    Step.CARRY_OUT: decided(RequestKind.ERASURE),
    Step.INFORM_RECIPIENT: decided(RequestKind.ERASURE),
    Step.RESPOND: ready(),
    Step.ACKNOWLEDGE_COMPLAINT: accepted(kind=RequestKind.COMPLAINT),
    Step.ANSWER_COMPLAINT: accepted(kind=RequestKind.COMPLAINT),
    Step.NO_LONGER_INVOLVED: accepted().then(Happened.INVOLVED, person=HOLDER, part="subject"),
    Step.CLOSE: responded().then(Happened.HOLD_RELEASED, reason="Done."),
    Step.REOPEN: responded(),
    Step.UNDO: accepted(),
}


def copied(told: Told) -> Told:
    other = Told(told.events[0].at)
    other.events, other.now = list(told.events), told.now
    return other


RECORDED = [step for step in Step if event_of(step) is not None]


@pytest.mark.parametrize("step", RECORDED, ids=str)
def test_each_step_can_be_taken_where_it_fits(step: Step) -> None:
    told = copied(FIT[step])
    by = HOLDER if step is Step.CONFIRM_NOTICE else DPO
    assert take(told, step, by=by)
    kind = event_of(step)
    assert kind is not None
    assert step_of(kind) is step
    assert told.request.events == len(told.events)


@pytest.mark.parametrize("step", RECORDED, ids=str)
@pytest.mark.parametrize("by", [TAKER, HEAD, OWNER, SOMEBODY, HOLDER])
def test_nobody_takes_a_step_that_is_not_theirs(step: Step, by: int) -> None:
    told = copied(FIT[step])
    parts = parts_of(told.request, by=by, roles=ROLES[by])
    if not parts & WHOSE[step]:
        assert not take(told, step, by=by)
        assert said_to(told, step, by=by)


def test_most_steps_are_the_dpos_alone() -> None:
    others = {step for step in Step if WHOSE[step] - {Part.DPO}}
    assert others == {
        *(Step.SEE_OWN, Step.SEE_DATES, Step.SAY, Step.CORRECT, Step.INVOLVE),
        *(Step.FINISH_TASK, Step.CONFIRM_NOTICE, Step.SNOOZE),
    }


@pytest.mark.parametrize(
    ("told", "by", "roles", "parts"),
    [
        (Told(), TAKER, {Role.STAFF}, {Part.TAKER}),
        (Told(), TAKER, {Role.DPO}, {Part.TAKER, Part.DPO}),  # who only takes a request in keeps their seat
        (Told(own=True), TAKER, {Role.DPO}, {Part.TAKER}),  # who asks does not
        (Told(), HEAD, {Role.HEADTEACHER}, {Part.LEADER}),
        (Told().then(Happened.INVOLVED, person=HEAD, part="accused"), HEAD, {Role.HEADTEACHER, Role.DPO}, set()),
        (Told(), SOMEBODY, {Role.DSL, Role.CEO, Role.GOVERNOR}, set()),
    ],
)
def test_whoever_it_is_about_has_no_seat(told: Told, by: int, roles: set[Role], parts: set[Part]) -> None:
    assert parts_of(told.request, by=by, roles=frozenset(roles)) == parts


CCTV, RIGHT = RequestKind.CCTV, RequestKind.RECTIFICATION
ON = {"on": "2026-06-01"}
EXTENDING = {"ground": "complex", "reason": "Much.", "notice_sent_on": "2026-06-01"}
REFUSING = {"ground": "excessive", "reasons": "R", "routes": ROUTES, "sent_on": "2026-06-01", "how": "hand"}
SENDING = {"sent_on": "2026-06-01", "how": "hand", "explanation": "E", "withheld": "", "proof": "P"}

FORBIDDEN: list[tuple[str, Told, Step, dict[str, Any] | None, str]] = [
    ("before accepting", Told(), Step.ASK_IDENTITY, None, "accept"),
    ("accepted twice", accepted(), Step.ACCEPT, None, "already"),
    ("no doubt", accepted(), Step.ASK_IDENTITY, {**ON, "doubt": " "}, "doubt"),
    ("asked before receipt", accepted(), Step.ASK_IDENTITY, {"on": "2026-05-30", "doubt": "D"}, "before"),
    ("asked tomorrow", accepted(), Step.ASK_IDENTITY, {"on": "2026-06-02", "doubt": "D"}, "to come"),
    ("asked twice", identity_asked(), Step.ASK_IDENTITY, None, "already"),
    ("one document", identity_asked(), Step.SEE_IDENTITY, {**ON, "documents": ["passport"]}, "Two"),
    ("the same twice", identity_asked(), Step.SEE_IDENTITY, {**ON, "documents": ["passport", "passport"]}, "Two"),
    ("of no list", identity_asked(), Step.SEE_IDENTITY, {**ON, "documents": ["passport", "selfie"]}, "list"),
    ("other unsaid", identity_asked(), Step.SEE_IDENTITY, {**ON, "documents": ["passport", "other"]}, "other"),
    ("none asked", accepted(), Step.SEE_IDENTITY, None, "No proof"),
    ("their own", accepted(), Step.ASK_AUTHORITY, None, "themselves"),
    ("not waited for", accepted(requester_kind="agent"), Step.OVERRIDE_AUTHORITY, None, "waited"),
    ("no fee for footage", accepted(kind=CCTV), Step.ASK_FEE, None, "no fee"),
    ("no fee for a right", accepted(kind=RIGHT), Step.ASK_FEE, None, "no fee"),
    ("fee for copying", accepted(), Step.ASK_FEE, {**ON, "ground": "work", "amount": 5, "reason": "R"}, "only"),
    ("fee of nothing", accepted(), Step.ASK_FEE, {**ON, "ground": "repeat", "amount": 0, "reason": "R"}, "amount"),
    ("fee unexplained", accepted(), Step.ASK_FEE, {**ON, "ground": "repeat", "amount": 5, "reason": ""}, "reason"),
    ("no pause for a right", accepted(kind=RIGHT), Step.CLARIFY, None, "note"),
    ("no clock to stop", accepted(kind=RequestKind.COMPLAINT), Step.CLARIFY, None, "clock"),
    ("no question", accepted(), Step.ANSWER_CLARIFY, None, "No question"),
    ("not that question", clarified(), Step.ANSWER_CLARIFY, {**ON, "question": 9, "text": ""}, "isn't open"),
    ("extended twice", extended(), Step.EXTEND, None, "once"),
    ("extended while waiting", identity_asked(), Step.EXTEND, EXTENDING, "begun"),
    ("extended for no reason", accepted(), Step.EXTEND, {**EXTENDING, "reason": ""}, "reason"),
    ("extended as unclear", accepted(), Step.EXTEND, {**EXTENDING, "ground": "unclear"}, "complex"),
    ("notice to come", accepted(), Step.EXTEND, {**EXTENDING, "notice_sent_on": "2026-06-20"}, "to come"),
    ("no search", accepted(), Step.TICK, {"check": "searched", "note": ""}, "No search"),
    ("nobody entitled", accepted(), Step.TICK, {"check": "entitled", "note": ""}, "settle"),
    ("second before first", searched(), Step.TICK, {"check": "redacted_again", "note": ""}, "first"),
    ("ticked twice", ready(), Step.TICK, {"check": "told", "note": ""}, "already"),
    ("list unfinished", searched(), Step.RESPOND, SENDING, "finish"),
    ("still waiting", identity_asked(), Step.RESPOND, SENDING, "wait"),
    ("no proof", ready(), Step.RESPOND, {**SENDING, "proof": ""}, "shows"),
    ("two routes", accepted(), Step.REFUSE, {**REFUSING, "routes": ROUTES[:2]}, "three"),
    ("no reasons", accepted(), Step.REFUSE, {**REFUSING, "reasons": ""}, "reasons"),
    ("identity was fine", accepted(), Step.REFUSE, {**REFUSING, "ground": "identity"}, "doesn't say so"),
    ("nothing decided", accepted(kind=RIGHT), Step.REFUSE, REFUSING, "decide first"),
    ("marketing stops", accepted(kind=RequestKind.MARKETING), Step.REFUSE, REFUSING, "can't be refused"),
    ("hold while open", accepted(), Step.RELEASE_HOLD, None, "stays"),
    ("erasing what is held", decided(RequestKind.ERASURE).then(Happened.HOLD_SET, reason="R"), Step.CARRY_OUT, None,
     "hold"),
    ("erasing undecided", accepted(kind=RequestKind.ERASURE), Step.CARRY_OUT, None, "decide"),
    ("closing what is held", responded(), Step.CLOSE, None, "hold"),
    ("closing unanswered", accepted(), Step.CLOSE, None, "answered"),
    ("answered already", responded(), Step.ASK_IDENTITY, None, "answered"),
    ("open already", accepted(), Step.REOPEN, {"reason": "R"}, "open already"),
    ("after its end", Told().then(Happened.WITHDRAWN, reason="R"), Step.ACCEPT, None, "Reopen"),
    ("opening undone", accepted(), Step.UNDO, {"of": 1, "reason": "R"}, "taken back"),
    ("undone twice", extended().then(Happened.UNDONE, of=3, reason="R"), Step.UNDO, {"of": 3, "reason": "R"},
     "already"),
    ("something rests on it", extended(), Step.UNDO, {"of": 2, "reason": "R"}, "rests"),
    ("harm without the lead", accepted(requester_kind="parent"), Step.EXEMPT,
     {"exemption": "serious_harm", "what": "W", "reason": "R", "dsl": False}, "safeguarding"),
    ("consent before redaction", accepted(), Step.THIRD_PARTY,
     {**ON, "item": 1, "who": "W", "move": "consent_asked", "reason": ""}, "next step"),
    ("withheld at once", accepted(), Step.THIRD_PARTY, {**ON, "item": 1, "who": "W", "move": "withheld"}, "next step"),
    ("against the table", accepted(requester_kind="agent"), Step.CONFIRM_ROUTE, {"route": "agent", "reason": ""},
     "proposes"),
    ("footage without a name", accepted(kind=RequestKind.RELEASE), Step.DECIDE,
     {"outcome": "yes", "ground": "order", "reason": "R"}, "authorised"),
    ("erasure without a ground", accepted(kind=RequestKind.ERASURE), Step.DECIDE,
     {"outcome": "yes", "ground": "", "reason": "R"}, "rests on"),
    ("objection without a ground", accepted(kind=RequestKind.OBJECTION), Step.DECIDE,
     {"outcome": "no", "exception": "", "reason": "R"}, "against it"),
    ("no reason", accepted(kind=RIGHT), Step.DECIDE, {"outcome": "no", "reason": ""}, "reason"),
    ("a month's snooze", accepted(), Step.SNOOZE, {"line": "check", "until": at("2026-07-20").isoformat()}, "week"),
    ("done with the due date", accepted(), Step.SETTLE, {"line": "due"}, "by itself"),
    ("another kind now", extended(), Step.CORRECT, {"kind": "erasure", "reason": "R"}, "take them back"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "step", "data", "word"), [row[1:] for row in FORBIDDEN], ids=[row[0] for row in FORBIDDEN]
)
def test_what_may_not_be_says_why(told: Told, step: Step, data: dict[str, Any] | None, word: str) -> None:
    told = copied(told)
    whole = data if data is not None else data_for(step, told.request, told)
    refused_ = said_to(told, step, whole)
    assert refused_ is not None
    assert word in refused_


def test_an_extension_locks_after_the_last_day_for_its_notice_and_a_reason_opens_it() -> None:
    told = accepted()  # notice by Wed 1 July
    late = {**EXTENDING, "notice_sent_on": "2026-07-01"}
    assert said_to(told, Step.EXTEND, late, on="2026-07-01") is None
    locked = said_to(told, Step.EXTEND, late, on="2026-07-02")
    assert locked is not None
    assert "last day" in locked
    assert said_to(told, Step.EXTEND, {**late, "override": "It went out; noted late."}, on="2026-07-02") is None


@pytest.mark.parametrize("step", [Step.ASK_IDENTITY, Step.CLARIFY])
def test_asking_when_time_is_up_stops_no_clock(step: Step) -> None:
    told = accepted()
    data = {"on": "2026-07-06", "doubt": "D", "text": "T"}
    assert "over" in (said_to(told, step, data, on="2026-07-06") or "")


def test_the_taker_corrects_until_the_dpo_has_it_and_always_adds_words() -> None:
    data = {"about": "Kim", "reason": "Misheard."}
    assert said_to(Told(), Step.CORRECT, data, by=TAKER) is None
    assert said_to(accepted(), Step.CORRECT, data, by=TAKER)
    assert said_to(responded(), Step.SAY, {"text": "They rang again."}, by=TAKER) is None


def test_a_task_is_done_by_its_owner_and_put_off_by_its_owner() -> None:
    told = accepted().then(Happened.TASK_SET, task=1, kind="search", what="Files", owner=OWNER)
    told.then(Happened.TASK_SET, task=2, kind="search", what="Mail", owner=HEAD)
    done = {"task": 1, "found": "no", "note": ""}
    assert said_to(told, Step.FINISH_TASK, done, by=OWNER) is None
    assert said_to(told, Step.FINISH_TASK, {**done, "task": 2}, by=OWNER) == "That task isn't yours."
    later = {"line": "task:1", "until": at("2026-06-03").isoformat()}
    assert said_to(told, Step.SNOOZE, later, by=OWNER) is None
    assert said_to(told, Step.SNOOZE, {**later, "line": "due"}, by=OWNER) == "That reminder isn't yours."


def test_a_reminder_is_put_off_three_times_at_most() -> None:
    told = accepted()
    data = {"line": "check", "until": at("2026-06-03").isoformat()}
    for _ in range(3):
        assert said_to(told, Step.SNOOZE, data) is None
        told.then(Happened.SNOOZED, **data)
    assert "three times" in (said_to(told, Step.SNOOZE, data) or "")


def test_what_came_undone_can_be_restored() -> None:
    told = extended()
    assert undoable(told.request, by=DPO, now=told.now, division=ENGLAND) == (3,)
    told.then(Happened.UNDONE, of=3, reason="A slip.")
    assert told.request.extension is None
    assert undoable(told.request, by=DPO, now=told.now, division=ENGLAND) == (4, 2)
    told.then(Happened.UNDONE, of=4, reason="It was right.")
    assert told.request.extension is not None
    assert len(told.request.history) == 5


def test_an_answered_refusal_is_kept_when_it_is_reopened_and_the_list_begins_anew() -> None:
    told = refused().then(Happened.REOPENED, reason="They explained.")
    assert told.request.answer is None
    assert [one.outcome for one in told.request.earlier_answers] == ["refused"]
    again = responded().then(Happened.REOPENED, reason="A folder was missed.").request
    assert again.ticked == {}


@pytest.mark.parametrize(
    ("kind", "held", "restricted"),
    [
        (RequestKind.ACCESS, True, False),
        (CCTV, True, False),
        (RequestKind.ERASURE, False, False),
        (RIGHT, False, True),
        (RequestKind.OBJECTION, False, True),
        (RequestKind.RESTRICTION, True, True),
    ],
)
def test_what_is_asked_for_is_kept_or_left_unused_from_receipt(kind: RequestKind, held: bool, restricted: bool) -> None:  # noqa: FBT001  a table
    request = Told(kind=kind).request
    assert (request.is_held, request.is_restricted) == (held, restricted)


def test_the_hold_ends_by_the_dpos_word_only() -> None:
    told = responded()
    assert told.request.is_held
    assert said_to(told, Step.RELEASE_HOLD, {"reason": "No complaint."}) is None
    assert not told.then(Happened.HOLD_RELEASED, reason="No complaint.").request.is_held
