"""Which week is meant: as people write days, and never the wrong year."""

from datetime import date

import pytest

from policy.digest.named_week import day_named
from policy.digest.occasion import DigestAt

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-11-09", date(2026, 11, 9)),
        ("9/11/2026", date(2026, 11, 9)),
        ("9 November", date(2026, 11, 9)),
        ("Monday 9th of November", date(2026, 11, 9)),
        ("the week of 9 nov 2025", date(2025, 11, 9)),
        ("wc 9/11", date(2026, 11, 9)),
        ("November 9, 2026", date(2026, 11, 9)),
        ("14 December", date(2025, 12, 14)),  # the next is far off: the last is meant
        ("30 November", date(2026, 11, 30)),  # and this one is next week's
        ("29 Feb", None),
        ("last week", date(2026, 11, 18)),
        ("3 weeks ago", date(2026, 11, 4)),
        ("next week", date(2026, 12, 2)),
        ("31/2/2026", None),
        ("soon", None),
        ("99999999999999", None),
        ("0001-01-01", None),
    ],
)
def test_a_day_is_read_as_people_write_it(words: str, day: date | None) -> None:
    assert day_named(words, TODAY) == day


@pytest.mark.parametrize("weekday", range(7))
def test_each_day_of_a_week_means_that_weeks_digest(weekday: int) -> None:
    at = DigestAt(weekday)
    for n in range(7):
        assert at.of_week(date(2026, 11, 9 + n)).week == date(2026, 11, 9)
    assert at.of_week(date(2026, 11, 9)).at.day == 9 + weekday
