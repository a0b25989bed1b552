"""School years, ages and how a day is written."""

from datetime import date

import pytest

from policy.calendar import academic_year, academic_year_ends, age_on, is_later_year, long_date


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 8, 31), "2025/26"),
        (date(2026, 9, 1), "2026/27"),
        (date(2027, 1, 1), "2026/27"),
        (date(2100, 1, 1), "2099/00"),
    ],
)
def test_a_school_year_runs_from_september_to_august(day: date, year: str) -> None:
    assert academic_year(day) == year


def test_a_school_year_ends_on_the_last_of_august() -> None:
    assert academic_year_ends(date(2026, 12, 8)) == date(2027, 8, 31)
    assert academic_year_ends(date(2027, 8, 31)) == date(2027, 8, 31)


def test_the_next_school_year_is_later_and_the_next_day_is_not() -> None:
    assert is_later_year(date(2027, 9, 5), date(2027, 6, 1))
    assert not is_later_year(date(2027, 8, 31), date(2026, 9, 1))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2014, 12, 3), date(2026, 12, 2), 11),
        (date(2014, 12, 3), date(2026, 12, 3), 12),
        (date(2016, 2, 29), date(2028, 2, 28), 11),
        (date(2016, 2, 29), date(2028, 2, 29), 12),
        (date(2016, 2, 29), date(2027, 2, 28), 10),
        (date(2016, 2, 29), date(2027, 3, 1), 11),
    ],
)
def test_ages_count_completed_years_and_leap_days_turn_on_the_first_of_march(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def test_a_day_is_written_the_british_way() -> None:
    assert long_date(date(2026, 12, 8)) == "Tue 8 Dec 2026"
