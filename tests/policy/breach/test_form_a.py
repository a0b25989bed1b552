"""Form A: every field of the procedure, on cards that fit a phone, calm and without the leaked data (domain 2.2)."""

from datetime import UTC, datetime

import pytest

from policy.breach.form_a import FORM_A, child_at_risk, form_a, near_miss_answers, noticed_at, workplace_of
from policy.filled import Problem, read
from policy.forms import Answers, Choice, Field, Form, Kind, Value, is_unknown, missing, unknown

NOW = datetime(2026, 11, 23, 15, 4, tzinfo=UTC)
SCHOOLS = (Choice("1", "Ashdown Primary"), Choice("2", "Beechwood Primary"))


def filled(field: Field) -> dict[str, str]:
    match field.kind:
        case Kind.WHEN:
            return dict(zip(field.inputs, ("2026-11-20", "09:30"), strict=True))
        case Kind.CHOICE | Kind.SEVERAL:
            return {field.name: field.choices[0].value}
        case Kind.NUMBER:
            return {field.name: "3"}
        case Kind.DATE:
            return {field.name: "2026-11-20"}
        case Kind.TEXT | Kind.LONG:
            return {field.name: "A letter went to another family."}


def answered(raw: Value | Problem | None) -> Value:
    assert not isinstance(raw, Problem)
    assert raw is not None
    return raw


@pytest.mark.parametrize("form", [FORM_A, form_a(SCHOOLS)], ids=["one school", "two schools"])
def test_first_choices_and_a_few_words_make_a_whole_form(form: Form) -> None:
    answers = {field.name: answered(read(field, filled(field), now=NOW)) for field in form.fields}
    assert missing(form, answers) == ()
    assert not child_at_risk(answers)
    assert answers["going_on"] == "no"
    assert noticed_at(answers) == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def test_every_field_that_a_person_fills_is_there_and_the_stamped_ones_are_not() -> None:
    assert {field.clause for field in FORM_A.fields} >= {f"FORMA-{number}" for number in (1, 2, 3, 5, 6, 7, 8)}
    assert {field.clause for field in FORM_A.fields}.isdisjoint({"FORMA-4", "FORMA-9"})


def test_when_somebody_first_noticed_is_asked_first_and_never_left_open() -> None:
    first = FORM_A.fields[0]
    assert (first.name, first.kind, first.unknown_ok) == ("noticed", Kind.WHEN, False)
    assert isinstance(read(first, {"noticed_date": "2026-11-24", "noticed_time": "09:00"}, now=NOW), Problem)


def test_what_the_procedure_lets_be_unknown_may_be_left_blank() -> None:
    open_ended = {field.name for field in FORM_A.fields if field.unknown_ok}
    assert open_ended >= {"happened", "data", "number", "protected", "going_on", "seen_by", "recovered"}
    for field in FORM_A.fields:
        if field.unknown_ok:
            assert is_unknown(answered(read(field, {}, now=NOW))), field.name


def test_where_the_leaked_data_could_be_pasted_the_hint_asks_not_to() -> None:
    for name in ("what", "data"):
        assert "don't paste" in next(field.hint for field in FORM_A.fields if field.name == name)


def test_the_workplace_is_a_choice_only_where_there_are_several() -> None:
    def kind(*schools: Choice) -> Kind:
        return next(field.kind for field in form_a(schools).fields if field.name == "workplace")

    assert (kind(), kind(SCHOOLS[0]), kind(*SCHOOLS)) == (Kind.TEXT, Kind.TEXT, Kind.CHOICE)
    assert workplace_of({"workplace": "2"}) == "2"


def test_how_it_came_back_is_asked_only_where_something_did() -> None:
    def asked(recovered: Value) -> bool:
        return any(field.name == "recovered_how" for field in FORM_A.asked({"recovered": recovered}))

    assert [asked("yes"), asked("partly"), asked("no"), asked(unknown())] == [True, True, False, False]


@pytest.mark.parametrize(("said", "told"), [("no", False), ("yes", True), ("not-sure", True)])
def test_a_doubt_about_a_childs_safety_is_enough_for_the_safeguarding_lead(said: str, told: bool) -> None:  # noqa: FBT001  a table's column
    assert child_at_risk({"child": said}) is told


def test_a_near_miss_is_a_whole_form_in_two_taps() -> None:
    answers: Answers = near_miss_answers("Nearly sent it to all.", name="Jo Bell", workplace="Ashdown", now=NOW)
    assert missing(FORM_A, answers) == ()
    assert not child_at_risk(answers)
    assert noticed_at(answers) == NOW
