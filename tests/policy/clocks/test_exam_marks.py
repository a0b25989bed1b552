"""Marks asked for before the results are out."""

from policy.clocks.exam_marks import exam_marks_due
from tests.policy.clocks.days import day


def test_forty_days_from_the_announcement_where_that_is_earlier() -> None:
    assert exam_marks_due(day("2026-06-01"), announced=day("2026-08-20")) == day("2026-09-28")  # vX01


def test_five_months_where_the_results_are_late() -> None:
    assert exam_marks_due(day("2026-06-01"), announced=day("2026-10-20")) == day("2026-10-31")
