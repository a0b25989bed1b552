"""When a digest is due: once a week, in London's time, and not for long after."""

from datetime import UTC, date, datetime, time

import pytest

from policy.digest.occasion import DigestAt

TUESDAYS = DigestAt(1, time(16))


@pytest.mark.parametrize(
    ("at", "now", "week"),
    [
        (DigestAt(), datetime(2026, 11, 23, 7, 29, tzinfo=UTC), None),
        (DigestAt(), datetime(2026, 11, 23, 7, 30, tzinfo=UTC), date(2026, 11, 23)),
        (DigestAt(), datetime(2026, 7, 6, 6, 30, tzinfo=UTC), date(2026, 7, 6)),  # summer time
        (DigestAt(), datetime(2026, 7, 6, 6, 29, tzinfo=UTC), None),
        (DigestAt(), datetime(2026, 11, 24, 23, 0, tzinfo=UTC), date(2026, 11, 23)),  # a day of outage
        (DigestAt(), datetime(2026, 11, 25, 7, 31, tzinfo=UTC), None),
        (TUESDAYS, datetime(2026, 11, 24, 16, 0, tzinfo=UTC), date(2026, 11, 23)),
        (TUESDAYS, datetime(2026, 11, 24, 15, 59, tzinfo=UTC), None),
    ],
)
def test_a_digest_is_due_from_its_hour_on_for_two_days(at: DigestAt, now: datetime, week: date | None) -> None:
    due = at.due(now)
    assert (None if due is None else due.week) == week


def test_the_clocks_going_back_in_between_leave_the_hour() -> None:
    before, after = (
        DigestAt().last(datetime(2026, 10, 24, 12, tzinfo=UTC)),
        DigestAt().last(datetime(2026, 10, 26, 12, tzinfo=UTC)),
    )
    assert (before.at.hour, after.at.hour) == (6, 7)
    assert DigestAt().next(datetime(2026, 10, 24, 12, tzinfo=UTC)) == after
