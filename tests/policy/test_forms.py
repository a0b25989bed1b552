"""A form is data; what is filled in or typed becomes an answer, or a sentence beside the field."""

from datetime import UTC, date, datetime
from typing import Final

import pytest

from policy.filled import (
    ADD_THE_DAY,
    ADD_THE_TIME,
    ALSO,
    GONE_BY,
    IN_THE_FUTURE,
    NOT_A_DAY,
    NOT_OFFERED,
    WHICH_DAY,
    Problem,
    read,
    read_page,
)
from policy.forms import (
    LONDON,
    NOT_KNOWN,
    Choice,
    Field,
    Form,
    Kind,
    Page,
    Value,
    at,
    instant,
    is_unknown,
    missing,
    shown,
    unknown,
)
from policy.typed import typed

MONDAY: Final = datetime(2026, 11, 23, 9, 40, tzinfo=UTC)  # a Monday in winter: London is at UTC
COLOURS: Final = (Choice("red", "Red"), Choice("blue", "Blue and green"), Choice("none", "No colour at all"))
WORDS: Final = Field("words", "What happened?", Kind.LONG, most=40)
NAME: Final = Field("name", "Your name", Kind.TEXT, required=False)
COLOUR: Final = Field("colour", "Which colour?", Kind.CHOICE, choices=COLOURS, unknown_ok=True)
COLOURS_OF: Final = Field("colours", "Which colours?", Kind.SEVERAL, choices=COLOURS)
SINCE: Final = Field("since", "Since when?", Kind.WHEN, past=True)
BORN: Final = Field("born", "On which day?", Kind.DATE, past=True)
DUE: Final = Field("due", "By which day?", Kind.DATE, required=False)
COUNT: Final = Field("count", "How many?", Kind.NUMBER, least=0, greatest=500, unknown_ok=True, expected_by=True)
TOO_LONG: Final = "That is longer than 40 characters. Please shorten it; here is its beginning."


def answer(found: Value | Problem | None) -> object:
    return found.sentence if isinstance(found, Problem) else found


@pytest.mark.parametrize(
    ("field", "raw", "means"),
    [
        (WORDS, {"words": " A  bag\r\nwas\u202e left "}, "A bag\nwas left"),
        (WORDS, {"words": "x" * 41}, TOO_LONG),
        (WORDS, {"words": "😀" * 21}, TOO_LONG),  # as the card counts
        (WORDS, {"words": "\u200b"}, "Please write a few words here."),
        (WORDS, {}, "Please write a few words here."),
        (NAME, {"name": ""}, None),
        (NAME, {"name": "Ann\nLee"}, "Ann Lee"),
        (NAME, {"name": "not known yet"}, "not known yet"),  # words, where the field wants words
        (COLOUR, {"colour": "blue"}, "blue"),
        (COLOUR, {"colour": "purple"}, NOT_OFFERED),
        (COLOUR, {"colour": NOT_KNOWN}, unknown()),
        (COLOUR, {"colour": ""}, unknown()),
        (COLOURS_OF, {"colours": "none,red"}, ["red", "none"]),
        (COLOURS_OF, {"colours": "red,purple"}, NOT_OFFERED),
        (COLOURS_OF, {"colours": ""}, "Please choose at least one."),
        (SINCE, {"since_date": "2026-11-23", "since_time": "09:30"}, {"at": "2026-11-23T09:30:00+00:00"}),
        (SINCE, {"since_date": "2026-07-01", "since_time": "09:30"}, {"at": "2026-07-01T08:30:00+00:00"}),
        (SINCE, {"since_date": "2026-03-29", "since_time": "01:30"}, {"at": "2026-03-29T01:30:00+00:00"}),  # skipped
        (SINCE, {"since_date": "2026-10-25", "since_time": "01:30"}, {"at": "2026-10-25T00:30:00+00:00"}),  # the first
        (SINCE, {"since_date": "2026-11-23", "since_time": ""}, ADD_THE_TIME),
        (SINCE, {"since_date": "", "since_time": "09:30"}, ADD_THE_DAY),
        (SINCE, {"since_date": "2026-11-23", "since_time": "09:50"}, IN_THE_FUTURE),
        (SINCE, {"since_date": "23/11/2026", "since_time": "09:30"}, NOT_A_DAY),
        (SINCE, {"since_date": "0026-11-23", "since_time": "09:30"}, NOT_A_DAY),
        (SINCE, {"since_date": "2026-11-23", "since_time": "9 ish"}, NOT_A_DAY),
        (BORN, {"born": "2026-11-23"}, "2026-11-23"),
        (BORN, {"born": "2026-11-24"}, IN_THE_FUTURE),
        (DUE, {"due": "2026-11-24"}, "2026-11-24"),
        (COUNT, {"count": "30"}, 30),
        (COUNT, {"count": "1,000"}, "Please give a number from 0 to 500."),
        (COUNT, {"count": "3.0"}, 3),
        (COUNT, {"count": "3.5"}, "Please give a whole number."),
        (COUNT, {"count": "٣"}, "Please give a whole number."),
        (COUNT, {"count": "9" * 5000}, "Please give a whole number."),
        (COUNT, {"count": ""}, WHICH_DAY),
        (COUNT, {"count": "", "count_expected": "2026-11-25"}, unknown(date(2026, 11, 25))),
        (COUNT, {"count": "", "count_expected": "2026-11-20"}, GONE_BY),
        (COUNT, {"count": "30", "count_expected": "2026-11-20"}, 30),  # known after all
    ],
)
def test_a_card_is_read(field: Field, raw: dict[str, str], means: object) -> None:
    assert answer(read(field, raw, now=MONDAY)) == means


