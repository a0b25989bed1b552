"""However often and wherever the process dies: one case, one alert per addressee, no answer lost (issue 3)."""

from pathlib import Path

import pytest

from tests.stories.killing import reports_while_it_dies

KILLS = 20  # tests/bench/kills.py kills 200 times
KILLS_ON_POSTGRESQL = 8


async def test_reports_survive_a_server_that_keeps_being_killed(tmp_path: Path, sqlite_url: str) -> None:
    result = await reports_while_it_dies(sqlite_url, tmp_path, kills=KILLS, seed=1)
    assert result["wrong"] == []
    assert result["kills"] == KILLS
    assert result["reports"] == result["cases"] > 1


@pytest.mark.postgres
async def test_reports_survive_on_postgresql_too(tmp_path: Path, postgresql_url: str) -> None:
    result = await reports_while_it_dies(postgresql_url, tmp_path, kills=KILLS_ON_POSTGRESQL, seed=2)
    assert result["wrong"] == []
    assert result["kills"] == KILLS_ON_POSTGRESQL
