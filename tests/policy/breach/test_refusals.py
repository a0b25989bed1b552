"""Who may do what in a case, what must come first, and what must be said (domain 2.3, 2.5, 2.6, 8)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from policy.breach.case import Breach
from policy.breach.events import Happened, Matter
from policy.breach.refusals import refusal
from policy.breach.seats import Seat
from policy.breach.steps import DECIDES, WHOSE, Part, Step
from policy.forms import unknown
from policy.roles import Role
from tests.policy.breach.breach_examples import (
    CRITERIA,
    DPO,
    DSL,
    FORM_A,
    HEAD,
    LETTER,
    REPORTER,
    REVIEW,
    SOMEBODY,
    START,
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

HOUR = timedelta(hours=1)
ROLES: dict[int, frozenset[Role]] = {
    REPORTER: frozenset({Role.STAFF}),
    DPO: frozenset({Role.DPO}),
    HEAD: frozenset({Role.HEADTEACHER}),
    DSL: frozenset({Role.DSL}),
    TECH: frozenset({Role.TECHNICIAN}),
    SOMEBODY: frozenset(Role) - {Role.DPO, Role.HEADTEACHER, Role.ACADEMY_LEADER, Role.DSL, Role.DEPUTY_DSL},
}
ICO = {"outcome": "yes", "reason": "Because."}


def refused(
    breach: Breach,
    step: Step,
    *,
    by: int = DPO,
    now: datetime = START + HOUR,
    roles: frozenset[Role] | None = None,
    standing_in: frozenset[Seat] = frozenset(),
    data: dict[str, Any] | None = None,
) -> str | None:
    return refusal(
        breach, step, by=by, roles=ROLES[by] if roles is None else roles, now=now, standing_in=standing_in, data=data
    )


def theirs(breach: Breach, by: int, **given: Any) -> set[Step]:  # noqa: ANN401  as `refused` takes them
    """The steps that are somebody's to take, whatever must come first."""
    not_yours = ("That is for the DPO", "This case isn't open", "You reported this", "Only whoever reported")
    return {step for step in Step if not (refused(breach, step, by=by, **given) or "").startswith(not_yours)}


# --- whose


OWN = {step for step, whose in WHOSE.items() if Part.REPORTER in whose}
LED = {step for step, whose in WHOSE.items() if Part.LEADER in whose}


def test_the_reporter_has_their_own_report_and_thread() -> None:
    assert theirs(analysed().breach, REPORTER) == OWN
    assert {Step.SEE, Step.EXPORT, Step.ACKNOWLEDGE, Step.NOTE, Step.ANALYSE, *DECIDES}.isdisjoint(OWN)


@pytest.mark.parametrize("role", [Role.DPO, Role.HEADTEACHER, Role.ACADEMY_LEADER, Role.DSL])
def test_whoever_reported_has_no_more_than_that_whatever_their_post(role: Role) -> None:
    breach = analysed().then(Happened.CHILD_AT_RISK).breach
    assert theirs(breach, REPORTER, roles=frozenset({role})) == OWN


@pytest.mark.parametrize("part", ["subject", "accused"])
@pytest.mark.parametrize("person", [DPO, HEAD, DSL])
def test_subjects_and_accused_have_nothing_and_hear_no_reason(person: int, part: str) -> None:
    breach = analysed().then(Happened.CHILD_AT_RISK).then(Happened.INVOLVED, person=person, part=part).breach
    assert theirs(breach, person) == set()
    assert refused(breach, Step.SEE, by=person) == refused(breach, Step.SEE, by=SOMEBODY)
    assert theirs(breach, person, standing_in=frozenset(Seat)) == set()


def test_somebody_without_a_seat_has_nothing() -> None:
    assert theirs(analysed().then(Happened.CHILD_AT_RISK).breach, SOMEBODY) == set()


def test_the_dpo_has_everything_but_the_reporters_own_words() -> None:
    reporters = {step for step, whose in WHOSE.items() if whose == {Part.REPORTER}}
    assert theirs(analysed().breach, DPO) == set(Step) - reporters


