"""What people say about the hour, where the clock change makes it twofold or impossible."""

from datetime import datetime

import pytest

from policy.clocks.local_time import instant, london, long_time
from policy.clocks.refusal import RefusedDatesError


@pytest.mark.parametrize(
    ("said", "means", "note"),
    [
        ("2026-01-05T09:00", "2026-01-05T09:00:00+00:00", ""),
        ("2026-07-05T09:00", "2026-07-05T08:00:00+00:00", ""),
        ("2026-10-25T01:30", "2026-10-25T00:30:00+00:00", "showed 01:30 twice"),  # the first of the two
        ("2026-10-25T01:00", "2026-10-25T00:00:00+00:00", "showed 01:00 twice"),
        ("2026-10-25T02:00", "2026-10-25T02:00:00+00:00", ""),
        ("2026-10-25T01:30+00:00", "2026-10-25T01:30:00+00:00", ""),  # the second, as its offset says
        ("2026-10-25T01:30+01:00", "2026-10-25T00:30:00+00:00", ""),
        ("2026-03-29T01:30", "2026-03-29T01:30:00+00:00", "so 02:30 is taken"),  # shown as 02:30
        ("2026-03-29T01:00", "2026-03-29T01:00:00+00:00", "so 02:00 is taken"),
        ("2026-03-29T02:00", "2026-03-29T01:00:00+00:00", ""),
        ("2026-03-29T01:30Z", "2026-03-29T01:30:00+00:00", ""),
    ],
)
def test_a_time_without_an_offset_is_londons(said: str, means: str, note: str) -> None:
    read = instant(datetime.fromisoformat(said))
    assert read.at.isoformat() == means
    assert note in read.note
    assert bool(note) == bool(read.note)


def test_an_instant_is_shown_as_the_clocks_in_london_do() -> None:
    moment = instant(datetime.fromisoformat("2026-03-30T16:00Z")).at
    assert london(moment).isoformat() == "2026-03-30T17:00:00+01:00"
    assert long_time(moment) == "Mon 30 Mar 2026, 17:00"


@pytest.mark.parametrize("said", ["0001-01-01T00:00", "9999-12-31T23:59", "9999-12-31T23:59-05:00"])
def test_a_year_out_of_reach_is_refused(said: str) -> None:
    with pytest.raises(RefusedDatesError, match="Is the year right"):
        instant(datetime.fromisoformat(said))
