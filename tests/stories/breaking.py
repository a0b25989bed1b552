"""A steady load that waits for nobody, put on servers while something breaks; and what became of it.

Every turn is told by somebody of their own, so that each word of theirs is found again wherever it went: in an
answer, in an alert to two leaders, in a case. A turn that gets no answer is delivered again, to whichever server is
up, as Teams and the load balancer before a bot do.
"""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from sqlalchemy import select

from bot.postman import stable_id
from storage.database import Database
from storage.outbox import Letter, LetterRow
from tests.stories.people import Person
from tests.stories.school import LONG_AGO, aad, reports, teacher, waiting, wrong
from tests.stories.serving import Server
from tests.stories.teams import Json, Message, Teams

PATIENCE: Final = 15.0  # seconds after which Teams delivers a turn again (platform 4)
LEADERS: Final = ("p.owen", "h.moss")
_AGAIN: Final = 0.3  # seconds before a turn that got no answer is delivered again; Teams takes longer
_TOO_LATE: Final = 90.0  # seconds after the fault in which all must be as if nothing had been
_JSON: Final = {"Content-Type": "application/json"}


@dataclass(slots=True)
class Told:
    """One turn: who told what, when it was due and when it was over."""

    activity: str
    chat: str
    words: str
    is_breach: bool
    due: float
    deliveries: int = 0
    over: float | None = None


@dataclass
class Scene:
    """The servers, the Teams before them, the database behind them, and everything that was told."""

    db: Database  # read directly, whatever stands between the servers and it
    teams: Teams
    servers: Sequence[Server]
    told: list[Told] = field(default_factory=list)
    mended: float = 0.0  # when the fault was over

    async def __aenter__(self) -> Self:
        self._http = ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(total=PATIENCE))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.close()

    async def load(self, *, rate: float, after: float) -> None:
        """Tell so many things a second, one by one when each is due, until so many seconds after the mending.

        Every other one is a breach; the rest are questions.
        """
        began, under_way = time.monotonic(), []
        while not self.mended or time.monotonic() < self.mended + after:
            number = len(under_way)
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            under_way.append(asyncio.create_task(self.tell(due, is_breach=number % 2 == 0)))
        await asyncio.gather(*under_way)

    async def tell(self, due: float | None = None, *, is_breach: bool) -> None:
        """Have somebody new say something, and come back when they are answered."""
        number = len(self.told)
        mark = f"own{number}words"
        breach, question = f"two families got each other's letters, says {mark}", f"may parents film {mark} sports day"
        words = breach if is_breach else question
        person = Person(self.teams, _nobody, teacher(number), random.Random(number), mark=mark)  # noqa: S311  invented
        activity = person.typed(words)
        told = Told(activity["id"], person.chat, words, is_breach, due or time.monotonic())
        self.told.append(told)
        body = json.dumps(activity).encode()
        while not await self._delivered(told, body):
            if self.mended and time.monotonic() > self.mended + _TOO_LATE:
                return
            await asyncio.sleep(_AGAIN)
        told.over = time.monotonic()

    async def _delivered(self, told: Told, body: bytes) -> bool:
        up = [server for server in self.servers if server.is_up]
        if not up:
            return False
        server = up[(len(self.told) + told.deliveries) % len(up)]
        told.deliveries += 1
        try:
            async with self._http.post(f"{server.address}/api/messages", data=body, headers=_JSON) as answer:
                await answer.read()
        except (ClientError, OSError):
            return False
        return answer.status < 500

    async def caught_up(self) -> None:
        """Wait until no letter is left to be sent."""
        while await waiting(self.db) and time.monotonic() < self.mended + _TOO_LATE:  # noqa: ASYNC110  another process does it
            await asyncio.sleep(0.05)


