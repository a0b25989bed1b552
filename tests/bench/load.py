"""A steady load, minute after minute: does anything stall, grow, or cost more with a second replica?

    python tests/bench/load.py                              # 50 a second for ten minutes on SQLite; prints JSON
    python tests/bench/load.py --minutes 1 --rate 20        # shorter, lighter
    python tests/bench/load.py --postgresql --replicas 2    # on a PostgreSQL of this run's own
    python tests/bench/load.py --compare                    # one replica, then two, on PostgreSQL: CPU for each turn

Arrivals are open-loop: a message is due when it is due, whether or not the ones before it were answered, and its time
counts from then to the answer's arrival at the connector. Messages are what staff of Hartfield send: of ten, four
questions about a picture of a pupil, five of rules and one `status`; and a breach in fifty, with alerts to two
leaders. This script and the connector run in one process, the servers in their own; what is counted as CPU and memory
is the servers' alone.
"""

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import msgspec
import psutil
from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web

from storage.database import Database
from tests.stories.school import hartfield, teacher, waiting
from tests.stories.servers import Postgres
from tests.stories.serving import Server

P99: Final = 250.0  # ms; issue 6, "Speed"
STALL: Final = 500.0  # ms: turns that took longer are shown, with the second in which they were due
GROWTH: Final = 2.0  # MB a minute, once it is warm: what counts as flat
DEARER: Final = 1.15  # times the CPU of a turn, with two replicas on one PostgreSQL
WARM: Final = 0.25  # of the time, in which caches fill
PEOPLE: Final = 200
LOOK: Final = 2.0  # seconds between two looks at the memory
WORDS: Final = (
    "can I photograph Amelia Hart for the website",
    "may I put a picture of Tom Bell on Twitter",
    "is Amelia Hart allowed in the school newsletter",
    "photo of Tom Bell for the corridor display?",
    "is my phone a camera",
    "how long do we keep accident reports",
    "may parents film the school play",
    "can I email a report home to a parent",
    "who may look into a pupil's file",
    "status",
)
BREACH: Final = "two families got each other's letters"
_JSON: Final = {"Content-Type": "application/json"}


@dataclass
class Connector:
    """Takes whatever it is sent, and knows when each turn was answered."""

    answered: dict[str, float] = field(default_factory=dict)
    letters: int = 0
    sorry: int = 0
    url: str = ""

    async def start(self) -> web.AppRunner:
        """Listen on this machine."""
        app = web.Application(client_max_size=2**22)
        app.router.add_route("*", "/v3/{rest:.*}", self._take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        reply_to = request.path.rpartition("/activities/")[2] if "/activities/" in request.path else ""
        if request.path.endswith("/conversations"):
            member = msgspec.json.decode(body)["members"][0]["id"]
            return web.json_response({"id": f"a:{member}"}, status=201)
        if reply_to and b'"type":"typing"' not in body:
            self.answered.setdefault(reply_to, time.perf_counter())
            self.sorry += b"went wrong" in body
        elif not reply_to:
            self.letters += 1
        return web.Response(body=b'{"id":"1:1"}', content_type="application/json")


@dataclass(frozen=True, slots=True)
class Looked:
    """The servers' memory and CPU at a moment."""

    at: float
    megabytes: float
    cpu: float


async def measure(servers: Sequence[Server], connector: Connector, *, rate: float, seconds: float) -> dict[str, Any]:
    """Load the servers for so long and return the figures."""
    dice = random.Random(11)  # noqa: S311  to send the same things again
    due: dict[str, float] = {}
    looks: list[Looked] = []
    failed: list[int] = []
    processes = [psutil.Process(server.pid) for server in servers]

    async with ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(total=60)) as http:

        async def send(number: int) -> None:
            activity, body = _message(connector.url, number, dice)
            due[activity] = began + number / rate
            server = servers[number % len(servers)]
            try:
                async with http.post(f"{server.address}/api/messages", data=body, headers=_JSON) as answer:
                    await answer.read()
            except (ClientError, OSError):
                failed.append(0)
            else:
                failed.extend([answer.status] if answer.status >= 300 else ())

        async def look_on() -> None:
            while True:
                looks.append(_look(processes))
                await asyncio.sleep(LOOK)

        watching = asyncio.create_task(look_on())
        began, under_way = time.perf_counter(), set[asyncio.Task[None]]()
        for number in range(int(rate * seconds)):
            await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
            task = asyncio.create_task(send(number))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        await asyncio.gather(*under_way)
        lasted = time.perf_counter() - began
        watching.cancel()
        looks.append(_look(processes))
    return _figures(due, connector, looks, turns=len(due), lasted=lasted, failed=failed)


