"""One letter on a July afternoon, and the two clocks in it that count school days."""

import pytest

from policy.clocks.refusal import RefusedDatesError
from policy.clocks.school_days import educational_record_due, foi_due
from policy.clocks.working_days import Division
from tests.policy.clocks.days import day

ENGLAND, SCOTLAND, NORTH = Division
SUMMER = (day("2026-04-20"), day("2026-07-17"))
AUTUMN = (day("2026-09-02"), day("2026-12-18"))
JULY = day("2026-07-13")


def test_the_educational_record_takes_fifteen_school_days() -> None:
    assert educational_record_due(JULY, terms=[SUMMER, AUTUMN], division=ENGLAND) == day("2026-09-16")  # vR01


def test_information_takes_twenty_school_days() -> None:
    assert foi_due(JULY, terms=[AUTUMN, SUMMER], division=ENGLAND) == day("2026-09-23")  # vF01


@pytest.mark.parametrize("terms", [[], [SUMMER], [SUMMER, (day("2026-11-02"), day("2026-12-18"))]])
def test_information_never_takes_more_than_sixty_days_that_all_the_kingdom_works(terms: list) -> None:  # type: ignore[type-arg]  of terms
    assert foi_due(JULY, terms=terms, division=ENGLAND) == day("2026-10-07")  # vF01's cap: 3 August is Scotland's


def test_a_bank_holiday_in_term_is_no_school_day() -> None:
    april = day("2026-04-27")
    assert educational_record_due(april, terms=[SUMMER], division=ENGLAND) == day("2026-05-19")


def test_terms_that_end_too_soon_are_asked_for() -> None:
    with pytest.raises(RefusedDatesError, match="do not reach 15 school days"):
        educational_record_due(JULY, terms=[SUMMER], division=ENGLAND)
