"""A machine's clock that jumps: nothing that it put off is late for it, and nobody is reminded by it."""

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.clockwork import is_right
from bot.courier import Courier
from bot.postman import Arrived, Later, Outcome
from storage import outbox
from storage.chats import Chat
from storage.database import Database
from storage.outbox import Letter, LetterRow, State

if TYPE_CHECKING:
    from collections.abc import Sequence

DPO = "00000000-0000-0000-0000-00000000000d"


class Pigeons:
    """Say what they are told to say, then that it arrived."""

    def __init__(self, *outcomes: Outcome) -> None:
        self._outcomes = list(outcomes)
        self.carried: list[str] = []

    async def deliver(self, letter: Letter, chat: Chat | None = None) -> Outcome:
        self.carried.append(letter.key)
        return self._outcomes.pop(0) if self._outcomes else Arrived("a:d", "1")


class Watch:
    """A clock that is off by so much."""

    off = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.off


@pytest.fixture
def watch() -> Watch:
    return Watch()


async def post(db: Database, key: str, **more: Any) -> None:  # noqa: ANN401  a letter's parts
    async with db.write() as session:
        await outbox.post(
            session, key=key, addressee=DPO, card=None, text=key, summary="Ask DPO", now=datetime.now(UTC), **more
        )


async def states(db: Database) -> dict[str, "Sequence[object]"]:
    async with db.read() as session:
        rows = (await session.execute(LetterRow.__table__.select())).mappings().all()
    return {row["key"]: row["state"] for row in rows}


async def test_what_a_clock_put_off_that_was_ahead_goes_out_once_it_is_right(db: Database, watch: Watch) -> None:
    pigeons = Pigeons(Later("away", timedelta(seconds=2)))
    courier = Courier(db, pigeons, clock=watch)
    await post(db, "alert", urgent=True)
    watch.off = timedelta(hours=6)
    await courier.deliver_due()
    assert pigeons.carried == ["alert"]
    watch.off = timedelta(0)
    await courier.deliver_due()
    assert await states(db) == {"alert": State.SENT}


async def test_a_courier_that_comes_up_after_the_clock_was_put_right_knows_too(db: Database, watch: Watch) -> None:
    pigeons = Pigeons(Later("away", timedelta(seconds=2)))
    await post(db, "alert", urgent=True)
    watch.off = timedelta(hours=6)
    await Courier(db, pigeons, clock=watch).deliver_due()
    watch.off = timedelta(0)
    after = Courier(db, pigeons, clock=watch)
    await after.deliver_due()
    assert await states(db) == {"alert": State.SENT}


async def test_what_waits_for_its_day_or_was_put_off_by_teams_goes_on_waiting(db: Database, watch: Watch) -> None:
    pigeons = Pigeons(Later("busy", timedelta(seconds=60)))
    await post(db, "now")
    await post(db, "next week", not_before=datetime.now(UTC) + timedelta(days=7))
    courier = Courier(db, pigeons, clock=watch)
    await courier.deliver_due()
    watch.off = timedelta(seconds=-30)  # put right by that much
    for _ in range(2):
        await courier.deliver_due()
    assert pigeons.carried == ["now"]


async def test_what_teams_asked_to_wait_for_half_an_hour_waits_however_often_a_courier_comes_up(
    db: Database, watch: Watch
) -> None:
    pigeons = Pigeons(Later("status 429", timedelta(minutes=30), crowded=True))
    await post(db, "now", urgent=True)
    await Courier(db, pigeons, clock=watch).deliver_due()
    for minutes, carried in ((0.5, 1), (29, 1), (31, 2)):
        watch.off = timedelta(minutes=minutes)
        await Courier(db, pigeons, clock=watch).deliver_due()
        assert len(pigeons.carried) == carried


async def test_what_a_clock_years_ahead_held_back_behind_another_letter_goes_out_once_it_is_right(
    db: Database, watch: Watch
) -> None:
    watch.off = timedelta(days=3650)
    busy = Later("status 429", timedelta(seconds=0.1), crowded=True)
    await post(db, "digest")
    courier = Courier(db, Pigeons(busy), clock=watch)
    await courier._take()  # what comes meanwhile is not in its hands, and is held by the row alone
    await post(db, "request/2/nudge/due/1")
    await post(db, "next week", not_before=datetime.now(UTC) + timedelta(days=3657))
    await courier._lanes.empty()
    watch.off = timedelta(0)
    pigeons = Pigeons()
    await Courier(db, pigeons, clock=watch).deliver_due()
    assert sorted(pigeons.carried) == ["digest", "request/2/nudge/due/1"]


async def test_a_machine_whose_clock_is_not_the_databases_reminds_nobody(
    db: Database, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    if db.file is not None:
        pytest.skip("SQLite's clock is the machine's")
    assert await is_right(db, watch)
    watch.off = timedelta(minutes=5)
    with caplog.at_level(logging.ERROR):
        assert not await is_right(db, watch)
    assert "clock is wrong" in caplog.text
    watch.off = -watch.off
    assert not await is_right(db, watch)


async def test_on_sqlite_there_is_one_clock(sqlite_db: Database, watch: Watch) -> None:
    watch.off = timedelta(days=1)
    assert await is_right(sqlite_db, watch)
