"""Couriers in processes of their own: two on one PostgreSQL before a Teams that fails, and some that are killed.

A kill between Teams taking a letter and the mark shows it twice: Bot Framework knows no repeats. Both carry one id.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from bot.lanes import LANES
from storage.database import Database

KILLS = 20  # tests/bench/letters.py kills 200 times

bench: Any = import_module("tests.bench.letters")


@pytest.fixture
def shared(postgresql: Callable[[], str]) -> str:
    """The URL of a PostgreSQL for several processes."""
    return postgresql()


@pytest.mark.postgres
async def test_two_replicas_before_a_failing_teams_deliver_everything_and_nothing_twice(
    shared: str,
) -> None:
    db = Database.connect(shared)
    async with bench.process("connector", "--failing", "0.33", "--delay", "0.005") as address:
        await bench.know(db, address)
        await bench.write(db, "letter", 500)
        with bench.spawned("courier", "--database", shared), bench.spawned("courier", "--database", shared):
            await bench.until_empty(db)
        result = await bench.tally(db, address, 500)
    await db.dispose()
    assert (result["arrived_once"], result["arrived_more_often"], result["lost"]) == (500, 0, 0)
    assert (result["not_marked"], result["without_a_known_id"]) == (0, 0)
    assert result["calls"].keys() == {"taken", "429", "500", "503", "dropped"}
    assert sum(result["calls"].values()) > 500 * 1.3


async def test_nothing_is_lost_however_often_a_courier_is_killed(database_url: str) -> None:
    result = await bench.kills(database_url, KILLS, letters_each=20)
    assert (result["lost"], result["not_marked"], result["without_a_known_id"]) == (0, 0, 0)
    assert result["arrived_once"] + result["arrived_more_often"] == KILLS * 20
    assert result["arrived_more_often"] <= KILLS * LANES, "only what was not yet marked when the courier died"
