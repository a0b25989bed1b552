"""What counts as a database that is away, and how long one waits for it."""

import asyncio
import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from storage.database import Database
from storage.engines.absence import is_away, ride_out


class Refused(Exception):  # noqa: N818  a driver's
    def __init__(self, sqlstate: str) -> None:
        super().__init__("a driver's own words")
        self.sqlstate = sqlstate


AWAY = {
    "refused": ConnectionRefusedError(),
    "cut": ConnectionResetError(),
    "silent": TimeoutError(),
    "no connection was free": NoConnectionFree(),
    "lost on the way": DBAPIError("SELECT 1", {}, Refused(""), connection_invalidated=True),
    "shut down": DBAPIError("SELECT 1", {}, Refused("57P01")),
    "starting up": DBAPIError("SELECT 1", {}, Refused("57P03")),
    "all slots taken": DBAPIError("SELECT 1", {}, Refused("53300")),
}
THERE = {
    "a broken rule": IntegrityError("INSERT", {}, Refused("23505")),
    "cancelled by a person": DBAPIError("SELECT 1", {}, Refused("57014")),
    "no room on the disk": OperationalError("INSERT", {}, Exception("database or disk is full")),
    "a fault of ours": ValueError("ours"),
}


@pytest.mark.parametrize("error", AWAY.values(), ids=AWAY.keys())
def test_it_is_away(error: Exception) -> None:
    assert is_away(error)


@pytest.mark.parametrize("error", THERE.values(), ids=THERE.keys())
def test_it_is_there_and_asking_again_would_not_help(error: Exception) -> None:
    assert not is_away(error)


async def test_what_failed_for_a_moment_is_done_again() -> None:
    tries = [0]

    async def work() -> str:
        tries[0] += 1
        if tries[0] < 3:
            raise ConnectionResetError
        return "done"

    assert await ride_out(work) == "done"
    assert tries == [3]


async def test_what_is_away_for_longer_is_said_in_time() -> None:
    began = time.monotonic()
    with pytest.raises(ConnectionRefusedError):
        await ride_out(_refused, seconds=0.5)
    assert 0.2 < time.monotonic() - began < 0.6


async def test_a_fault_of_ours_is_not_tried_again() -> None:
    tries = [0]

    async def work() -> None:
        tries[0] += 1
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  any
        await ride_out(work)
    assert tries == [1]


async def test_a_session_whose_connection_was_ended_is_known_as_lost(db: Database) -> None:
    if db.file is not None:
        pytest.skip("SQLite has no connection that could be ended")
    other = Database.connect(db.url)
    async with db.read() as session:
        mine = await session.scalar(text("SELECT pg_backend_pid()"))
        async with other.read() as killer:
            await killer.execute(text("SELECT pg_terminate_backend(:one)"), {"one": mine})
        await asyncio.sleep(0.1)
        with pytest.raises(DBAPIError) as lost:
            await session.execute(text("SELECT 1"))
        await session.invalidate()
    await other.dispose()
    assert is_away(lost.value)


async def test_a_server_that_says_nothing_is_away_and_the_next_statement_has_a_new_connection(db: Database) -> None:
    if db.file is not None:
        pytest.skip("SQLite is never silent")
    impatient = Database.connect(db.url, patience=0.3)
    began = time.monotonic()
    async with impatient.read() as session:
        before = await session.scalar(text("SELECT pg_backend_pid()"))
        with pytest.raises(TimeoutError) as silent:
            await session.execute(text("SELECT pg_sleep(20)"))
    assert is_away(silent.value)
    assert time.monotonic() - began < 4
    async with impatient.read() as session:
        assert await session.scalar(text("SELECT pg_backend_pid()")) != before
    await impatient.dispose()


async def _refused() -> None:
    raise ConnectionRefusedError
