"""The 72 hours, through weekends and clock changes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.clocks.breach import HOURS, breach_clock, breach_steps
from policy.clocks.refusal import RefusedDatesError
from tests.policy.clocks.days import at


@pytest.mark.parametrize(
    ("aware", "ends"),
    [
        ("2026-02-02T09:15", "2026-02-05T09:15:00+00:00"),  # vB01
        ("2026-03-27T16:00", "2026-03-30T17:00:00+01:00"),  # vB04
        ("2026-06-12T15:00", "2026-06-15T15:00:00+01:00"),  # vB08
        ("2026-03-05T10:00", "2026-03-08T10:00:00+00:00"),  # vB09: from the supplier's message, not from its reading
        ("2026-10-24T18:45", "2026-10-27T17:45:00+00:00"),  # the clocks go back
        ("2026-12-24T23:59", "2026-12-27T23:59:00+00:00"),  # over Christmas
    ],
)
def test_it_ends_72_elapsed_hours_after_anybody_knew(aware: str, ends: str) -> None:
    assert breach_clock(at(aware), at(aware)).ico_by.isoformat() == ends


@pytest.mark.parametrize(
    ("aware", "now", "left"),
    [
        ("2026-06-12T15:00", "2026-06-15T08:30", 6.5),  # vB08
        ("2026-06-12T15:00", "2026-06-12T15:00", 72.0),
        ("2026-03-27T16:00", "2026-03-30T09:00", 8.0),  # over the clock change
        ("2026-06-12T15:00", "2026-06-15T23:00", -8.0),  # vB11: 80 hours
        ("2026-06-12T15:00:00", "2026-06-12T15:20:00", 71.67),
        ("2026-06-12T15:00:00", "2026-06-15T15:00:10", 0.0),
    ],
)
def test_the_hours_left_have_two_decimals_and_go_below_nothing(aware: str, now: str, left: float) -> None:
    told = breach_clock(at(aware), at(now)).hours_left
    assert str(told) == str(left)  # not "-0.0" either


def test_nobody_can_know_before_it_was_so() -> None:
    with pytest.raises(RefusedDatesError, match="Known since Fri 12 Jun 2026, 15:01"):
        breach_clock(at("2026-06-12T15:01"), at("2026-06-12T15:00"))


@given(st.integers(0, 9 * 366 * 24 * 60), st.integers(0, 200))
def test_whatever_the_season_it_is_so_many_hours(minutes: int, hours: int) -> None:
    aware = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    told = breach_clock(aware, aware + timedelta(hours=hours))
    assert (told.ico_by - told.aware.astimezone(UTC)) == timedelta(hours=HOURS)
    assert told.hours_left == HOURS - hours


@pytest.mark.parametrize(
    ("aware", "line"),
    [
        ("2026-03-27T16:00", "The clocks go forward in between, so the end reads an hour later."),
        ("2026-10-24T18:45", "The clocks go back in between, so the end reads an hour earlier."),
    ],
)
def test_a_clock_change_in_between_is_said(aware: str, line: str) -> None:
    told = breach_steps(breach_clock(at(aware), at(aware)))
    assert told[2] == line


def test_the_sum_is_short() -> None:
    assert breach_steps(breach_clock(at("2026-06-12T15:00"), at("2026-06-12T15:00"))) == (
        "Somebody at school first knew on Fri 12 Jun 2026, 15:00.",
        "72 hours run from then, through nights, weekends and holidays (UK GDPR art. 33).",
        "If the regulator must be told, it is by Mon 15 Jun 2026, 15:00.",
    )