def test_leaders_see_all_and_decide_what_is_theirs_with_the_dpo() -> None:
    assert theirs(analysed().breach, HEAD) == LED
    assert {step for step in LED if step in DECIDES} == {Step.DECIDE_POLICE, Step.DECIDE_OTHERS, Step.DECIDE_DSL}
    never = {Step.DECIDE_PRESS, Step.DECIDE_ICO, Step.WITHDRAW, Step.CLOSE, Step.CORRECT_T0, Step.EXPORT, Step.INVOLVE}
    assert never.isdisjoint(LED)


def test_the_safeguarding_lead_sees_a_case_only_where_a_child_may_be_at_risk() -> None:
    assert theirs(analysed().breach, DSL) == set()
    assert theirs(analysed().then(Happened.CHILD_AT_RISK).breach, DSL) == {Step.SEE, Step.CHILD_AT_RISK}


def test_whoever_has_a_task_may_finish_it_and_no_other() -> None:
    told = acknowledged().then(Happened.TASK_SET, task=1, what="Wipe it", owner=TECH)
    breach = told.then(Happened.TASK_SET, task=2, what="Ring them", owner=REPORTER).breach
    assert theirs(breach, TECH) == {Step.FINISH_TASK}
    assert refused(breach, Step.FINISH_TASK, by=TECH, data={"task": 1}) is None
    assert refused(breach, Step.FINISH_TASK, by=REPORTER, data={"task": 2}) is None
    for by, task in ((TECH, 2), (REPORTER, 1), (DPO, 3)):
        assert refused(breach, Step.FINISH_TASK, by=by, data={"task": task})
    done = told.then(Happened.TASK_DONE, by=TECH, task=1, note="").breach
    assert refused(done, Step.FINISH_TASK, by=TECH, data={"task": 1})


def test_who_stands_in_for_the_dpo_has_the_dpos_seat() -> None:
    breach = analysed().then(Happened.INVOLVED, by=REPORTER, person=DPO, part="accused").breach
    seats = frozenset({Seat.DPO, Seat.LEADER})
    assert refused(breach, Step.DECIDE_ICO, by=HEAD, data=ICO)
    assert refused(breach, Step.DECIDE_ICO, by=HEAD, data=ICO, standing_in=seats) is None


def test_the_head_never_changes_what_the_dpo_decided() -> None:
    told = analysed().decided(Matter.POLICE, "no")
    assert refused(told.breach, Step.DECIDE_POLICE, by=HEAD)
    assert refused(told.breach, Step.DECIDE_POLICE, by=HEAD, standing_in=frozenset({Seat.DPO}))
    assert refused(told.breach, Step.DECIDE_POLICE, by=DPO) is None
    by_head = analysed().decided(Matter.POLICE, "no", who=HEAD).breach
    assert refused(by_head, Step.DECIDE_POLICE, by=HEAD) is None
    assert refused(by_head, Step.DECIDE_POLICE, by=DPO) is None


# --- first things first


WITHDRAWN = acknowledged().then(Happened.WITHDRAWN, reason="A drill.")
LED_ALREADY = signed().then(Happened.ACKNOWLEDGED, by=HEAD, by_dpo=False)
TOLD_YES = notifiable().decided(Matter.SUBJECTS, "yes")
OWED = closable().decided(Matter.OTHERS, "yes", name="Exam board", by=START.isoformat())


