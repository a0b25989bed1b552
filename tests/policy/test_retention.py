"""Periods: nothing is due before its day, everything is on it, whatever the months are like."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from policy.clocks.local_time import london
from policy.clocks.months import months_on
from policy.packs import SchoolRules
from policy.retention import OUTER_LIMIT, RULES, Kind, Periods, due_before, ends_on, last_due, said

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
NOWS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  given beside it
PERIODS = st.builds(
    Periods,
    questions_months=st.integers(1, 60),
    register_months=st.integers(1, 60),
    letters_months=st.integers(1, 60),
    cases_years=st.integers(1, 12),
    leavers_months=st.integers(1, OUTER_LIMIT),
    staff_months=st.integers(1, 60),
)


@pytest.mark.parametrize(
    ("kind", "began", "ends"),
    [
        (Kind.WORDS, date(2025, 11, 23), date(2026, 11, 23)),
        (Kind.WORDS, date(2024, 2, 29), date(2025, 2, 28)),
        (Kind.QUESTIONS, date(2023, 11, 23), date(2026, 11, 23)),
        (Kind.CASES, date(2020, 11, 23), date(2026, 11, 23)),
        (Kind.PUPILS, date(2025, 7, 22), date(2026, 7, 22)),
        (Kind.REPLIES, date(2026, 10, 24), date(2026, 11, 23)),
    ],
)
def test_a_period_ends_on_its_day(kind: Kind, began: date, ends: date) -> None:
    assert ends_on(kind, began, Periods()) == ends


@given(st.sampled_from(Kind), DAYS, DAYS, PERIODS)
@example(Kind.WORDS, date(2025, 1, 31), date(2025, 2, 28), Periods(questions_months=1))
@example(Kind.WORDS, date(2025, 1, 31), date(2025, 2, 27), Periods(questions_months=1))
@example(Kind.WORDS, date(2024, 1, 30), date(2024, 2, 29), Periods(questions_months=1))
@example(Kind.WORDS, date(2024, 1, 30), date(2024, 2, 28), Periods(questions_months=1))
def test_the_last_day_that_is_due_is_the_last_whose_period_is_over(
    kind: Kind, began: date, today: date, periods: Periods
) -> None:
    assert (began <= last_due(kind, today, periods)) is (ends_on(kind, began, periods) <= today)


@given(st.sampled_from([kind for kind in Kind if RULES[kind].months]), NOWS, NOWS, PERIODS)
def test_an_instant_is_due_exactly_from_the_day_on_which_its_period_ends_in_london(
    kind: Kind, began: datetime, now: datetime, periods: Periods
) -> None:
    over = ends_on(kind, london(began).date(), periods) <= london(now).date()
    assert (began < due_before(kind, now, periods)) is over


@given(NOWS)
def test_a_reply_is_due_after_thirty_whole_days(now: datetime) -> None:
    assert due_before(Kind.REPLIES, now, Periods()) == now - timedelta(days=30)


def test_nothing_of_a_leaver_stays_longer_than_the_policy_lets_it() -> None:
    left = date(2025, 7, 22)
    assert ends_on(Kind.PUPILS, left, Periods()) == months_on(left, 12)
    assert OUTER_LIMIT == 12


def test_a_period_is_said_in_words() -> None:
    assert said(Kind.CASES, Periods()) == "6 years after the day it was closed"
    assert said(Kind.CASES, Periods(cases_years=1)) == "1 year after the day it was closed"
    assert said(Kind.REPLIES, Periods()) == "30 days after the message"


def test_every_kind_has_a_rule_with_its_clause() -> None:
    assert set(RULES) == set(Kind)
    assert all(bool(rule.days) is not bool(rule.months) and rule.basis for rule in RULES.values())
    assert SchoolRules().retention == Periods()
