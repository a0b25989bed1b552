"""What breaks, for how long, and when it is mended: each a story of its own, told to real processes."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from storage import retaining
from storage.database import Database
from storage.outbox import LetterRow
from tests.stories.between import Line
from tests.stories.breaking import Scene, figures, tried
from tests.stories.damage import Clock, Disk, Unwell, all_well, no_letters
from tests.stories.school import hartfield
from tests.stories.serving import Server
from tests.stories.teams import Teams

TEACHERS = 400  # each tells one thing

Fault = Callable[[Scene], Awaitable[None]]


@asynccontextmanager
async def scene(
    direct: str,
    folder: Path,
    *urls: str,
    options: Sequence[str] = (),
    env: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> AsyncIterator[Scene]:
    """A served Hartfield on the database at `direct`, by one server for each URL that leads there.

    Last night's deletion is done, so that nobody doubts the clock: `now` where that isn't the machine's.
    """
    db = Database.connect(direct)
    await hartfield(db, more_teachers=TEACHERS)
    last_night = (now or datetime.now(UTC)) - timedelta(days=1)
    async with db.write() as session:
        await retaining.finish_run(session, last_night.date(), now=last_night)
    async with AsyncExitStack() as running:
        teams = await running.enter_async_context(Teams())
        servers = []
        for number, url in enumerate(urls or (direct,)):
            (here := folder / f"server{number}").mkdir()
            servers.append(Server(here, url, *options, env=env))
        await asyncio.gather(*(running.enter_async_context(server) for server in servers))
        running.push_async_callback(db.dispose)
        yield await running.enter_async_context(Scene(db, teams, servers))


async def replica_killed(direct: str, folder: Path, *, rate: float, before: float, after: float) -> dict[str, Any]:
    """One of two is killed (-9) under load, and started again only once all was taken over."""

    async def kill(here: Scene) -> None:
        await here.servers[0].kill(again_after=None)
        here.mended = time.monotonic()  # what there is to recover, the other has to do

    async with scene(direct, folder, direct, direct) as here:
        return await tried(here, kill, rate=rate, before=before, after=after)


async def database_restarted(
    direct: str, folder: Path, *, restart: Callable[[], Awaitable[None]], rate: float, before: float, after: float
) -> dict[str, Any]:
    """PostgreSQL itself goes down without a word and comes up again, under two replicas."""

    async def again(_: Scene) -> None:
        await restart()

    async with scene(direct, folder, direct, direct) as here:
        return await tried(here, again, rate=rate, before=before, after=after)


async def database_gone(
    direct: str, folder: Path, *, how: Callable[[Line], None], gone: float, rate: float, before: float, after: float
) -> dict[str, Any]:
    """The line to PostgreSQL is cut in some way, and works again after a while."""

    async def cut(_: Scene) -> None:
        how(line)
        await asyncio.sleep(gone)
        line.mend()

    async with Line(direct) as line, scene(direct, folder, line.url, line.url) as here:
        return await tried(here, cut, rate=rate, before=before, after=after)


async def disk_full(
    direct: str, folder: Path, disk: Disk, *, full: float, rate: float, before: float, after: float
) -> dict[str, Any]:
    """Nothing more can be written beside the SQLite file; after a while there is room again."""

    async def fill(here: Scene) -> None:
        disk.fill(here.servers[0])
        await asyncio.sleep(full)
        disk.free(here.servers[0])

    async with scene(direct, folder) as here:
        return await tried(here, fill, rate=rate, before=before, after=after)


async def clock_jumps(
    direct: str,
    folder: Path,
    clock: Clock,
    jumps: Sequence[int],
    *,
    each: float,
    rate: float,
    before: float,
    after: float,
) -> dict[str, Any]:
    """The server's clock is off, by so many seconds for a while each, and then right again.

    No letter is taken while it is off: what is put off then is put off by a wrong clock.
    """

    dated = Counter[str]()

    async def jump(here: Scene) -> None:
        here.teams.before = no_letters
        for seconds in jumps:
            clock.jump(seconds)
            await asyncio.sleep(each)
            dated["put_off_by_a_wrong_clock"] += await _ahead(here.db, LetterRow.put_off_at)
        clock.jump(0)
        here.teams.before = all_well

    async with scene(direct, folder, env=clock.env) as here:
        told = await tried(here, jump, rate=rate, before=before, after=after)
        dated["written_ahead"] = await _ahead(here.db, LetterRow.posted_at)
        dated["still_put_off"] = await _ahead(here.db, LetterRow.next_try_at)
    return told | dated


async def teams_unwell(
    direct: str,
    folder: Path,
    unwell: Unwell,
    *,
    when: str = "before",
    ill: float,
    rate: float,
    before: float,
    after: float,
) -> dict[str, Any]:
    """Teams fails for a while: before it takes anything, or (`after`) once it did, so that only the answer is lost."""

    async def fall_ill(here: Scene) -> None:
        well = getattr(here.teams, when)
        setattr(here.teams, when, unwell)
        await asyncio.sleep(ill)
        setattr(here.teams, when, well)

    async with scene(direct, folder) as here:
        told = await tried(here, fall_ill, rate=rate, before=before, after=after)
    return told | {"calls_failed": len(unwell.met), "letters_failed": len({each.letter for each in unwell.met} - {""})}


async def down_for_a_day(direct: str, folder: Path, *, reports: int) -> dict[str, Any]:
    """The bot is down for 24 hours with reports open; up again, it reminds everybody once, of the latest there is."""
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)
    async with scene(direct, folder, options=("--now", f"{monday:%Y-%m-%dT%H:%M}"), now=monday) as here:
        (server,) = here.servers
        for _ in range(reports):
            await here.tell(is_breach=True)
        await here.caught_up()
        await server.stop()
        before = await reminders(here.db)
        here.mended = time.monotonic()
        await server.start("--now", "2026-11-24T09:00")
        while len({case for case, _ in await reminders(here.db)}) < reports:
            assert time.monotonic() < here.mended + 60, "after a minute not everybody was reminded"
            await asyncio.sleep(0.1)
        await here.caught_up()
        told = await figures(here)
        latest = max(each.at for each in here.teams.letters.values())
        often = Counter({one: times - before[one] for one, times in (await reminders(here.db)).items()})
    told["wrong"] += [
        f"{who} is reminded of case {case} {times} times" for (case, who), times in often.items() if times != 1
    ]
    told["recovery_seconds"] = round(latest - here.mended, 1)
    return told | {"reminded": len(often), "most_reminders_to_one_about_one_case": max(often.values())}


async def _ahead(db: Database, moment: InstrumentedAttribute[Any]) -> int:
    """Count the letters that bear a moment that is yet to come."""
    soon = datetime.now(UTC) + timedelta(minutes=10)
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(LetterRow).where(moment > soon)) or 0


async def reminders(db: Database) -> Counter[tuple[str, str]]:
    """Count the reminders by case and addressee."""
    async with db.read() as session:
        rows = await session.execute(
            select(LetterRow.subject, LetterRow.addressee).where(LetterRow.key.contains("/nudge/"))
        )
        return Counter((row[0], row[1]) for row in rows)