@pytest.mark.parametrize(
    ("field", "words", "means"),
    [
        (WORDS, "A bag was left", "A bag was left"),
        (COLOUR, "2", "blue"),
        (COLOUR, "the last one", "none"),
        (COLOUR, "blue and green", "blue"),
        (COLOUR, "blu and green", "blue"),
        (COLOUR, "no", "none"),
        (COLOUR, "4", NOT_OFFERED),
        (COLOUR, "r", NOT_OFFERED),
        (COLOUR, "Don\u2019t know.", unknown()),
        (COLOURS_OF, "1 and 3", ["red", "none"]),
        (COLOURS_OF, "blue and green", ["blue"]),
        (COLOURS_OF, "red, no colour at all", ["red", "none"]),
        (COLOURS_OF, "red and purple", NOT_OFFERED),
        (COUNT, "about 30", 30),
        (COUNT, "twenty", 20),
        (COUNT, "between 20 and 30", 30),
        (COUNT, "3 classes of 30", "Please type one number; a rough one is fine."),
        (COUNT, "501", "Please give a number from 0 to 500."),
        (COUNT, "not known yet", WHICH_DAY),
        (COUNT, "not known yet, Friday", unknown(date(2026, 11, 27))),
        (COUNT, "unknown, 25 November", unknown(date(2026, 11, 25))),
        (BORN, "last Friday", "2026-11-20"),
        (BORN, "31/02", "I can't read that as a day. For instance: Friday, or 23/11/2026."),
        (DUE, "Friday", "2026-11-27"),
        (SINCE, "Friday", ADD_THE_TIME),
        (SINCE, "tomorrow at 3", IN_THE_FUTURE),
        (
            SINCE,
            "when the bell rang",
            "I can't read that as a day and time. For instance: yesterday at 3, or 23/11/2026 14:30.",
        ),
    ],
)
def test_what_is_typed_is_read(field: Field, words: str, means: object) -> None:
    assert answer(typed(field, words, now=MONDAY)) == means


@pytest.mark.parametrize(
    ("words", "local"),
    [
        ("yesterday at 3", "2026-11-22 15:00"),
        ("yesterday at 11", "2026-11-22 11:00"),
        ("Yesterday, about half past two", "2026-11-22 14:30"),
        ("quarter to 9 this morning", "2026-11-23 08:45"),
        ("today 9:05", "2026-11-23 09:05"),
        ("today at 5:30", "2026-11-23 05:30"),  # it is ten in the morning
        ("today at half past 5", "2026-11-23 05:30"),
        ("today at 9.05am", "2026-11-23 09:05"),
        ("friday 14:30", "2026-11-20 14:30"),
        ("on Monday at noon", "2026-11-16 12:00"),
        ("last night at 11pm", "2026-11-22 23:00"),
        ("23/11/2026 02:15", "2026-11-23 02:15"),
        ("2026-11-20T16:05", "2026-11-20 16:05"),
        ("3 November at 8", "2026-11-03 08:00"),
        ("the 3rd of December around 4 o'clock", "2025-12-03 16:00"),
        ("Nov 3 2026, 4 pm", "2026-11-03 16:00"),
        ("3/11 at 10", "2026-11-03 10:00"),
        ("two days ago at 10", "2026-11-21 10:00"),
        ("half an hour ago", "2026-11-23 09:10"),
        ("20 minutes ago", "2026-11-23 09:20"),
        ("a couple of hours ago", "2026-11-23 07:40"),
        ("just now", "2026-11-23 09:40"),
        ("9", "2026-11-23 09:00"),
        ("at 3", "2026-11-22 15:00"),  # today's is still to come
    ],
)
def test_days_and_times_are_read_as_people_say_them(words: str, local: str) -> None:
    found = instant(typed(SINCE, words, now=MONDAY))  # type: ignore[arg-type]  # a problem fails below
    assert found is not None
    assert f"{found.astimezone(LONDON):%Y-%m-%d %H:%M}" == local


@pytest.mark.parametrize("words", ["today at 5:30pm", "this afternoon at 4", "today 17:30"])
def test_an_afternoon_said_in_so_many_words_is_never_taken_for_the_morning(words: str) -> None:
    assert answer(typed(SINCE, words, now=MONDAY)) == "That is still to come. Please check the day and the time."


