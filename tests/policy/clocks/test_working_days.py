"""Bank holidays against lists written down from the government's, and the days around them."""

from datetime import date, timedelta

import holidays
import pytest

from policy.clocks.working_days import (
    Division,
    bank_holidays,
    is_working_day,
    last_working_day,
    next_working_day,
    why_closed,
)
from tests.policy.clocks.days import day

ENGLAND, SCOTLAND, NORTH = Division
LISTED = {  # GOV.UK "UK bank holidays"; facts.md names the same days
    (ENGLAND, 2026): "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    (ENGLAND, 2027): "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    (ENGLAND, 2028): "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    (SCOTLAND, 2026): "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
    (SCOTLAND, 2027): "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28",
    (SCOTLAND, 2028): "01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26",
    (NORTH, 2026): "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
    (NORTH, 2027): "01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-27 12-28",
    (NORTH, 2028): "01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26",
    (ENGLAND, 2022): "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",  # a jubilee and a funeral
    (ENGLAND, 2023): "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",  # a coronation
    (SCOTLAND, 2023): "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26",  # both new-year days moved
}


@pytest.mark.parametrize(("division", "year"), LISTED)
def test_weekdays_off_are_those_of_the_governments_list(division: Division, year: int) -> None:
    every = (date(year, 1, 1) + timedelta(number) for number in range(365))
    off = [one for one in every if one.weekday() < 5 and not is_working_day(one, division)]
    assert " ".join(f"{one:%m-%d}" for one in off) == LISTED[division, year]


def test_england_and_wales_have_the_same_days() -> None:
    for year in range(2020, 2040):
        wales = holidays.country_holidays("GB", subdiv="WLS", years=year)
        assert set(wales) == set(bank_holidays(year, ENGLAND))


@pytest.mark.parametrize(
    ("on", "division", "before", "after"),
    [
        ("2026-04-03", ENGLAND, "2026-04-02", "2026-04-07"),  # Easter
        ("2026-04-06", SCOTLAND, "2026-04-06", "2026-04-06"),  # no Easter Monday there
        ("2026-06-15", SCOTLAND, "2026-06-12", "2026-06-16"),
        ("2026-06-15", ENGLAND, "2026-06-15", "2026-06-15"),
        ("2026-12-26", NORTH, "2026-12-24", "2026-12-29"),
        ("2026-12-31", SCOTLAND, "2026-12-31", "2026-12-31"),
        ("2027-01-01", SCOTLAND, "2026-12-31", "2027-01-05"),  # over two years' lists
    ],
)
def test_a_day_off_moves_to_the_nearest_working_day(on: str, division: Division, before: str, after: str) -> None:
    assert last_working_day(day(on), division) == day(before)
    assert next_working_day(day(on), division) == day(after)


@pytest.mark.parametrize(
    ("on", "why"),
    [
        ("2026-10-03", "a Saturday"),
        ("2026-12-27", "a Sunday"),
        ("2026-04-03", "Good Friday"),
        ("2026-12-28", "Boxing Day (substitute day)"),
        ("2026-10-05", ""),
    ],
)
def test_it_says_why_nobody_works(on: str, why: str) -> None:
    assert why_closed(day(on), ENGLAND) == why
