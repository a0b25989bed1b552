"""kill -9 in the middle of a sync: all of it is there, or none, and the next one goes on."""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import wall_clock
from bot.graph.client import Graph
from bot.graph.staff import Done
from storage import audit
from storage import directory as rows
from storage.database import Database
from tests.bot.graph.entra import Entra, Pair
from tests.bot.graph.school import DPOS, STAFF, held, sync

ROOT = Path(__file__).parents[3]
MANY = 150  # people who change: so many rows take a while to write


@pytest.mark.parametrize("after", [0.1, 0.3, 0.6])
async def test_a_sync_that_is_killed_leaves_all_or_nothing(
    db: Database, entra: Entra, graph: Graph, ca: Pair, after: float
) -> None:
    entra.page = 999
    dpo = entra.user(1)
    people = {entra.user(number) for number in range(2, MANY + 2)}
    entra.group(1, dpo)
    entra.group(2, *people)
    entra.group(3)
    await sync(db, graph)
    before = await held(db)
    entra.groups[STAFF] = {entra.user(number) for number in range(MANY, 2 * MANY)}
    entra.groups[DPOS] = {entra.user(9999)}

    await killed(db, entra, ca, after)

    found = await held(db)
    new = {*entra.groups[STAFF], *entra.groups[DPOS]}
    assert found == before or {one for one, _ in found} == new
    async with db.read() as session:
        assert await audit.verify(session) is None
    later = wall_clock() + rows.LEASE + timedelta(seconds=1)
    assert isinstance(await sync(db, graph, allow_removals=True, clock=lambda: later), Done)
    assert {one for one, _ in await held(db)} == new


async def killed(db: Database, entra: Entra, ca: Pair, after: float) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bot.graph.killed",
        db.url,
        entra.url,
        str(ca.pem),
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    await asyncio.sleep(after)
    if process.returncode is None:
        process.send_signal(signal.SIGKILL)
    await process.communicate()
