"""Short versions of tests/bench/faults.py: real servers, something that breaks, and nothing lost or shown twice."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest
from aiohttp import web

from storage.database import Database
from tests.stories import faults
from tests.stories.between import Line
from tests.stories.damage import Ceiling, Clock, Disk, Unwell
from tests.stories.servers import Postgres

LOAD: Final = {"rate": 5.0, "before": 1.0, "after": 1.5}
SOON: Final = 60.0  # seconds; on a quiet machine a tenth of it (docs/reliability.md)


def nothing_is_lost_or_shown_twice(told: dict[str, Any]) -> None:
    assert told["wrong"] == []
    assert (told["lost"], told["shown_twice"], told["unanswered"]) == (0, 0, 0)
    assert told["letters"] > 4


@pytest.mark.postgres
async def test_one_of_two_replicas_is_killed_and_the_other_takes_over(tmp_path: Path, postgresql_url: str) -> None:
    told = await faults.replica_killed(postgresql_url, tmp_path, **LOAD)
    nothing_is_lost_or_shown_twice(told)
    assert told["told_to_try_again"] < told["turns"] / 5


@pytest.mark.postgres
@pytest.mark.parametrize("how", [Line.hang_up, Line.refuse, Line.swallow], ids=["cut", "refused", "silent"])
async def test_a_postgresql_that_is_away_for_a_moment_is_waited_for(
    tmp_path: Path, postgresql_url: str, how: Callable[[Line], None]
) -> None:
    told = await faults.database_gone(postgresql_url, tmp_path, how=how, gone=1.5, **LOAD)
    nothing_is_lost_or_shown_twice(told)
    assert told["told_to_try_again"] < told["turns"] / 5, "most are answered late, not turned away"
    assert told["recovery_seconds"] < SOON


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that PostgreSQL, as a user of its own, may enter: pytest closes its own to others at each run."""
    with TemporaryDirectory(prefix="askdpo-pg-") as folder:
        yield Path(folder)


@pytest.mark.postgres
async def test_a_postgresql_that_is_stopped_at_once_and_started_again(tmp_path: Path, open_folder: Path) -> None:
    with Postgres(open_folder) as postgres:
        url = postgres.fresh("restarted")
        db = Database.connect(url)
        await db.upgrade()
        await db.dispose()
        told = await faults.database_restarted(url, tmp_path, restart=postgres.restart, **LOAD)
    nothing_is_lost_or_shown_twice(told)


async def test_a_server_that_can_write_nothing_says_so_and_goes_on_when_it_can(tmp_path: Path, sqlite_url: str) -> None:
    told = await faults.disk_full(sqlite_url, tmp_path, Ceiling(tmp_path), full=2.5, **LOAD)
    nothing_is_lost_or_shown_twice(told)
    assert told["told_to_try_again"] > 4
    assert told["answered"] > 4


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    (disk := tmp_path / "disk").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: S603  fixed words
        pytest.skip("only root may mount a file system; the test above needs none")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)  # noqa: S603, S607  see above


async def test_a_full_disk_loses_nothing_that_was_answered(tmp_path: Path, small_disk: Path) -> None:
    url = f"sqlite:///{small_disk / 'askdpo.db'}"
    db = Database.connect(url)
    await db.upgrade()
    await db.dispose()
    told = await faults.disk_full(url, tmp_path, Disk(small_disk), full=2.5, **LOAD)
    nothing_is_lost_or_shown_twice(told)
    assert told["told_to_try_again"] > 4


async def test_a_clock_that_jumps_ahead_and_back_holds_up_no_letter(tmp_path: Path, sqlite_url: str) -> None:
    told = await faults.clock_jumps(sqlite_url, tmp_path, Clock(tmp_path), (3600, -3600), each=2.0, **LOAD)
    nothing_is_lost_or_shown_twice(told)
    assert told["written_ahead"] > 0, "the clock was wrong"
    assert told["put_off_by_a_wrong_clock"] > 0, "and letters were put off by it"
    assert told["still_put_off"] == 0
    assert told["recovery_seconds"] < SOON


async def test_after_a_day_of_outage_each_is_reminded_once_of_each_case(tmp_path: Path, database_url: str) -> None:
    told = await faults.down_for_a_day(database_url, tmp_path, reports=4)
    nothing_is_lost_or_shown_twice(told)
    assert told["most_reminders_to_one_about_one_case"] == 1
    assert told["reminded"] >= 2 * 4


UNWELL: Final = {
    "refusals": (
        "before",
        lambda: Unwell(
            [web.Response(status=429, headers={"Retry-After": "1"}), web.Response(status=500), web.Response(status=503)]
        ),
    ),
    "slow or never": ("after", lambda: Unwell([], every=1, waits=(6.0, 1.0))),
}


@pytest.mark.parametrize("how", UNWELL)
async def test_a_teams_that_is_unwell_gets_everything_once(tmp_path: Path, sqlite_url: str, how: str) -> None:
    when, unwell = UNWELL[how]
    told = await faults.teams_unwell(sqlite_url, tmp_path, unwell=unwell(), when=when, ill=2.5, **LOAD)
    nothing_is_lost_or_shown_twice(told)
    assert told["calls_failed"] > 4, "each way of failing was met"
    assert told["letters_failed"] > 0, "and not only replies"
    assert told["repeated_under_one_id"] > 0 or how == "refusals", "what may have been taken is sent again"
    assert told["told_to_try_again"] < told["turns"] / 5