async def tried(
    scene: Scene, fault: Callable[[Scene], Awaitable[None]], *, rate: float, before: float, after: float
) -> dict[str, Any]:
    """Load the servers, have something break in the middle and mended again; return the figures, and what is wrong.

    `before` and `after` are the seconds of load on either side of the fault; it goes on all through it.
    """
    load = asyncio.create_task(scene.load(rate=rate, after=after))
    await asyncio.sleep(before)
    await fault(scene)
    scene.mended = scene.mended or time.monotonic()
    await load
    await scene.db.dispose()  # our own connections went with a server that was stopped
    await scene.caught_up()
    for server in scene.servers:
        await server.settled()
    return await figures(scene)


async def figures(scene: Scene) -> dict[str, Any]:
    """Count what was told, answered, written and shown."""
    teams, db = scene.teams, scene.db
    written = await _letters(db)
    leaders = [teams.chat(f"a:{await aad(db, name)}") for name in LEADERS]
    kept = {report.words: report for report in await reports(db)}
    late = {number for number, key in written.items() if key.startswith("reply/")}
    said = {told.activity: _answers(teams, told, late) for told in scene.told}
    answered = [told for told in scene.told if any(not _apologises(each) for each in said[told.activity])]
    unanswered = [told for told in scene.told if not said[told.activity]]
    problems = await wrong(db)
    problems += [f"no answer to {told.words!r}" for told in unanswered]
    problems += [f"no case of {told.words!r}" for told in answered if told.is_breach and told.words not in kept]
    reminders = {number for number, key in written.items() if "/nudge/" in key}
    alerts = [[each for each in chat if each.letter not in reminders] for chat in leaders]
    shown = [(words, _times(words, chat)) for words in kept for chat in alerts]
    problems += [f"{words!r} is shown to a leader {times} times" for words, times in shown if times != 1]
    again = {activity: [each for each in each_said if not _apologises(each)] for activity, each_said in said.items()}
    twice = sum(max(0, times - 1) for _, times in shown) + sum(max(0, len(each) - 1) for each in again.values())
    lost = len(written.keys() - teams.letters.keys()) + sum(times == 0 for _, times in shown)
    return {
        "turns": len(scene.told),
        "answered": len(answered),
        "told_to_try_again": len(scene.told) - len(answered) - len(unanswered),
        "unanswered": len(unanswered),
        "letters": len(written),
        "lost": lost,
        "shown_twice": twice,
        "repeated_under_one_id": sum(each.posted - 1 for each in _distinct(teams)),
        "recovery_seconds": round(_recovery(scene, said, leaders), 1),
        "wrong": problems,
    }


async def _letters(db: Database) -> dict[str, str]:
    """Give the stable ids of all letters that were ever written, and their keys."""
    async with db.read() as session:
        rows = (await session.execute(select(LetterRow.id, LetterRow.key, LetterRow.addressee))).all()
    return {stable_id(Letter(*row, None, "", "", 1, LONG_AGO)): row[1] for row in rows}


def _answers(teams: Teams, told: Told, late: set[str]) -> list[Message]:
    """List what was said in answer to a turn: replies, and those that the courier brought later."""
    return [each for each in teams.chat(told.chat) if each.answers == told.activity or each.letter in late]


def _apologises(message: Message) -> bool:
    return "went wrong" in message.everything or "try again" in message.everything


def _times(words: str, chat: list[Message]) -> int:
    return sum(words in each.everything for each in chat)


def _distinct(teams: Teams) -> list[Message]:
    return [each for number, each in teams.messages.items() if each.id == number]


def _recovery(scene: Scene, said: dict[str, list[Message]], leaders: list[list[Message]]) -> float:
    """Give the seconds from the mending until all that was due before it was answered and shown to whom it concerns."""
    latest = scene.mended
    alerts = [(each.everything, each.at) for chat in leaders for each in chat]
    for told in scene.told:
        if told.due <= scene.mended:
            latest = max([latest, told.over or latest, *(each.at for each in said[told.activity])])
            latest = max([latest, *(at for everything, at in alerts if told.is_breach and told.words in everything)])
    return latest - scene.mended


async def _nobody(_: Json) -> tuple[int, Any]:
    raise NotImplementedError
