"""Two servers on one PostgreSQL before a Teams that fails a third of all calls: each letter once, each nudge once."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.clock import moment
from policy.breach.events import Happened
from storage.database import Database
from tests.stories.killing import at_rest
from tests.stories.people import Person
from tests.stories.school import aad, hartfield, letter_ids, read_answers, reports, teacher, wrong
from tests.stories.serving import Server
from tests.stories.teams import DROPPED, Call, Json, Teams

pytestmark = pytest.mark.postgres
REPORTERS = 6
AFTER = {"Retry-After": "1"}
# When both look again, and which reminders there have been by then, one of each a case.
SWEEPS = (
    ("2026-11-23T09:20", {"form-a:15"}),
    ("2026-11-23T10:10", {"form-a:15", "form-a:60", "acknowledge:1"}),
    ("2026-11-23T11:10", {"form-a:15", "form-a:60", "acknowledge:1", "acknowledge:2"}),
)


@pytest.fixture
async def hartfield_on_postgresql(postgresql_url: str) -> AsyncIterator[Database]:
    db = Database.connect(postgresql_url)
    await hartfield(db, more_teachers=REPORTERS)
    yield db
    await db.dispose()


class Failing:
    """Fails a third of all calls before anything is taken; of the rest all is taken and answered."""

    def __init__(self) -> None:
        self.how: Counter[str] = Counter()
        self._dice = random.Random(8)  # noqa: S311  to fail in the same way again

    async def __call__(self, _: Call) -> web.Response | None:
        if self._dice.random() > 1 / 3:
            self.how["taken"] += 1
            return None
        how = self._dice.choice(("429", "500", "dropped"))
        self.how[how] += 1
        status = DROPPED if how == "dropped" else int(how)
        return web.json_response({}, status=status, headers=AFTER if how == "429" else {})


async def test_reports_to_two_replicas_before_a_failing_teams(
    hartfield_on_postgresql: Database, tmp_path: Path
) -> None:
    db, dice, failing = hartfield_on_postgresql, random.Random(7), Failing()  # noqa: S311  see Failing
    async with Teams(before=failing) as teams, AsyncExitStack() as running:
        replicas = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            server = Server(tmp_path / name, db.url, "--now", "2026-11-23T09:00")
            replicas.append(await running.enter_async_context(server))

        async def both(activity: Json) -> tuple[int, Any]:
            """Deliver to one, and a quarter of all to the other as well at the same time."""
            dice.shuffle(replicas)
            if dice.random() < 0.25:
                first, _ = await asyncio.gather(*(replica.post(activity) for replica in replicas))
                return first
            return await replicas[0].post(activity)

        people = [
            Person(teams, both, teacher(number), dice, mark=f"person {number}", now=at("2026-11-23T09:00"))
            for number in range(REPORTERS)
        ]
        words = [f"two families got each other's letters, says {person.mark}" for person in people]
        signs = people[::2]  # the others are reminded
        await asyncio.gather(*(person.begins(said) for person, said in zip(people, words, strict=True)))
        await asyncio.gather(*(person.walks() for person in signs))
        await asyncio.gather(*(person.presses("Send report") for person in signs))
        await at_rest(db)
        for now, due in SWEEPS:
            await asyncio.gather(*(replica.stop() for replica in replicas))
            await asyncio.gather(*(replica.start("--now", now) for replica in replicas))
            await until_swept(db, due, open_forms=REPORTERS - len(signs))
            await at_rest(db)
        await at_rest(db, *replicas)
        troubles = [line for replica in replicas for line in replica.troubles]

        found = await reports(db)
        assert sorted(report.words for report in found) == sorted(words)
        for person in signs:
            (mine,) = [report for report in found if report.reporter == person.aad]
            (signed,) = mine.signed
            assert signed.items() >= read_answers(person.told, person.now).items()
        assert troubles + await wrong(db) == []
        assert await letter_ids(db) == teams.letters.keys(), "every letter is shown, and nothing else"
        assert {letter.posted for letter in teams.letters.values()} == {1}, "and none twice"
        await each_is_told_once(db, teams, words)
    assert failing.how.keys() == {"taken", "429", "500", "dropped"}
    assert failing.how.total() > failing.how["taken"] * 1.3


async def each_is_told_once(db: Database, teams: Teams, words: list[str]) -> None:
    for name in ("p.owen", "h.moss"):
        chat = teams.chat(f"a:{await aad(db, name)}")
        for said in words:
            assert sum(said in message.everything for message in chat) == 1, f"{name} on {said}"
    for report in await reports(db):
        kept = [event.data["milestone"] for event in report.events if event.kind == Happened.NUDGED]
        assert len(kept) == len(set(kept)), f"case {report.number} was reminded of something twice"
        keys = [key for key, _, _ in report.letters]
        assert len(keys) == len(set(keys))


async def until_swept(db: Database, due: set[str], *, open_forms: int) -> None:
    """Wait until every case was reminded of what is due."""
    async with asyncio.timeout(60):
        while True:
            each = []
            for report in await reports(db):
                expected = {key for key in due if not report.signed or not key.startswith("form-a")}
                kept = {event.data["milestone"] for event in report.events if event.kind == Happened.NUDGED}
                each.append(expected <= kept)
            if all(each) and len(each) == REPORTERS:
                return
            await asyncio.sleep(0.2)


def at(words: str) -> datetime:
    return moment(words)