def test_a_typed_day_without_its_time_is_kept_for_the_card() -> None:
    found = typed(SINCE, "Friday", now=MONDAY)
    assert isinstance(found, Problem)
    assert found.raw == {"since_date": "2026-11-20"}


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (WORDS, "A bag", "A bag"),
        (COLOUR, "blue", "Blue and green"),
        (COLOUR, unknown(), "Not known yet"),
        (COLOURS_OF, ["red", "blue"], "Red, Blue and green"),
        (SINCE, at(datetime(2026, 7, 1, 8, 30, tzinfo=UTC)), "Wed 1 Jul 2026 at 09:30"),
        (BORN, "2026-11-23", "Mon 23 Nov 2026"),
        (COUNT, 0, "0"),
        (COUNT, unknown(date(2026, 11, 25)), "Not known yet, expected by Wed 25 Nov 2026"),
        (NAME, None, ""),
    ],
)
def test_an_answer_is_put_into_words(field: Field, value: Value | None, words: str) -> None:
    assert shown(field, value) == words


WHY_RED: Final = Field("why", "Why red?", Kind.TEXT, asked_if=lambda answers: answers.get("colour") == "red")
FORM: Final = Form(
    "colours",
    "Your colours",
    (
        Page("First", (COLOUR, WHY_RED)),
        Page("Only red", (Field("more", "More", Kind.TEXT, asked_if=WHY_RED.asked_if),)),
        Page("Last", (COUNT, NAME)),
    ),
)


def test_a_field_that_an_answer_brings_up_is_asked_on_the_same_page() -> None:
    first, problems = read_page(FORM.pages[0], {"colour": "red"}, answers={}, now=MONDAY)
    assert first == {"colour": "red"}
    assert [(problem.field.name, problem.sentence) for problem in problems] == [("why", ALSO)]
    done, problems = read_page(FORM.pages[0], {"colour": "red", "why": "warm"}, answers=first, now=MONDAY)
    assert (done, problems) == ({"colour": "red", "why": "warm"}, ())


def test_what_was_right_is_kept_next_to_what_was_wrong() -> None:
    answers, problems = read_page(
        FORM.pages[2], {"count": "many", "name": "Ann"}, answers={"colour": "blue"}, now=MONDAY
    )
    assert answers == {"colour": "blue", "name": "Ann"}
    assert [(problem.field.name, problem.raw) for problem in problems] == [("count", {"count": "many"})]


def test_an_input_that_was_not_sent_keeps_its_answer_and_a_cleared_one_does_not() -> None:
    kept, _ = read_page(FORM.pages[2], {"count": "3"}, answers={"name": "Ann"}, now=MONDAY)
    cleared, _ = read_page(FORM.pages[2], {"count": "3", "name": ""}, answers={"name": "Ann"}, now=MONDAY)
    assert kept == {"count": 3, "name": "Ann"}
    assert cleared == {"count": 3}


@pytest.mark.parametrize(
    ("answers", "names"),
    [
        ({}, ["colour", "count"]),
        ({"colour": "red"}, ["why", "more", "count"]),
        ({"colour": "blue", "count": 0}, []),
        ({"colour": unknown(), "count": unknown()}, ["count"]),  # the day is missing
        ({"colour": unknown(), "count": unknown(date(2026, 11, 25))}, []),
        ({"colour": "red", "why": unknown(), "more": "x", "count": 1}, ["why"]),  # this one must be known
    ],
)
def test_what_is_missing_is_what_was_asked_for(answers: dict[str, Value], names: list[str]) -> None:
    assert [field.name for field in missing(FORM, answers)] == names


def test_a_page_on_which_nothing_is_asked_is_passed_over() -> None:
    assert FORM.page_after(0, {"colour": "blue"}) == 2
    assert FORM.page_after(0, {"colour": "red"}) == 1
    assert FORM.page_before(2, {"colour": "blue"}) == 0
    assert FORM.page_after(2, {}) == len(FORM.pages)
    assert FORM.page_before(0, {}) is None
    assert FORM.page_of("more") == 1


def test_unknown_is_no_other_answer() -> None:
    assert is_unknown(unknown())
    assert not is_unknown(at(MONDAY))
    assert not is_unknown("unknown")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Page("Too much", tuple(Field(f"n{n}", "N", Kind.WHEN) for n in range(3))),
        lambda: Page("Nothing", ()),
        lambda: Choice("a,b", "A"),
        lambda: Choice(NOT_KNOWN, "A"),
        lambda: Field("c", "C", Kind.CHOICE),
        lambda: Form("f", "F", (Page("P", (NAME,)), Page("Q", (NAME,)))),
        lambda: Form("f", "F", (Page("P", (Field("draft", "D", Kind.TEXT),)),)),
        lambda: Form("f", "F", ()),
    ],
)
def test_a_form_that_no_card_could_carry_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        wrong()  # type: ignore[operator]  # one line each above
