"""Which day is meant, said on Monday 23 November 2026."""

from datetime import date

import pytest

from policy.understanding.dates import day
from policy.understanding.heard import When
from policy.understanding.words import message

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("today", date(2026, 11, 23)),
        ("tomorrow", date(2026, 11, 24)),
        ("the day after tomorrow", date(2026, 11, 25)),
        ("on Friday", date(2026, 11, 27)),
        ("on Monday", date(2026, 11, 30)),
        ("this Monday", date(2026, 11, 23)),
        ("next Tuesday", date(2026, 12, 1)),
        ("Friday week", date(2026, 12, 4)),
        ("3 July", date(2027, 7, 3)),
        ("at sports day on 3 July", date(2027, 7, 3)),
        ("3rd of December", date(2026, 12, 3)),
        ("December 3rd", date(2026, 12, 3)),
        ("on 05/09/2027", date(2027, 9, 5)),
        ("03/04/2027", date(2027, 4, 3)),
        ("3.12.26", date(2026, 12, 3)),
        ("2026-12-08", date(2026, 12, 8)),
        ("on the 31st", date(2026, 12, 31)),
        ("in June", date(2027, 6, 30)),
        ("in two weeks", date(2026, 12, 7)),
        ("in a fortnight", date(2026, 12, 7)),
        ("next week", date(2026, 12, 4)),
        ("next term", date(2027, 1, 31)),
        ("next year", date(2027, 9, 1)),
        ("next September", date(2027, 9, 30)),
        ("end of term", date(2026, 12, 31)),
        ("over the summer", date(2027, 8, 31)),
        ("between 3 and 5 July", date(2027, 7, 5)),
        ("photo taken 6 September 2027", date(2027, 9, 6)),
        ("in 300 days", date(2027, 9, 19)),
        ("Friday 4th", date(2026, 12, 4)),
        ("Friday the 4th of December", date(2026, 12, 4)),
        ("start of next school year", date(2027, 9, 1)),
    ],
)
def test_a_day_ahead_is_found(text: str, on: date) -> None:
    found = day(message(text), MONDAY)
    assert (found.on, found.when) == (on, When.SAID)


@pytest.mark.parametrize(
    "text",
    [
        "photo for the website",
        "taken on 3 July",
        "Stanley left in October, still allowed?",
        "Amara starts in January",
        "yesterday",
        "last year",
        "two weeks ago",
        "may I use it",
        "for the summer fair",
        "clause 7.10",
        "year 3/4",
        "he sat on the mat",
        "for the year 4 display",
        "in the 2025 prospectus",
        "the 2026/27 brochure",
        "at the back of the hall",
        "for the half term display",
        "star of the week",
        "in the early years garden",
        "at the holiday club",
        "he is eight years old",
        "over the past two years",
        "for the Halloween display",
        "from Halloween",
        "in her new year 5 uniform",
        "the Christmas fair",
        "section 5.9",
        "the first of three pictures",
        "see the back",
    ],
)
def test_what_is_gone_or_no_day_of_the_act_leaves_today(text: str) -> None:
    assert day(message(text), MONDAY).on == MONDAY
    assert day(message(text), MONDAY).when is When.UNSAID


@pytest.mark.parametrize("text", ["31 February", "on the 45th", "3/25", "30/02/2027"])
def test_a_day_that_cannot_be_is_never_today(text: str) -> None:
    assert day(message(text), MONDAY).when is When.UNCLEAR


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2026, 12, 31), date(2026, 8, 31), date(2026, 9, 1)])
@pytest.mark.parametrize(
    "text", ["next month", "next term", "end of term", "end of the month", "29 February", "in May"]
)
def test_any_today_will_do_and_no_day_is_gone(text: str, today: date) -> None:
    assert day(message(text), today).on >= today


@pytest.mark.parametrize(
    "text",
    [
        "in 30000 days",
        "easter 2028",
        "spring term 2028",
        "after the summer holidays",
        "after half term",
        "in 2028/29",
        "for 2027-28",
        "for the next 3 years",
        "in a couple of months",
        "within the next fifteen weeks",
        "in half a year",
        "first day of the new school year",
        "first week back",
        "after the holidays",
        "once we are back",
        "Michaelmas term",
        "later this term",
        "by 5.9",
        "Halloween",
        "at the Remembrance Day service",
        "at harvest festival",
        "at Diwali",
        "88888-12-12",
        "Friday 3rd",
        "Tuesday 4 December",
        "for the rest of the year",
        "for a year",
        "over the break",
        "Christmas",
        "on a later date",
        "in 3 yrs",
        "half term",
        "permanently",
        "in 20mths",
        "Sep '28",
        "week commencing 7th",
    ],
)
def test_a_time_that_cannot_be_read_is_never_today(text: str) -> None:
    assert day(message(f"photo of Tom Baker for the website {text}"), MONDAY).when is When.UNCLEAR


@pytest.mark.parametrize("thing", ["harvest project", "Diwali trail", "Easter homework", "harvest basket"])
def test_a_thing_that_bears_a_feast_in_its_name_is_no_day(thing: str) -> None:
    assert day(message(f"photo of Tom Baker with the {thing} for the website"), MONDAY).when is not When.UNCLEAR
