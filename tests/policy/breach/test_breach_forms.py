"""The DPO's own forms: first choices and a few words make an event that the rules take."""

from datetime import UTC, datetime
from typing import Any

import pytest

from policy.breach.decisions import contradiction
from policy.breach.events import Happened, Matter
from policy.breach.forms import analysis_answers, data_of, event_of, form_of
from policy.breach.refusals import refusal
from policy.breach.steps import DECIDES, Step
from policy.filled import Problem, read
from policy.forms import Answers, Choice, Field, Form, Kind, missing
from policy.roles import Role
from tests.policy.breach.breach_examples import (
    CRITERIA,
    DPO,
    HEAD,
    LETTER,
    REPORTER,
    Told,
    analysed,
    closed,
    drafted,
    notifiable,
    opened,
    sent,
    signed,
)

PEOPLE = (Choice(str(HEAD), "Ira Stone"), Choice("9", "Kim Vale"))
ORGANISATIONS = ("Exam board, North", "Payroll firm")
NOW = datetime(2026, 2, 3, 12, tzinfo=UTC)


def filled(field: Field) -> dict[str, str]:
    match field.kind:
        case Kind.WHEN:
            return dict(zip(field.inputs, ("2026-02-02", "11:30"), strict=True))
        case Kind.CHOICE | Kind.SEVERAL:
            return {field.name: field.choices[0].value}
        case Kind.NUMBER:
            return {field.name: "3"}
        case Kind.DATE:
            return {field.name: "2026-02-20"}
        case Kind.TEXT | Kind.LONG:
            return {field.name: "A few words."}


def answers_to(form: Form) -> Answers:
    known: dict[str, Any] = {}
    for field in form.fields:
        if field.is_asked(known):
            value = read(field, filled(field), now=NOW)
            assert not isinstance(value, Problem)
            known[field.name] = value
    assert missing(form, known) == ()
    return known


WITH_LETTER = notifiable().decided(Matter.SUBJECTS, "yes").then(Happened.LETTER_WRITTEN, parts=LETTER)
CASES: dict[Step, Told] = {
    Step.ANALYSE: signed().then(Happened.ACKNOWLEDGED),
    Step.WRITE_LETTER: analysed(),
    Step.NOTE: analysed(),
    Step.ASK: analysed(),
    Step.ANSWER: signed().then(Happened.ASKED, text="How many?"),
    Step.SAY: signed(),
    Step.CORRECT_T0: analysed(),
    Step.TELL_SUBJECTS: WITH_LETTER,
    Step.SEND_ICO: drafted(),
    Step.FOLLOW_UP: sent(),
    Step.WITHDRAW: opened(),
    Step.REOPEN: closed(),
    Step.BREACH_AFTER_ALL: opened(near_miss=True),
    Step.SET_TASK: analysed(),
    Step.REVIEW: sent(),
    Step.INVOLVE: analysed(),
    Step.NO_LONGER_INVOLVED: analysed().then(Happened.INVOLVED, person=HEAD, part="subject"),
    Step.TELL_OTHERS: analysed(),
    **dict.fromkeys(DECIDES, analysed()),
}
OWN = {Step.ANSWER, Step.SAY}


@pytest.mark.parametrize("step", CASES, ids=str)
def test_first_choices_and_a_few_words_make_an_event_that_is_taken(step: Step) -> None:
    form = form_of(step, people=PEOPLE, organisations=ORGANISATIONS)
    assert form is not None
    data = data_of(step, answers_to(form), organisations=ORGANISATIONS)
    by, roles = (REPORTER, {Role.STAFF}) if step in OWN else (DPO, {Role.DPO})
    told = CASES[step]
    assert refusal(told.breach, step, by=by, roles=frozenset(roles), now=NOW, data=data) is None
    kind = event_of(step)
    assert kind is not None
    extra = {"task": 1} if step is Step.SET_TASK else {}
    assert told.then(kind, by=by, hours=1, **data, **extra).breach.events == len(told.events)


def test_every_step_with_something_to_say_has_a_form() -> None:
    others = {
        *(Step.SEE, Step.SEE_OWN, Step.EXPORT, Step.ACKNOWLEDGE, Step.CLOSE, Step.CHILD_AT_RISK, Step.MOVE),
        *(Step.NOTICE, Step.OPEN_FORM_A, Step.LEAVE_FORM_A, Step.SIGN_FORM_A, Step.FINISH_TASK, Step.SAVE_FORM_B),
    }
    assert set(Step) - CASES.keys() == others
    assert [step for step in others if form_of(step, people=PEOPLE)] == []


@pytest.mark.parametrize("matter", [Matter.ICO, Matter.SUBJECTS], ids=str)
def test_the_first_choices_of_a_decision_are_careful_and_agree_with_the_table(matter: Matter) -> None:
    step = next(step for step, decides in DECIDES.items() if decides is matter)
    form = form_of(step)
    assert form is not None
    data = data_of(step, answers_to(form))
    assert data["outcome"] == "yes"
    assert contradiction(matter, data["outcome"], data["details"]) is None


def test_a_detail_that_is_no_longer_asked_is_not_kept() -> None:
    answers: Answers = {"outcome": "no", "reason": "Nothing stolen.", "force": "Northshire"}
    assert data_of(Step.DECIDE_POLICE, answers)["details"] == {}


def test_what_was_weighed_comes_back_into_the_form() -> None:
    answers = analysis_answers(CRITERIA)
    assert data_of(Step.ANALYSE, answers) == {"criteria": CRITERIA}


def test_a_task_without_a_set_kind_is_its_own_words() -> None:
    said = {"kind": "other", "what": "Ring the bus company", "owner": "9"}
    assert data_of(Step.SET_TASK, said) == {"what": "Ring the bus company", "owner": 9}


@pytest.mark.parametrize("step", CASES, ids=str)
def test_what_may_be_left_blank_may_be_left_blank(step: Step) -> None:
    form = form_of(step, people=PEOPLE, organisations=ORGANISATIONS)
    assert form is not None
    asked = {field.name: field for field in form.fields}
    kept = {name: value for name, value in answers_to(form).items() if asked[name].required}
    data = data_of(step, kept, organisations=ORGANISATIONS)
    kind = event_of(step)
    assert kind is not None
    told = Told().then(kind, **data, **({"task": 1} if step is Step.SET_TASK else {}))
    assert told.breach.events == 2


def test_forms_that_need_people_are_not_offered_without() -> None:
    assert form_of(Step.SET_TASK) is None
    assert form_of(Step.TELL_OTHERS) is not None