@pytest.mark.parametrize(
    ("told", "step", "by", "says"),
    [
        (Told(), Step.SIGN_FORM_A, REPORTER, "open the form"),
        (signed(), Step.SIGN_FORM_A, REPORTER, "sent already"),
        (signed(), Step.OPEN_FORM_A, REPORTER, "sent already"),
        (signed(), Step.MOVE, REPORTER, "sent already"),
        (signed(), Step.ANSWER, REPORTER, "Nothing was asked"),
        (acknowledged(), Step.ACKNOWLEDGE, DPO, "acknowledged already"),
        (LED_ALREADY, Step.ACKNOWLEDGE, HEAD, "acknowledged already"),
        (LED_ALREADY, Step.ACKNOWLEDGE, DPO, None),
        (signed(), Step.NOTE, DPO, "acknowledge the case first"),
        (signed(), Step.ANALYSE, DPO, "acknowledge the case first"),
        (signed(), Step.WITHDRAW, DPO, None),
        (signed(), Step.CORRECT_T0, DPO, None),
        *((acknowledged(), step, DPO, "all five criteria") for step in DECIDES if step is not Step.DECIDE_DSL),
        (acknowledged(), Step.DECIDE_DSL, DPO, None),
        (sent(), Step.DECIDE_ICO, DPO, "follow-up instead"),
        (analysed(), Step.SAVE_FORM_B, DPO, "after the decision"),
        (not_notifiable(), Step.SAVE_FORM_B, DPO, "after the decision"),
        (notifiable(), Step.SAVE_FORM_B, DPO, None),
        (notifiable(), Step.SEND_ICO, DPO, "finish Form B"),
        (drafted(final=False), Step.SEND_ICO, DPO, "finish Form B"),
        (drafted(), Step.SEND_ICO, DPO, None),
        (sent(), Step.SEND_ICO, DPO, "sent already"),
        (drafted().decided(Matter.ICO, "no"), Step.SEND_ICO, DPO, "after the decision"),
        (drafted(), Step.FOLLOW_UP, DPO, "after the report"),
        (analysed(), Step.TELL_SUBJECTS, DPO, "decide first"),
        (analysed().decided(Matter.SUBJECTS, "no"), Step.TELL_SUBJECTS, DPO, "need not be told"),
        (TOLD_YES, Step.TELL_SUBJECTS, DPO, "lacks a part"),
        (analysed().decided(Matter.SUBJECTS, "public_notice", notice="the website"), Step.TELL_SUBJECTS, DPO, None),
        (analysed(), Step.REVIEW, DPO, "after the decision"),
        (drafted(), Step.REVIEW, DPO, "after the report"),
        (closed(), Step.NOTE, DPO, "Reopen it first"),
        (closed(), Step.WITHDRAW, DPO, "Reopen it first"),
        (WITHDRAWN, Step.ANALYSE, DPO, "Reopen it first"),
        (WITHDRAWN, Step.SEE, DPO, None),
        (WITHDRAWN, Step.SAY, REPORTER, None),
        (acknowledged(), Step.REOPEN, DPO, "open already"),
        (closed().then(Happened.REOPENED, reason="More."), Step.DECIDE_ICO, DPO, "all five criteria"),
        (opened(), Step.BREACH_AFTER_ALL, REPORTER, "as a breach already"),
        (opened().then(Happened.CHILD_AT_RISK), Step.CHILD_AT_RISK, REPORTER, "told already"),
        (analysed(), Step.NO_LONGER_INVOLVED, DPO, "Nobody is recorded"),
        # closing
        (analysed(), Step.CLOSE, DPO, "decide on the regulator"),
        (drafted(), Step.CLOSE, DPO, "hasn't been sent"),
        (not_notifiable(), Step.CLOSE, DPO, "whether the people affected"),
        (not_notifiable().decided(Matter.SUBJECTS, "yes"), Step.CLOSE, DPO, "haven't been told"),
        (not_notifiable().decided(Matter.SUBJECTS, "no"), Step.CLOSE, DPO, "review it first"),
        (OWED, Step.CLOSE, DPO, "Another organisation"),
        (closable(), Step.CLOSE, DPO, None),
        (closable().decided(Matter.ICO, "no"), Step.CLOSE, DPO, "review it first"),
    ],
)
def test_first_things_first(told: Told, step: Step, by: int, says: str | None) -> None:
    said = refused(told.breach, step, by=by)
    assert (said is None) if says is None else (said is not None and says in said), said


def test_a_case_without_form_a_is_never_closed() -> None:
    told = opened().then(Happened.ACKNOWLEDGED).then(Happened.ANALYSED, criteria=CRITERIA)
    told.decided(Matter.ICO, "no").decided(Matter.SUBJECTS, "no").then(Happened.REVIEWED, **REVIEW)
    assert "without Form A" in (refused(told.breach, Step.CLOSE) or "")


