"""Form A stays what was signed; Form B is the version that was asked for. Both as a document and for machines."""

import json
from datetime import timedelta

import pytest

from bot.exports.document import as_docx
from bot.exports.filled import EMPTY, LEFT_BLANK, FilledForm, as_json, document
from bot.exports.form_a import signed_form
from bot.exports.form_b import saved_form
from policy.breach.events import Happened
from tests.bot.exports.export_examples import LATER, REPORTER, a_file, reported, signed, table_of, text_of
from tests.policy.breach.breach_examples import START, Told, opened


def _answers(form: FilledForm) -> dict[tuple[str, str], str]:
    return {(line.number, line.label): line.answer for line in form.lines}


def _form_a(told: Told) -> FilledForm:
    form = signed_form(a_file(told))
    assert form is not None
    return form


def _docx(form: FilledForm) -> bytes:
    return as_docx(document(form, footer="Case 7", made_at=LATER))


def test_there_is_no_form_a_before_it_is_signed() -> None:
    assert signed_form(a_file(opened())) is None


def test_form_a_goes_by_its_own_numbers_and_what_is_asked_besides_comes_last() -> None:
    numbers = [line.number for line in _form_a(signed()).lines]
    assert list(dict.fromkeys(numbers)) == ["1", "2", "3", "4", "5", "6", "7", "8", "9", ""]
    assert {line.name for line in _form_a(signed()).lines if not line.number} == {"noticed", "child"}


def test_form_a_names_its_signer_the_time_and_the_workplace() -> None:
    told = _answers(_form_a(signed()))
    assert told["4", "Reported"] == "Mon 2 Feb 2026, 09:15"
    assert told["9", "Signature"] == "Signed in Teams by Jo Bellweather (jo@ashdown.example), Mon 2 Feb 2026, 09:15."
    assert told["2", "Where you work"] == "Ashdown Primary"


def test_what_was_not_known_is_said_to_be_so() -> None:
    form = _form_a(signed())
    assert form.not_known_yet == ("3 When did it happen?: Not known yet",)
    assert "Not known yet" in text_of(_docx(form))


def test_nothing_that_happens_later_changes_form_a() -> None:
    later = reported().then(Happened.SAID, by=REPORTER, text="It was three letters.")
    assert _form_a(later) == _form_a(signed())


def test_form_a_is_read_back_from_its_table() -> None:
    rows = table_of(_docx(_form_a(signed())), 1)
    assert rows[0] == ("No", "Field", "Answer")
    assert ("5", "What happened?", "Two letters were swapped.\nOne family rang.") in rows
    kinds = "School work, marks, reports or attendance, Names and contact details"  # in the order of the choices made
    assert ("6", "Which kinds are in it?", kinds) in rows


@pytest.mark.parametrize(("version", "stage", "what"), [(1, "draft", "First words."), (2, "final", "Two letters")])
def test_each_version_of_form_b_is_kept(version: int, stage: str, what: str) -> None:
    form = saved_form(a_file(reported()), version)
    assert _answers(form)["2a", "What happened"].startswith(what)
    assert form.signed_by.startswith(f"Version {version} saved in Teams by Gwen Pascoe, Mon 2 Feb 2026, 10:15 ({stage}")


def test_a_starred_field_left_empty_is_pointed_out_and_another_is_not() -> None:
    rows = table_of(_docx(saved_form(a_file(reported()), 1)), 1)
    assert ("2c", "How it came about *", EMPTY) in rows
    assert ("2e", "Measures that were meant to prevent it", LEFT_BLANK) in rows


def test_form_b_says_by_when_it_will_be_known() -> None:
    form = saved_form(a_file(reported()), 2)
    assert form.not_known_yet == ("3d What it may mean for them: Not known yet, expected by Fri 20 Feb 2026",)


@pytest.mark.parametrize(("hours", "asked"), [(71, False), (73, True)])
def test_the_reason_for_a_delay_is_on_a_late_form_only(hours: int, asked: bool) -> None:  # noqa: FBT001  a table's column
    told = signed().then(Happened.FORM_B_SAVED, answers={"2a": "Words."}, final=False)
    form = saved_form(a_file(told, now=START - timedelta(minutes=35) + timedelta(hours=hours)), 1)
    assert any(line.number == "2d" for line in form.lines) is asked


def test_machines_read_what_was_typed_and_what_it_means() -> None:
    told = json.loads(as_json(saved_form(a_file(reported()), 2)))
    assert (told["form"], told["case"], told["version"], told["versions"], told["final"]) == ("form-b", 7, 2, 2, True)
    field = next(field for field in told["fields"] if field["name"] == "3d")
    assert (field["starred"], field["not_known_yet"], field["expected_by"]) == (True, True, "2026-02-20")
