"""How soon the first alert of a breach is handed to the connector, against ten turns of the SDK's stock EchoBot.

    python tests/bench/alerts.py            # about a minute; prints JSON
    python tests/bench/alerts.py --rounds 9

Each round is ten turns of the stock bot, one after the other, and one first message of somebody who reports a breach to
`askdpo serve --local`: from posting it to the connector's receiving the DPO's alert. Both talk to the same connector;
rounds are interleaved and medians taken. `cold` is the very first message to a process that has just come up, with the
DPO's chat still to be opened; `of_a_fresh_process` repeats that with new processes.
"""

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from aiohttp import ClientSession

from storage.database import Database
from tests.bench.turns import process
from tests.stories.people import Person
from tests.stories.school import aad, hartfield, teacher
from tests.stories.serving import Server
from tests.stories.teams import Json, Message, Teams

TURNS: Final = 10
TARGET: Final = 1.0  # of the time of so many stock turns; issue 3, "Speed"
STARTS: Final = 5


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21)
    print(json.dumps(await _measure(parser.parse_args().rounds), indent=2))


async def _measure(rounds: int) -> dict[str, Any]:
    ours, stock, cold = [], [], []
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        address = running.enter_context(process("stock"))
        db = Database.connect(f"sqlite:///{folder}/bench.db")
        await db.upgrade()
        await hartfield(db, more_teachers=STARTS + rounds)
        numbers = iter(range(STARTS + rounds))
        async with Teams() as teams:
            dpo = f"a:{await aad(db, 'p.owen')}"
            await _stock_turns(address, teams)  # warm up
            for start in range(STARTS):
                async with Server(Path(folder), db.url) as server:
                    cold.append(await _alert(server, teams, dpo, next(numbers)))
                    if start == STARTS - 1:
                        for _ in range(rounds):
                            stock.append(await _stock_turns(address, teams))
                            ours.append(await _alert(server, teams, dpo, next(numbers)))
        await db.dispose()
    mine, theirs = statistics.median(ours), statistics.median(stock)
    return {
        "ten_stock_turns_ms": round(theirs * 1000, 1),
        "first_alert_ms": {
            "median": round(mine * 1000, 1),
            "most": round(max(ours) * 1000, 1),
            "cold": round(cold[0] * 1000, 1),
            "of_a_fresh_process": round(statistics.median(cold) * 1000, 1),
        },
        "of_ten_stock_turns": round(mine / theirs, 2),
        "cold_of_ten_stock_turns": round(cold[0] / theirs, 2),
        "fresh_of_ten_stock_turns": round(statistics.median(cold) / theirs, 2),
        "target": TARGET,
        "within_target": mine / theirs <= TARGET,
    }


async def _alert(server: Server, teams: Teams, dpo: str, number: int) -> float:
    """Report a breach for the first time; gives the seconds until the DPO's alert was with the connector."""
    person = Person(teams, server.post, teacher(number), random.Random(number), mark=f"alert{number}")  # noqa: S311  invented words
    words = f"two families got each other's letters, says {person.mark}"
    began = time.monotonic()
    await person.says(words)
    while (alert := _shown(teams, dpo, words)) is None:
        if time.monotonic() - began > 20:
            raise RuntimeError("no alert came")
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.1)  # the head's comes too; then all is quiet again
    return alert.at - began


def _shown(teams: Teams, chat: str, words: str) -> Message | None:
    return next((each for each in reversed(teams.chat(chat)) if each.letter and words in each.everything), None)


async def _stock_turns(address: str, teams: Teams) -> float:
    echo = Person(teams, _nobody, teacher(0), random.Random(0))  # noqa: S311  nothing is drawn
    activities = [echo.typed("two families got each other's letters") for _ in range(TURNS)]
    before = len(teams.messages)
    async with ClientSession() as http:
        began = time.monotonic()
        for activity in activities:
            async with http.post(f"{address}/api/messages", json=activity) as answer:
                await answer.read()
        took = time.monotonic() - began
    if len(teams.messages) - before != TURNS or "Echo" not in str(next(reversed(teams.messages.values())).bodies):
        raise RuntimeError("the stock bot did not answer")
    return took


async def _nobody(_: Json) -> tuple[int, Any]:
    raise NotImplementedError


if __name__ == "__main__":
    asyncio.run(main())