def test_what_was_promised_to_the_regulator_is_told_before_closing() -> None:
    told = drafted(answers={**form_b_answers(), "2c": unknown(START.date())})
    told.then(Happened.ICO_SENT, at=START.isoformat(), how="online").decided(Matter.SUBJECTS, "no")
    told.then(Happened.REVIEWED, **REVIEW)
    assert "wasn't known yet" in (refused(told.breach, Step.CLOSE) or "")
    told.then(Happened.FORM_B_SAVED, answers=form_b_answers(), final=True)
    assert refused(told.breach, Step.CLOSE) is None


# --- what is said


@pytest.mark.parametrize(
    ("told", "step", "by", "data", "says"),
    [
        (signed(), Step.SAY, REPORTER, {"text": " "}, "a few words"),
        (signed(), Step.WITHDRAW, DPO, {"reason": ""}, "reason"),
        (closed(), Step.REOPEN, DPO, {"reason": " "}, "reason"),
        (opened(), Step.SIGN_FORM_A, REPORTER, {"answers": {**FORM_A, "what": ""}}, "What happened?"),
        (opened(), Step.SIGN_FORM_A, REPORTER, {"answers": FORM_A}, None),
        (acknowledged(), Step.ANALYSE, DPO, {"criteria": {**CRITERIA, "damage": {"level": "low"}}}, "damage"),
        (analysed(), Step.DECIDE_ICO, DPO, {"outcome": "no", "reason": ""}, "reason"),
        (analysed(), Step.DECIDE_POLICE, HEAD, {"outcome": "yes", "reason": "Theft."}, "police force"),
        (analysed(), Step.WRITE_LETTER, DPO, {"parts": {"contact": " "}}, "at least one part"),
        (acknowledged(), Step.SET_TASK, DPO, {"what": "", "owner": TECH}, "what to do"),
        (sent(), Step.REVIEW, DPO, {**REVIEW, "owner": ""}, "who does it"),
        (sent(), Step.REVIEW, DPO, {**REVIEW, "owner": "", "done": True}, None),
        (sent(), Step.REVIEW, DPO, {**REVIEW, "action": ""}, "what will be done"),
        (acknowledged(), Step.INVOLVE, DPO, {"person": HEAD, "part": "friend"}, "affected or concerned"),
        (notifiable(), Step.SAVE_FORM_B, DPO, {"answers": {}, "final": True}, "still needs"),
        (notifiable(), Step.SAVE_FORM_B, DPO, {"answers": {}, "final": False}, None),
        (acknowledged(), Step.TELL_OTHERS, DPO, {"name": "X", "at": (START - HOUR).isoformat()}, "before anybody"),
    ],
)
def test_what_must_be_said(told: Told, step: Step, by: int, data: dict[str, Any], says: str | None) -> None:
    said = refused(told.breach, step, by=by, data=data)
    assert (said is None) if says is None else (said is not None and says in said), said


def test_nobody_with_a_part_in_the_case_is_given_a_task() -> None:
    breach = acknowledged().then(Happened.INVOLVED, person=TECH, part="subject").breach
    assert refused(breach, Step.SET_TASK, data={"what": "Wipe it", "owner": TECH})


def test_the_letter_goes_out_with_four_parts() -> None:
    at = {"at": START.isoformat(), "how": "letter"}
    some = notifiable().decided(Matter.SUBJECTS, "yes").then(Happened.LETTER_WRITTEN, parts={**LETTER, "contact": ""})
    assert refused(some.breach, Step.TELL_SUBJECTS, data=at)
    some.then(Happened.LETTER_WRITTEN, parts=LETTER)
    assert refused(some.breach, Step.TELL_SUBJECTS, data=at) is None


