"""Thirty days to acknowledge a complaint."""

import pytest

from policy.clocks.complaint import complaint_clock
from policy.clocks.refusal import RefusedDatesError
from policy.clocks.working_days import Division
from tests.policy.clocks.days import day

ENGLAND, SCOTLAND, NORTH = Division


@pytest.mark.parametrize(
    ("received", "division", "by"),
    [
        ("2026-06-19", ENGLAND, "2026-07-20"),  # vK01
        ("2026-10-07", ENGLAND, "2026-11-06"),
        ("2027-03-02", ENGLAND, "2027-04-01"),
        ("2026-11-25", ENGLAND, "2026-12-29"),  # Christmas Day, a weekend and a substitute day
        ("2026-10-31", SCOTLAND, "2026-12-01"),
        ("2026-10-31", ENGLAND, "2026-11-30"),
        ("2026-06-13", NORTH, "2026-07-14"),
        ("2028-01-31", ENGLAND, "2028-03-01"),
    ],
)
def test_day_one_is_the_day_after_and_the_last_moves_on(received: str, division: Division, by: str) -> None:
    assert complaint_clock(day(received), division=division).acknowledge_by == day(by)


def test_the_sum_is_told() -> None:
    assert complaint_clock(day("2026-06-19"), division=ENGLAND).steps == (
        "The complaint came on Fri 19 Jun 2026; the day after is day 1 (Data Protection Act 2018, s.164A).",
        "Day 30 is Sun 19 Jul 2026.",
        "That is a Sunday, so it moves to the next working day.",
        "Acknowledge it by Mon 20 Jul 2026; looking into it starts at once.",
    )


def test_one_from_before_the_duty_says_so() -> None:
    assert "when this duty began" in complaint_clock(day("2026-06-18"), division=ENGLAND).steps[-1]


@pytest.mark.parametrize(("received", "now"), [("2026-06-20", "2026-06-19"), ("9999-12-20", "9999-12-31")])
def test_a_receipt_that_cannot_be_is_refused(received: str, now: str) -> None:
    with pytest.raises(RefusedDatesError):
        complaint_clock(day(received), division=ENGLAND, now=day(now))
