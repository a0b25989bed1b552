"""Syncing by the clock: each replica looks, one does it, and a refusal reaches the DPO in words."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.clock import wall_clock
from bot.graph import schedule
from bot.graph.client import Graph
from bot.graph.schedule import keep_staff, once
from policy.roles import Role
from storage import audit, outbox
from storage import directory as rows
from storage.database import Database
from storage.directory import DirectoryRow
from storage.letter_rows import LetterRow
from tests.bot.graph.conftest import MakeGraph
from tests.bot.graph.entra import Entra, answers
from tests.bot.graph.school import DIRECTORY, DPOS, STAFF, a_school, held, seat, starting


async def known_school(db: Database, entra: Entra) -> dict[str, str]:
    """Make a school that is on record already, with its DPO: the clock makes no schools."""
    who = a_school(entra)
    await seat(db, who["dpo"], "dpo")
    return who


async def test_four_replicas_sync_once_in_a_while(db: Database, entra: Entra, make_graph: MakeGraph) -> None:
    await known_school(db, entra)
    clock, put_on = starting(wall_clock())
    for _ in range(3):
        await asyncio.gather(*(once(db, make_graph(), DIRECTORY, clock) for _ in range(4)))
        put_on(timedelta(hours=1))
    async with db.read() as session:
        (line,) = await audit.lines(session)
    assert (line.actor, line.action) == ("bot", "staff.synced")
    assert len(await held(db)) == 6
    read = [path for _, path in entra.asked if "microsoft.graph.user" in path]
    assert len(read) == 4  # pages of three groups, once


async def test_when_it_is_time_again_only_news_are_read(db: Database, entra: Entra, graph: Graph) -> None:
    who = await known_school(db, entra)
    clock, put_on = starting(wall_clock())
    for _ in range(2):
        await once(db, graph, DIRECTORY, clock)
        put_on(timedelta(hours=4))
    entra.asked.clear()
    await once(db, graph, DIRECTORY, clock)
    assert entra.asked
    assert all("delta" in path for _, path in entra.asked)
    entra.groups[STAFF].discard(who["t1"])
    entra.changed.append(("groups", STAFF))
    put_on(timedelta(hours=4))
    await once(db, graph, DIRECTORY, clock)
    assert (who["t1"], "LRK") not in await held(db)


async def test_a_refusal_changes_nothing_and_tells_the_dpo_once_a_day(db: Database, entra: Entra, graph: Graph) -> None:
    who = await known_school(db, entra)
    clock, put_on = starting(wall_clock().replace(hour=1))
    await once(db, graph, DIRECTORY, clock)
    before = await held(db)
    entra.groups[DPOS].clear()
    entra.changed.append(("groups", DPOS))
    put_on(timedelta(hours=4))
    for _ in range(3):
        await once(db, graph, DIRECTORY, clock)
        put_on(rows.AGAIN)
    assert await held(db) == before
    async with db.write() as session:
        (letter,) = await outbox.claim(session, now=clock() + timedelta(days=1))
    assert letter.addressee == who["dpo"]
    assert "LRK would have no DPO" in letter.text
    assert "everybody keeps the roles they had" in letter.text


async def test_after_a_failure_it_is_tried_sooner(sqlite_db: Database, entra: Entra, make_graph: MakeGraph) -> None:
    await known_school(sqlite_db, entra)
    clock, put_on = starting(wall_clock())
    entra.faults = [answers(403)]
    graph = make_graph(patience=0.5)
    await once(sqlite_db, graph, DIRECTORY, clock)
    assert await held(sqlite_db) == {(one, "LRK"): {Role.DPO} for one, _ in await held(sqlite_db)}
    entra.asked.clear()
    put_on(rows.AGAIN - timedelta(seconds=1))
    await once(sqlite_db, graph, DIRECTORY, clock)
    assert entra.asked == []
    put_on(timedelta(seconds=1))
    await once(sqlite_db, graph, DIRECTORY, clock)
    assert len(await held(sqlite_db)) == 6


async def test_it_goes_on_by_itself_and_outlives_a_failure(
    sqlite_db: Database, entra: Entra, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    await known_school(sqlite_db, entra)
    looks, twice = 0, asyncio.Event()

    async def stumbling(*args: object) -> None:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise OSError
        await once(*args)  # type: ignore[arg-type]  # handed on as it came
        if looks == 3:
            twice.set()

    monkeypatch.setattr(schedule, "once", stumbling)
    going = asyncio.create_task(keep_staff(sqlite_db, graph, DIRECTORY, look=0.01))
    async with asyncio.timeout(10):
        await twice.wait()
    going.cancel()
    await asyncio.gather(going, return_exceptions=True)
    assert len(await held(sqlite_db)) == 6


async def test_the_row_holds_no_name_and_no_address(sqlite_db: Database, entra: Entra, graph: Graph) -> None:
    await known_school(sqlite_db, entra)
    await once(sqlite_db, graph, DIRECTORY, wall_clock)
    async with sqlite_db.read() as session:
        (row,) = (await session.execute(select(DirectoryRow.__table__))).all()
        letters = (await session.scalars(select(LetterRow.id))).all()
    assert "Person" not in str(row)
    assert "@lark" not in str(row)
    assert letters == []
