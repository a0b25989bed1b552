"""The answer to a question about a deadline, for everybody's eyes."""

import pytest

from policy.clocks.answering import deadline_lines
from policy.clocks.asked import read
from policy.clocks.working_days import Division
from tests.policy.clocks.days import at, day

TODAY = day("2026-11-23")
NOW = at("2026-11-23T09:30")


def lines(text: str, division: Division = Division.ENGLAND_AND_WALES) -> tuple[str, ...]:
    asked = read(text, TODAY)
    assert asked is not None
    return deadline_lines(asked, division=division, now=NOW)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        (
            "when is a SAR received on 31 January due?",
            "A request that came in on Sun 31 Jan 2027 must be answered by Mon 1 Mar 2027.",
        ),
        (
            "when is a SAR received on 31 January due if extended?",
            "A request that came in on Sun 31 Jan 2027 must be answered by Fri 30 Apr 2027.",
        ),
        (
            "rectification request received 3 September, deadline?",
            "A request that came in on Thu 3 Sep 2026 must be answered by Mon 5 Oct 2026.",
        ),
        ("complaint received 19 June 2026", "Acknowledge it by Mon 20 Jul 2026."),
        ("72 hours from 27 March 2026 4pm?", "The 72 hours end on Mon 30 Mar 2026, 17:00."),
        ("72 hours from Friday?", "The 72 hours end on Mon 23 Nov 2026, 00:00."),
        ("72 hours from now", "The 72 hours end on Thu 26 Nov 2026, 09:30."),
        (
            "when is a SAR received on 31 February due?",
            "Which day do you mean? Please write it out, such as 3 March 2027, and I work out the date.",
        ),
        (
            "SAR received 1/1/2099, deadline?",
            "2099-01-01 is out of reach: dates are worked out from 2000 to 2098. Is the year right?",
        ),
    ],
)
def test_the_first_line_is_the_answer(text: str, first: str) -> None:
    assert lines(text)[0] == first


def test_the_sum_follows_and_the_last_day_in_law_does_not() -> None:
    told = lines("when is a SAR received on 31 January due?")
    assert "That is a Sunday, so it moves to the next working day." in told
    assert not any("in law" in line for line in told)


def test_bank_holidays_are_those_of_the_school() -> None:
    text = "when is a SAR received on 15 May 2026 due?"
    assert "Mon 15 Jun 2026" in lines(text)[0]
    assert "Tue 16 Jun 2026" in lines(text, Division.SCOTLAND)[0]


def test_an_hour_that_was_not_said_counts_from_midnight_and_says_so() -> None:
    assert any(line.startswith("No hour was given") for line in lines("72 hours from Friday?"))
    assert not any(line.startswith("No hour was given") for line in lines("72 hours from Friday 4pm?"))


def test_an_hour_that_the_clocks_skip_is_said() -> None:
    assert any("went forward" in line for line in lines("72 hours from 29 March 2026 1.30am?"))


def test_other_days_are_not_counted_in_silence() -> None:
    assert "Only the day it came in" in lines("due date of a SAR received 1 June if the ID came on 10 June")[-1]
