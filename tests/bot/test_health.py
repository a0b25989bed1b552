"""Readiness tells the truth: the database, its schema, and whether the work beside the turns comes round."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.app import create_app
from bot.clock import wall_clock
from bot.clockwork import keep_time
from bot.courier import Courier
from bot.health import PULSE
from bot.postman import Arrived
from bot.pulse import CLOCK, COURIER, LATE_AFTER, Pulse
from bot.settings import Settings
from dialogs.desk import Desk
from storage.database import Database

if TYPE_CHECKING:
    from storage.chats import Chat
    from storage.outbox import Letter
    from tests.bot.conftest import Host


class Pigeons:
    async def deliver(self, letter: "Letter", chat: "Chat | None" = None) -> Arrived:
        return Arrived("c", "1")


async def ready(host: "Host") -> tuple[int, str]:
    async with host.http.get(f"{host.url}/readyz") as answer:
        return answer.status, (await answer.json()).get("reason", "")


async def test_a_running_bot_is_ready(host: "Host") -> None:
    assert await ready(host) == (200, "")


@pytest.mark.parametrize("work", [CLOCK, COURIER])
async def test_a_replica_whose_work_stands_still_is_not_ready(host: "Host", work: str) -> None:
    pulse: Pulse = host.server.app[PULSE]
    assert set(pulse.ages()) == {CLOCK, COURIER}
    pulse._last[work] -= LATE_AFTER[work] + 1
    status, reason = await ready(host)
    assert status == 503
    assert reason.startswith(f"the {work} did not come round")
    async with host.http.get(f"{host.url}/healthz") as answer:
        assert answer.status == 200


async def test_a_newer_schema_is_fine_and_an_older_one_is_not(host: "Host", sqlite_db: Database) -> None:
    for revision, expected in (("9999", 200), ("0001", 503)):
        async with sqlite_db.write() as session:
            await session.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})
        assert (await ready(host))[0] == expected, revision


async def test_without_a_courier_of_its_own_none_is_missed(sqlite_url: str) -> None:
    app = create_app(Settings(database_url=sqlite_url), local=True, clock=wall_clock, delivers_letters=False)
    app.freeze()
    assert COURIER not in app[PULSE].ages()


async def test_the_clockwork_comes_round_also_when_a_sweep_fails(sqlite_db: Database) -> None:
    rounds: list[int] = []
    thrice = asyncio.Event()

    def came_round() -> None:
        rounds.append(1)
        if len(rounds) == 3:
            thrice.set()

    def broken() -> datetime:
        if len(rounds) == 1:
            raise OSError
        return datetime.now(UTC)

    work = asyncio.create_task(keep_time(sqlite_db, Desk(), clock=broken, every=0.01, came_round=came_round))
    await asyncio.wait_for(thrice.wait(), 10)
    work.cancel()


async def test_the_courier_comes_round(sqlite_db: Database) -> None:
    came = asyncio.Event()
    work = asyncio.create_task(Courier(sqlite_db, Pigeons(), came_round=came.set).run())
    await asyncio.wait_for(came.wait(), 10)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
