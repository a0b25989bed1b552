"""Many people who report at once, each with their own words: what became of each, and what anybody else saw of it."""

import asyncio
import random
import statistics
import time
from pathlib import Path
from typing import Any

from storage.database import Database
from tests.stories.killing import at_rest
from tests.stories.people import Person
from tests.stories.school import (
    Report,
    aad,
    hartfield,
    letter_ids,
    open_forms,
    read_answers,
    reports,
    teacher,
    waiting,
    wrong,
)
from tests.stories.serving import Server
from tests.stories.teams import Json, Teams


async def reports_at_once(database: str, folder: Path, *, people: int) -> dict[str, Any]:
    """Have so many people walk Form A at the same time; return figures, and what is wrong, in sentences."""
    db = Database.connect(database)
    await hartfield(db, more_teachers=people)
    dice, turns = random.Random(9), []  # noqa: S311  to fill in the same things again
    async with Teams() as teams, Server(folder, database) as server:

        async def timed(activity: Json) -> tuple[int, Any]:
            began = time.monotonic()
            answer = await server.post(activity)
            turns.append(time.monotonic() - began)
            return answer

        crowd = [Person(teams, timed, teacher(number), dice, mark=f"own{number}words") for number in range(people)]
        words = {person.aad: f"two families got each other's letters, {person.mark}" for person in crowd}
        began = time.monotonic()
        await asyncio.gather(*(person.reports(words[person.aad], wanders=0.1) for person in crowd))
        told = time.monotonic() - began
        await at_rest(db, within=120)
        drained = time.monotonic() - began - told
        await at_rest(db, server)
        problems = await wrong(db) + server.troubles + [f"{about} is open" for about in await open_forms(db)]
        found = {report.reporter: report for report in await reports(db)}
        leaders = [teams.chat(f"a:{await aad(db, name)}") for name in ("p.owen", "h.moss")]
        for person in crowd:
            problems += _differs(person, words[person.aad], found.get(person.aad), crowd)
            problems += [
                f"{person.mark} is shown {shown} times to one of those told"
                for chat in leaders
                if (shown := sum(words[person.aad] in message.everything for message in chat)) != 1
            ]
        if (written := await letter_ids(db)) != teams.letters.keys():
            problems.append(f"{len(written)} letters were written, and {len(teams.letters)} are shown")
        left = await waiting(db)
    await db.dispose()
    return {
        "people": people,
        "cases": len(found),
        "turns": len(turns),
        "turns_per_second": round(len(turns) / told, 1),
        "turn_p50_ms": round(statistics.median(turns) * 1000),
        "turn_p99_ms": round(sorted(turns)[int(len(turns) * 0.99)] * 1000),
        "first_alert_to_last_seconds": round(_spread(leaders), 1),
        "all_told_seconds": round(told, 1),
        "outbox_empty_after_seconds": round(drained, 1),
        "letters": len(teams.letters),
        "letters_posted_again": sum(each.posted - 1 for each in teams.letters.values()),
        "letters_left": left,
        "wrong": problems,
    }


def _differs(person: Person, words: str, report: Report | None, crowd: list[Person]) -> list[str]:
    """Say in what a report is not what one person told, or what others told."""
    if report is None:
        return [f"{person.mark} has no case"]
    if len(report.signed) != 1:
        return [f"{person.mark} signed {len(report.signed)} times"]
    (kept,) = report.signed
    problems = [] if report.words == words else [f"{person.mark}'s case is about {report.words!r}"]
    problems += [
        f"{person.mark}: {name} is {kept.get(name)!r}, told was {answer!r}"
        for name, answer in read_answers(person.told, person.now).items()
        if kept.get(name) != answer
    ]
    seen = "".join(message.everything for message in person.seen) + str(kept) + person.shown
    return problems + [
        f"{person.mark} sees {other.mark}" for other in crowd if other is not person and other.mark in seen
    ]


def _spread(chats: list[list[Any]]) -> float:
    times = [message.at for chat in chats for message in chat if message.letter]
    return max(times) - min(times)
