"""Reports told to a bot that keeps being killed: at any moment, while Teams takes something, and while it comes up."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from storage.database import Database
from tests.stories.people import Person
from tests.stories.school import Report, aad, hartfield, letter_ids, open_forms, read_answers, reports, waiting, wrong
from tests.stories.serving import Server
from tests.stories.teams import Call, Json, Teams

SAID = (
    "I have just sent Year 4's reading scores to the wrong parent",
    "my marking bag with the class reports was stolen from the car",
    "two families got each other's letters, I am afraid",
    "there are odd sign-ins on my account and mails that I did not write",
)


@dataclass
class Reaper:
    """Kills so many times. Each kind of moment has its turn."""

    server: Server
    teams: Teams
    dice: random.Random
    kills: int
    by: dict[str, int]

    def __post_init__(self) -> None:
        self._kinds = (self._in_a_turn, self._before, self._after, self._afterwards, self._twice)
        self._later: set[asyncio.Task[None]] = set()

    @property
    def left(self) -> int:
        return self.kills - self.server.kills

    async def post(self, activity: Json) -> tuple[int, Any]:
        """Deliver, and perhaps kill. Half of those who press and are cut off press again; Teams repeats the rest."""
        if self.left > 0 and self.dice.random() < 0.7:
            await self.dice.choice(self._kinds)()
        impatient = activity["type"] == "invoke" and self.dice.random() < 0.5
        return await self.server.post(activity, gives_up=impatient)

    async def rest(self) -> None:
        """Come back when nothing is going to be killed any more."""
        self.teams.before = self.teams.after = _nothing
        for task in list(self._later):
            await task
        await self.server.settled()

    async def _in_a_turn(self) -> None:
        self._begin("in a turn", self.dice.uniform(0, 1.2 * self.server.took))

    async def _afterwards(self) -> None:
        self._begin("after a turn", self.server.took + self.dice.uniform(0, 0.3))

    async def _twice(self) -> None:
        self._begin("and again on its way up", self.dice.uniform(0, 0.05), again_after=self.dice.uniform(0, 1.5))

    async def _before(self) -> None:
        self.teams.before = self._at("before Teams took it", self.dice.randint(1, 4))

    async def _after(self) -> None:
        self.teams.after = self._at("after Teams took it", self.dice.randint(1, 4))

    def _at(self, moment: str, number: int) -> Callable[[Call], Awaitable[web.Response | None]]:
        """Kill in the middle of so manieth call from now."""
        calls = [0]

        async def answer(_: Call) -> web.Response | None:
            calls[0] += 1
            if calls[0] == number:
                await self._kill(moment)
            return None

        return answer

    async def _kill(self, moment: str, *, again_after: float | None = None) -> None:
        if self.left > 0 and await self.server.kill(again_after=again_after if self.left > 1 else None):
            self.by[moment] = self.by.get(moment, 0) + 1

    def _begin(self, moment: str, after: float, *, again_after: float | None = None) -> None:
        async def soon() -> None:
            await asyncio.sleep(after)
            await self._kill(moment, again_after=again_after)

        task = asyncio.create_task(soon())
        self._later.add(task)
        task.add_done_callback(self._later.discard)


async def _nothing(_: Call) -> web.Response | None:
    return None


@dataclass
class Told:
    """What the scripted reporter told and saw taken."""

    words: str
    answers: dict[str, Any]
    message: str  # that Form A was sent


async def reports_while_it_dies(database: str, folder: Path, *, kills: int, seed: int) -> dict[str, Any]:
    """Tell of one breach after another until it was killed so often; return what was counted, and what is wrong."""
    db = Database.connect(database)
    await hartfield(db)
    dice = random.Random(seed)  # noqa: S311  to kill at the same places again
    told: list[Told] = []
    async with Teams() as teams, Server(folder, database) as server:
        reaper = Reaper(server, teams, dice, kills, {})
        while reaper.left > 0:
            words = f"{SAID[len(told) % len(SAID)]} (no {len(told)})"
            person = Person(teams, reaper.post, await aad(db, "t.reed"), dice, mark=f"report {len(told)}")
            await person.reports(words, wanders=0.2)
            told.append(Told(words, read_answers(person.told, datetime.now(UTC)), person.message))
        await reaper.rest()
        await at_rest(db, server)
        troubles, problems = server.troubles, await wrong(db)
        found = await reports(db)
        heads = {await aad(db, name) for name in ("p.owen", "h.moss")}
        dsl, forms = await aad(db, "s.bird"), await open_forms(db)
    problems += [f"a form is open: {about}" for about in forms] + troubles
    problems += [problem for pair in zip(told, found, strict=False) for problem in _differs(*pair, heads, dsl, teams)]
    if (written := await letter_ids(db)) != teams.letters.keys():
        problems.append(f"{len(written)} letters were written, and {len(teams.letters)} are shown")
    if len(told) != len(found):
        problems.append(f"{len(told)} reports became {len(found)} cases")
    await db.dispose()
    return {
        "kills": server.kills,
        "by_moment": reaper.by,
        "reports": len(told),
        "cases": len(found),
        "letters": len(teams.letters),
        "letters_posted_again": sum(each.posted - 1 for each in teams.letters.values()),
        "wrong": problems,
    }


async def at_rest(db: Database, *servers: Server, within: float = 60) -> None:
    """Stop the servers once every letter is delivered: a lease of one that died runs out first, and sweeps write more.

    Without servers, only wait.
    """
    end = datetime.now(UTC) + timedelta(seconds=within)
    while datetime.now(UTC) < end:
        while await waiting(db) and datetime.now(UTC) < end:  # noqa: ASYNC110  another process does it
            await asyncio.sleep(0.1)
        for server in servers:
            await server.stop()
        if not servers or not await waiting(db):
            return
        for server in servers:
            await server.start()


def _differs(told: Told, found: Report, leaders: set[str], dsl: str, teams: Teams) -> list[str]:
    """Say in what a case is not what its reporter told."""
    number = f"case {found.number}"
    problems = [] if found.words == told.words else [f"{number} is about {found.words!r}, not {told.words!r}"]
    if len(found.signed) != 1:
        return [*problems, f"{number} was signed {len(found.signed)} times"]
    kept = found.signed[0]
    problems += [
        f"{number}: {name} is {kept.get(name)!r}, told was {answer!r}"
        for name, answer in told.answers.items()
        if kept.get(name) != answer
    ]
    expected = leaders | ({dsl} if kept["child"] in {"yes", "not-sure"} else set())
    if sorted(found.alerts) != sorted(expected):
        problems.append(f"{number} was told to {len(found.alerts)}, not once to each of {len(expected)}")
    for one in expected:
        shown = [each for each in teams.chat(f"a:{one}") if each.letter and told.words in each.everything]
        if len(shown) != 1:
            problems.append(f"{number} is shown {len(shown)} times to one of those told")
        elif "signed" not in str(shown[0].card):
            problems.append(f"{number}: a card does not show that Form A is signed")
    return problems
