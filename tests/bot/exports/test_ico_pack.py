"""What goes to the regulator names the DPO and nobody else of the school; a person looks at what is doubtful."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.exports.document import as_docx, as_text
from bot.exports.ico_pack import HELPLINE, Pack, document, pack
from bot.exports.unnamed import LEFT_OUT, Named
from policy.breach.events import Happened, Matter
from policy.breach.form_b_fields import ITEMS
from policy.forms import Kind
from policy.names import Roll
from policy.spelling import plain
from tests.bot.exports.export_examples import NAMES, REPORTER, SOMEBODY, a_file, reported, roll, text_of

ROLL = roll("Amelia Hart", "Mary-Jane O'Hanlon", "Zoë Quillfeather", "May Rose", "Bo Ng", "Anne Marie van den Berg")
FREE = [item.field.name for item in ITEMS if item.field.kind is Kind.LONG]


def _pack(roll_: Roll = ROLL, **form_b: Any) -> Pack:  # noqa: ANN401  answers: JSON
    return pack(a_file(reported(**form_b)), roll_)


def _text(made: Pack) -> str:
    return as_text(document(made, a_file(reported())))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Amelia Hart's letter", f"{LEFT_OUT}'s letter"),
        ("AMELIA HART, 4B", f"{LEFT_OUT}, 4B"),
        ("Hart, Amelia", LEFT_OUT),
        ("ameliahart's account", f"{LEFT_OUT}'s account"),
        ("to amelia.hart@pupils.example", f"to {LEFT_OUT}@pupils.example"),
        ("Amelia\nHart", LEFT_OUT),
        ("Ame\u00adlia Hart", LEFT_OUT),
        ("Mrs Hart rang", f"Mrs {LEFT_OUT} rang"),
        ("the Hart-led group", f"the {LEFT_OUT}-led group"),
        ("amelia's mother", f"{LEFT_OUT}'s mother"),
        ("Mary Jane OHanlon", LEFT_OUT),
        ("Mary\u2013Jane O\u2019Hanlon", LEFT_OUT),
        ("Zoe\u0308 was", f"{LEFT_OUT} was"),
        ("Zoe Quillfeather", LEFT_OUT),
        ("may rose", LEFT_OUT),
        ("Ng, Bo", LEFT_OUT),
        ("Anne Marie Van Den Berg", LEFT_OUT),
        ("Jo Bellweather said", f"{LEFT_OUT} said"),
        ("Mr Bellweather said", f"Mr {LEFT_OUT} said"),
    ],
)
def test_a_name_is_left_out_however_it_is_written(said: str, left: str) -> None:
    found = Named(ROLL, ["Jo Bellweather"]).without(said)
    assert (found.text, found.left_out) == (left, 1)


@pytest.mark.parametrize(
    ("said", "doubtful"),
    [
        ("Two letters were swapped in the office.", False),
        ("They may have seen it. May we say so?", False),
        ("It happened on Friday in May.", True),  # a pupil is called May
        ("Amelya had it.", True),  # a slip away from a name
        ("The heart of it is a rose garden.", False),
        ("", False),
    ],
)
def test_what_may_be_a_word_stays_and_is_pointed_at_where_it_looks_like_a_name(said: str, doubtful: bool) -> None:  # noqa: FBT001  a table's column
    found = Named(ROLL).without(said)
    assert (found.text, found.doubtful) == (said, doubtful)


def test_the_field_is_named_that_held_a_name() -> None:
    made = _pack(**{"2c": "Amelia Hart's form was on top.", "4a": "We rang everybody in May."})
    assert made.look_at == (
        "How it came about (2c): a name was left out. Please see that it still reads well.",
        "What was done to limit it (4a): something in it may be the name of a pupil. Please check.",
    )
    assert "Hart" not in _text(made)


def test_whoever_reports_is_named_even_where_a_pupil_has_the_same_name() -> None:
    made = _pack(roll("Gwen Pascoe", "Ash Ashdown"))
    told = {label: answer for _, part in made.parts for label, answer in part}
    assert told["Data protection officer (1)"] == "Gwen Pascoe"
    assert told["Organisation (1)"] == "Ashdown Primary"
    assert told["How to reach them (1)"] == "dpo@ashdown.example"


def test_staff_who_are_affected_or_concerned_are_not_named() -> None:
    told = reported(**{"2c": f"{NAMES[SOMEBODY]} pressed send."})
    told.then(Happened.INVOLVED, person=SOMEBODY, part="accused")
    assert NAMES[SOMEBODY] not in as_text(document(pack(a_file(told), ROLL), a_file(told)))


def test_it_has_what_the_law_asks_for() -> None:
    made = _pack()
    told = {label: answer for _, part in made.parts for label, answer in part}
    assert told["What happened (2a)"] == "Two letters were swapped."
    assert told["How many people it is about (3b)"] == "2"
    assert told["Whose is it?"] == "Pupils"
    assert told["We became aware"] == "Mon 2 Feb 2026, 11:00"
    assert told["What it may mean for them (3d)"] == "Not known yet, expected by Fri 20 Feb 2026"
    assert told["Are the people affected told?"] == "Yes"
    assert HELPLINE == "0303 123 1113"
    assert HELPLINE in _text(made)


def test_what_is_still_to_be_filled_in_is_said_first() -> None:
    told = reported().then(Happened.FORM_B_SAVED, answers={"2a": "Words."}, final=False)
    assert "How it came about: still to be filled in on Form B." in pack(a_file(told), ROLL).look_at


def test_a_decision_is_told_in_fixed_words_only() -> None:
    told = reported().decided(Matter.SUBJECTS, "no", high_risk="no")
    assert "Because." not in as_text(document(pack(a_file(told), ROLL), a_file(told)))


NAMES_OF_PUPILS = ("Amelia Hart", "Mary-Jane O'Hanlon", "Zoë Quillfeather", "May Rose", "Bo Ng")
WAYS = (str, str.upper, str.lower, lambda name: " ".join(reversed(name.split())), lambda name: f"{name}'s")
WORDS = st.sampled_from(("the", "letter", "of", "was", "sent", "and", "seen", "by", "4B", "-", ",", ".", "\n", "3"))
NAMED = st.builds(
    lambda way, name: way(name), st.sampled_from(WAYS), st.sampled_from((*NAMES_OF_PUPILS, "Jo Bellweather"))
)
SAID = st.lists(WORDS | NAMED, max_size=12).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(FREE), SAID, max_size=4))
def test_no_pack_names_a_pupil_or_the_reporter(form_b: dict[str, str]) -> None:
    made = _pack(**form_b)
    file = a_file(reported())
    told = plain(as_text(document(made, file)))
    for name in (*NAMES_OF_PUPILS[:4], NAMES[REPORTER]):
        first, last = name.split(maxsplit=1)
        assert plain(name) not in told
        assert plain(f"{last}{first}") not in told
    for alone in ("Hart", "OHanlon", "Quillfeather", "Bellweather"):
        assert plain(alone) not in told


def test_both_kinds_of_file_hold_the_same_words() -> None:
    made = _pack(**{"2c": "Amelia Hart's form was on top."})
    told = text_of(as_docx(document(made, a_file(reported()))))
    assert "Hart" not in told
    assert all(f"{label}: {answer}" in told for _, part in made.parts for label, answer in part)
    assert all(sentence in told for sentence in made.look_at)