def _figures(
    due: dict[str, float], connector: Connector, looks: list[Looked], *, turns: int, lasted: float, failed: list[int]
) -> dict[str, Any]:
    took = sorted((connector.answered[each] - at) * 1000 for each, at in due.items() if each in connector.answered)
    warm = [look for look in looks if look.at - looks[0].at >= WARM * (looks[-1].at - looks[0].at)]
    slope = statistics.linear_regression([look.at / 60 for look in warm], [look.megabytes for look in warm]).slope
    p99 = took[int(len(took) * 0.99)]
    late = [(at - min(due.values()), connector.answered.get(each, at + 60) - at) for each, at in due.items()]
    stalls = [f"{at:.0f} s: {wait * 1000:.0f} ms" for at, wait in late if wait * 1000 > STALL]
    return {
        "turns": turns,
        "turns_per_second": round(turns / lasted, 1),
        "unanswered": turns - len(took),
        "apologies": connector.sorry,
        "http_errors": len(failed),
        "letters": connector.letters,
        "p50_ms": round(statistics.median(took), 1),
        "p99_ms": round(p99, 1),
        "most_ms": round(took[-1], 1),
        "stalls": [f"{len(stalls)} turns", *stalls[:: max(1, len(stalls) // 10)]],
        "p99_target_ms": P99,
        "p99_within_target": p99 < P99,
        "cpu_ms_a_turn": round((looks[-1].cpu - looks[0].cpu) * 1000 / turns, 2),
        "megabytes_at_start": round(looks[0].megabytes, 1),
        "megabytes_when_warm": round(warm[0].megabytes, 1),
        "megabytes_at_end": round(looks[-1].megabytes, 1),
        "megabytes_on_the_way": [round(look.megabytes, 1) for look in looks[:: max(1, len(looks) // 12)]],
        "megabytes_a_minute": round(slope, 2),
        "growth_target": GROWTH,
        "memory_is_flat": slope < GROWTH,
    }


def _look(processes: Sequence[psutil.Process]) -> Looked:
    used = [each.cpu_times() for each in processes]
    return Looked(
        time.monotonic(),
        sum(each.memory_info().rss for each in processes) / 2**20,
        sum(each.user + each.system for each in used),
    )


def _message(url: str, number: int, dice: random.Random) -> tuple[str, bytes]:
    who = teacher(dice.randrange(PEOPLE))
    activity = {
        "type": "message",
        "id": f"m{number}",
        "serviceUrl": url,
        "channelId": "msteams",
        "from": {"id": f"29:{who}", "name": "Somebody", "aadObjectId": who},
        "conversation": {"id": f"a:{who}", "conversationType": "personal", "tenantId": "tenant"},
        "recipient": {"id": "28:bot", "name": "Ask DPO"},
        "channelData": {"tenant": {"id": "tenant"}},
        "text": BREACH if number % 50 == 25 else WORDS[number % len(WORDS)],
    }
    return str(activity["id"]), msgspec.json.encode(activity)


async def loaded(url: str, folder: Path, *, replicas: int, rate: float, seconds: float) -> dict[str, Any]:
    """Serve Hartfield by so many processes, load them, and return the figures."""
    db = Database.connect(url)
    await db.upgrade()
    await hartfield(db, more_teachers=PEOPLE)
    connector = Connector()
    runner = await connector.start()
    async with AsyncExitStack() as running:
        servers = []
        for number in range(replicas):
            (here := folder / f"server{number}").mkdir()
            servers.append(await running.enter_async_context(Server(here, url, "--now", "2026-11-24T10:30")))
        told = await measure(servers, connector, rate=rate, seconds=seconds)
        for _ in range(600):
            if not (left := await waiting(db)):
                break
            await asyncio.sleep(0.05)
        troubles = [line for server in servers for line in server.troubles]
    await runner.cleanup()
    await db.dispose()
    return told | {"letters_left": left, "troubles": troubles[:5]}


async def main() -> int:
    """Load, measure, print; 1 where a bound was not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--rate", type=float, default=50.0, help="messages a second")
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--replicas", type=int, default=1)
    parser.add_argument("--compare", action="store_true", help="one replica and two, on PostgreSQL")
    options = parser.parse_args()
    sides = (1, 2) if options.compare else (options.replicas,)
    if options.replicas > 1 and not options.postgresql:
        parser.error("two replicas need --postgresql: SQLite is for one process")
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="askdpo-") as name, ExitStack() as running:
        folder, load = Path(name), {"rate": options.rate, "seconds": options.minutes * 60}
        if options.postgresql or options.compare:
            postgres = running.enter_context(Postgres(folder))
            for replicas in sides:
                (here := folder / f"replicas{replicas}").mkdir()
                url = postgres.fresh(f"load{replicas}")
                result[f"PostgreSQL, replicas: {replicas}"] = await loaded(url, here, replicas=replicas, **load)
        else:
            result["SQLite"] = await loaded(f"sqlite:///{folder}/load.db", folder, replicas=1, **load)
    if options.compare:
        one, two = (each["cpu_ms_a_turn"] for each in result.values())
        result["two_over_one"] = {"cpu": round(two / one, 3), "target": DEARER, "within_target": two / one <= DEARER}
    print(json.dumps(result, indent=2))
    kept = ("p99_within_target", "memory_is_flat", "within_target")
    return 1 if any(not each.get(bound, True) for each in result.values() for bound in kept) else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
