"""The forms: first choices and a few words make an event that the rules take; and intake under a minute."""

from typing import Any

import pytest

from policy.filled import Problem, read
from policy.forms import Answers, Choice, Field, Form, Kind, missing
from policy.request.events import Event, Happened
from policy.request.first_words import first_words
from policy.request.forms import data_of, form_of
from policy.request.history import of
from policy.request.intake import INTAKE, begun, opening
from policy.request.kinds import How, Requester, RequestKind
from policy.request.steps import Step, event_of
from tests.policy.request.request_examples import DPO, HOLDER, OWNER, ROUTES, START, TAKER, Told, accepted, said_to
from tests.policy.request.test_refusals import FIT, RECORDED, copied

PEOPLE = (Choice(str(OWNER), "Ira Stone"), Choice(str(HOLDER), "Kim Vale"))
NO_FORM = {Step.ACCEPT, Step.CLOSE, Step.CONFIRM_NOTICE, Step.SETTLE, Step.SNOOZE, Step.UNDO}
CASES = {**FIT, Step.REFUSE: accepted(requester_kind="agent"), Step.INFORM_RECIPIENT: FIT[Step.INFORM_RECIPIENT]}
SEVERAL: dict[str, list[str]] = {"routes": ROUTES, "documents": ["passport", "certificate"]}


def filled(field: Field) -> dict[str, str]:
    match field.kind:
        case Kind.CHOICE:
            return {field.name: field.choices[0].value}
        case Kind.SEVERAL:
            return {field.name: ",".join(SEVERAL[field.name])}
        case Kind.NUMBER:
            return {field.name: "3"}
        case Kind.DATE:
            return {field.name: "2026-06-01"}
        case _:
            return {field.name: "A few words."}


def answers_to(form: Form, known: Answers | None = None) -> Answers:
    answers: dict[str, Any] = dict(known or {})
    for field in form.fields:
        if field.is_asked(answers) and field.name not in answers:
            value = read(field, filled(field), now=START)
            assert not isinstance(value, Problem), value
            answers[field.name] = value
    assert missing(form, answers) == ()
    return answers


@pytest.mark.parametrize("step", [step for step in RECORDED if step not in NO_FORM], ids=str)
def test_first_choices_and_a_few_words_make_an_event_that_is_taken(step: Step) -> None:
    told = copied(CASES[step])
    people = PEOPLE[1:] if step in {Step.NO_LONGER_INVOLVED, Step.INVOLVE, Step.SEND_NOTICE} else PEOPLE
    form = form_of(step, told.request, people=people)
    assert form is not None
    data = data_of(step, told.request, answers_to(form))
    assert said_to(told, step, data) is None
    kind = event_of(step)
    assert kind is not None
    told.then(Happened(kind), **data)
    assert told.request.events == len(told.events)


def test_steps_without_words_have_no_form_of_their_own() -> None:
    told = accepted()
    silent = {step for step in NO_FORM if form_of(step, told.request, people=PEOPLE) is None}
    assert silent == NO_FORM - {Step.SNOOZE, Step.UNDO}
    assert form_of(Step.SET_TASK, told.request) is None
    assert form_of(Step.FINISH_TASK, told.request) is None
    assert form_of(Step.ANSWER_CLARIFY, told.request) is None
    assert form_of(Step.DECIDE, told.request) is None  # a request to see data is answered, not decided


def test_what_the_table_proposes_stands_first() -> None:
    form = form_of(Step.CONFIRM_ROUTE, accepted(requester_kind="parent", born="2016-01-01").request)
    assert form is not None
    assert form.fields[0].choices[0].value == "parent"
    assert form.fields[0].choices[0].title.endswith("(proposed)")


def test_intake_is_two_short_pages_most_of_it_filled_in_and_makes_an_opening() -> None:
    assert [len(page.fields) for page in INTAKE.pages] == [5, 4]
    known = begun(RequestKind.ACCESS, "Grandad wants all there is about the twins", now=START)
    assert known["received_on"] == "2026-06-01"
    answers = answers_to(INTAKE, known)
    request = of(1, 1, [Event(Happened.OPENED, START, TAKER, opening(answers))])
    assert request.details.words == "Grandad wants all there is about the twins"
    assert request.details.received_on.isoformat() == "2026-06-01"
    assert not request.concerned
    own = of(1, 1, [Event(Happened.OPENED, START, TAKER, opening(answers, own=True))])
    assert own.concerned == {TAKER}


@pytest.mark.parametrize(
    ("kind", "requester", "then"),
    [
        ("cctv", "self", RequestKind.CCTV),
        ("cctv", "parent", RequestKind.CCTV),
        ("cctv", "police", RequestKind.RELEASE),
        ("cctv", "insurer", RequestKind.RELEASE),
        ("cctv", "press", RequestKind.RELEASE),
        ("access", "police", RequestKind.ACCESS),
    ],
)
def test_footage_for_police_insurers_and_the_press_takes_another_road(
    kind: str, requester: str, then: RequestKind
) -> None:
    known = {**begun(RequestKind(kind), "The car park on Friday", now=START), "requester_kind": requester}
    assert opening(answers_to(INTAKE, known))["kind"] == then.value


@pytest.mark.parametrize("kind", RequestKind)
@pytest.mark.parametrize("how", [None, *How])
def test_whoever_takes_it_is_told_not_to_answer_and_what_to_say(kind: RequestKind, how: How | None) -> None:
    told = first_words(kind, how=how)
    text = " ".join(told)
    assert "passed on to the DPO" in text
    assert "don't answer it yourself" in text
    assert ("spoken counts" in text) is (how in {None, How.SPOKEN})
    if kind not in {RequestKind.MARKETING, RequestKind.RELEASE}:
        assert "Delete nothing" in text
    assert 4 <= len(told) <= 6


def test_the_police_are_shown_nothing_at_the_gate() -> None:
    assert "Show and hand over nothing" in " ".join(first_words(RequestKind.CCTV, requester=Requester.POLICE))
    assert "site manager" in " ".join(first_words(RequestKind.CCTV))


def test_nobody_decides_from_a_stale_choice() -> None:
    told = Told(kind=RequestKind.ERASURE).accepted()
    answers: Answers = {"outcome": "no", "ground": "duty", "exception": "claim", "reason": "A claim is open."}
    assert data_of(Step.DECIDE, told.request, answers)["ground"] == ""
    assert said_to(told, Step.DECIDE, data_of(Step.DECIDE, told.request, answers), by=DPO) is None
