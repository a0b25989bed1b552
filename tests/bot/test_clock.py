"""Times that people type are London's, and a clock that was set runs on."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import moment, starting_at


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("2026-12-08T10:30", datetime(2026, 12, 8, 10, 30, tzinfo=UTC)),
        ("2026-07-01T10:30", datetime(2026, 7, 1, 9, 30, tzinfo=UTC)),  # summer time
        ("2026-07-01T10:30+00:00", datetime(2026, 7, 1, 10, 30, tzinfo=UTC)),
        ("2026-10-25T01:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # repeated that night: the first of the two
        ("2026-12-08", datetime(2026, 12, 8, tzinfo=UTC)),
    ],
)
def test_a_moment_is_londons_unless_it_says_otherwise(typed: str, instant: datetime) -> None:
    assert moment(typed) == instant


def test_what_is_no_time_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="'teatime' is not a time"):
        moment("teatime")


async def test_a_clock_that_was_set_runs_on() -> None:
    clock = starting_at(datetime(2026, 12, 8, tzinfo=UTC))
    first = clock()
    await asyncio.sleep(0.05)
    assert timedelta(seconds=0.05) <= clock() - first < timedelta(seconds=2)