@pytest.mark.parametrize(
    ("hours", "answers", "says"),
    [
        (10, form_b_answers(), None),
        (72, form_b_answers(), None),
        (80, form_b_answers(), "later than 72 hours"),  # vB11
        (80, form_b_answers(late=True), None),
        (10, {**form_b_answers(), "3d": unknown()}, "What it may mean"),
        (10, {**form_b_answers(), "3d": unknown(START.date())}, None),
        (10, {**form_b_answers(), "8_name": ""}, "Name"),
    ],
)
def test_a_report_is_sent_with_every_star_and_its_delay_explained(
    hours: int, answers: dict[str, Any], says: str | None
) -> None:
    breach, at = drafted(answers=answers).breach, START + hours * HOUR
    said = refused(breach, Step.SEND_ICO, now=at, data={"at": at.isoformat(), "how": "online"})
    assert (said is None) if says is None else (said is not None and says in said), said


def test_from_no_to_yes_after_72_hours_the_delay_must_be_explained() -> None:
    told = not_notifiable().decided(Matter.ICO, "yes", hours=90)
    data = {"answers": form_b_answers(), "final": True}
    assert "later than 72 hours" in (refused(told.breach, Step.SAVE_FORM_B, now=told.now, data=data) or "")


def test_a_later_draft_leaves_what_was_finished_sendable() -> None:
    told = drafted().then(Happened.FORM_B_SAVED, answers={}, final=False)
    assert refused(told.breach, Step.SEND_ICO, data={"at": START.isoformat(), "how": "online"}) is None


# --- when it starts, as C14 has it


@pytest.mark.parametrize(
    ("step", "by", "hours", "reason", "taken", "t0"),
    [
        (Step.NOTICE, REPORTER, -20, "", True, -20),
        (Step.NOTICE, REPORTER, 0.5, "", True, 0),  # heard, and the earliest stays
        (Step.NOTICE, REPORTER, 30, "", False, 0),
        (Step.NOTICE, DPO, -20, "", False, 0),
        (Step.CORRECT_T0, REPORTER, -20, "Because.", False, 0),
        (Step.CORRECT_T0, HEAD, -20, "Because.", False, 0),
        (Step.CORRECT_T0, DPO, -20, "", True, -20),
        (Step.CORRECT_T0, DPO, 0.5, "", False, 0),
        (Step.CORRECT_T0, DPO, 0.5, "Only then was it certain.", True, 0.5),  # vB10
        (Step.CORRECT_T0, DPO, 0, "Because.", False, 0),
        (Step.CORRECT_T0, DPO, 1.01, "Because.", False, 0),
    ],
)
def test_the_reporter_moves_the_start_earlier_only_and_the_dpo_both_ways(
    *, step: Step, by: int, hours: float, reason: str, taken: bool, t0: float
) -> None:
    told = opened()
    data: dict[str, Any] = {"at": (START + hours * HOUR).isoformat(), "reason": reason}
    assert (refused(told.breach, step, by=by, data=data) is None) is taken
    if taken:
        told.then(Happened.NOTICED if step is Step.NOTICE else Happened.AWARE_CORRECTED, by=by, **data)
    assert told.breach.t0 == START + t0 * HOUR


def test_both_times_are_kept_when_the_dpo_corrects() -> None:
    told = opened().then(Happened.AWARE_CORRECTED, at=(START + HOUR).isoformat(), reason="Certain then.")
    assert [aware.at for aware in told.breach.aware] == [START, START + HOUR]
    assert told.breach.aware[-1].reason == "Certain then."


def test_the_start_is_never_after_the_report_had_gone() -> None:
    breach, now = sent().breach, START + 20 * HOUR
    data = {"at": (START + HOUR).isoformat(), "reason": "Because."}
    assert "had gone" in (refused(breach, Step.CORRECT_T0, now=now, data=data) or "")


def test_a_suppliers_message_starts_the_clock_before_the_office_opens_it() -> None:
    opened_it = datetime(2026, 3, 6, 9, tzinfo=UTC)  # vB09
    wrote = datetime(2026, 3, 5, 10, tzinfo=UTC)
    told = Told(opened_it).then(Happened.NOTICED, by=REPORTER, at=wrote.isoformat())
    assert told.breach.t0 + 72 * HOUR == datetime(2026, 3, 8, 10, tzinfo=UTC)
