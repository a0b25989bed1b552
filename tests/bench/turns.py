"""A turn, ours against the SDK's stock EchoBot: both servers in one run, before the same local connector.

    python tests/bench/turns.py            # about two minutes; prints JSON
    python tests/bench/turns.py --quick    # a fifth of that
    python tests/bench/turns.py --talk stand-in    # host and storage alone, without the dialogs

Ours answers a real question ("can I photograph … for the website?"): reads, decision, log row and card on SQLite.
Rounds are interleaved and medians taken; ratios hold where absolute figures drift.
"""

import argparse
import asyncio
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Final

import msgspec
from aiohttp import ClientSession, TCPConnector, web

ROOT: Final = Path(__file__).resolve().parents[2]
SCHOOL: Final = ROOT / "tests" / "acceptance" / "school"
KINDS: Final = ("staff", "pupils", "consents", "organisations", "accounts", "terms")
NOW: Final = "2026-11-24T10:30"
LOADS: Final = {  # name -> clients, what a connector call takes in seconds
    "1 client": (1, 0.0),
    "16 clients": (16, 0.0),
    "64 clients, connector takes 100 ms": (64, 0.1),
}
TARGETS: Final = {  # our time over stock's, at most; issue 2, "Speed"
    "1 client": 0.5,
    "16 clients": 0.5,
    "64 clients, connector takes 100 ms": 0.2,
}
_numbers = count(1)


def main() -> None:
    """Run the side that was asked for, or compare both."""
    options = _options()
    match options.side:
        case "connector":
            _serve(_connector(options.delay), options.port)
        case "stock":
            _serve(_stock(), options.port)
        case "ours":
            _serve_ours(_ours(options.database, options.talk), options.port)
        case _:
            print(json.dumps(asyncio.run(_compare(options)), indent=2))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("side", nargs="?", choices=("compare", "connector", "stock", "ours"), default="compare")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--database", default="")
    parser.add_argument("--talk", choices=("real", "stand-in"), default="real")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


# Comparing -------------------------------------------------------------------------------------------------------


async def _compare(options: argparse.Namespace) -> dict[str, Any]:
    rounds, seconds = (3, 1.0) if options.quick else (options.rounds, options.seconds)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        database = school(Path(folder))
        stock = running.enter_context(process("stock"))
        ours = running.enter_context(process("ours", "--database", database, "--talk", options.talk))
        sides = {"stock": stock, "ours": ours}
        result: dict[str, Any] = {}
        for load, (clients, delay) in LOADS.items():
            with process("connector", "--delay", str(delay)) as connector:
                figures: dict[str, list[tuple[float, float]]] = {side: [] for side in sides}
                for side, address in sides.items():
                    await _round(address, connector, clients, 0.5)  # warm up
                    await _check(side, connector)
                for _ in range(rounds):
                    for side, address in sides.items():
                        figures[side].append(await _round(address, connector, clients, seconds))
                result[load] = _summary(load, figures)
    return result


def _summary(load: str, figures: dict[str, list[tuple[float, float]]]) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for side, rounds in figures.items():
        shown[side] = {
            "turns_per_second": round(statistics.median(rate for rate, _ in rounds), 1),
            "p50_ms": round(statistics.median(p50 for _, p50 in rounds) * 1000, 2),
        }
    time_ratio = shown["stock"]["turns_per_second"] / shown["ours"]["turns_per_second"]
    shown["time_over_stock"] = round(time_ratio, 3)
    shown["throughput_over_stock"] = round(1 / time_ratio, 2)
    shown["target_time_over_stock"] = TARGETS[load]
    shown["within_target"] = time_ratio <= TARGETS[load]
    return shown


async def _check(side: str, connector: str) -> None:
    """Refuse to measure a server that does not do its work: an apology is quick."""
    async with ClientSession() as http, http.get(connector + "/last") as answer:
        said = await answer.text()
    wanted = "Echo:" if side == "stock" else "AdaptiveCard"
    if wanted not in said or "went wrong" in said:
        raise RuntimeError(f"{side} answered: {said[:300]}")


async def _round(address: str, connector: str, clients: int, seconds: float) -> tuple[float, float]:
    """Keep that many clients busy for so long; gives turns a second and the median turn in seconds."""
    took: list[float] = []
    end = time.perf_counter() + seconds
    async with ClientSession(connector=TCPConnector(limit=0)) as http:

        async def client(number: int) -> None:
            while (began := time.perf_counter()) < end:
                body = _question(connector, number)
                async with http.post(address + "/api/messages", data=body, headers=_JSON) as answer:
                    await answer.read()
                    if answer.status not in (200, 201):
                        raise RuntimeError(f"{address} answered {answer.status}")
                took.append(time.perf_counter() - began)

        began = time.perf_counter()
        await asyncio.gather(*(client(number) for number in range(clients)))
        lasted = time.perf_counter() - began
    return len(took) / lasted, statistics.median(took)


async def ask(address: str, connector: str) -> None:
    """Ask one question and wait for the turn's end."""
    async with (
        ClientSession() as http,
        http.post(address + "/api/messages", data=_question(connector, 0), headers=_JSON) as answer,
    ):
        answer.raise_for_status()


_JSON: Final = {"Content-Type": "application/json"}


def _question(connector: str, client: int) -> bytes:
    """A question about one of the pupils, in the words and the shape in which Teams sends it."""
    number = next(_numbers)
    first, last = PUPILS[number % len(PUPILS)]
    asker = ASKERS[client % len(ASKERS)]
    return msgspec.json.encode(
        {
            "type": "message",
            "id": f"m{os.getpid()}-{number}",
            "timestamp": "2026-11-24T10:30:00.000Z",
            "localTimestamp": "2026-11-24T10:30:00.000+00:00",
            "serviceUrl": connector,
            "channelId": "msteams",
            "from": {"id": f"29:{asker}", "name": "Asker", "aadObjectId": asker},
            "conversation": {"conversationType": "personal", "tenantId": "tenant", "id": f"a:{asker}"},
            "recipient": {"id": "28:bot", "name": "Ask DPO"},
            "entities": [{"locale": "en-GB", "country": "GB", "platform": "Web", "type": "clientInfo"}],
            "channelData": {"tenant": {"id": "tenant"}},
            "textFormat": "plain",
            "locale": "en-GB",
            "text": f"Can I photograph {first} {last} for the website?",
        }
    )


def _rows(kind: str) -> list[dict[str, str]]:
    with (SCHOOL / f"{kind}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


_STAFF: Final = [row for row in _rows("staff") if "staff" in row["roles"].split(";")]
ASKERS: Final = [row["aad_object_id"] for row in _STAFF if row["school"] == _STAFF[0]["school"]]
PUPILS: Final = [
    (row["preferred_first_name"] or row["legal_first_name"], row["last_name"])
    for row in _rows("pupils")
    if row["school"] == _STAFF[0]["school"] and not row["left_on"]
]


# The processes ---------------------------------------------------------------------------------------------------


@contextmanager
def process(side: str, *options: str) -> Iterator[str]:
    """Start a side of its own; gives its address."""
    command = [sys.executable, __file__, side, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:  # noqa: S603  our own script
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def _serve(app: web.Application, port: int) -> None:
    async def run() -> None:
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
        await asyncio.Event().wait()

    asyncio.run(run())


def _serve_ours(app: web.Application, port: int) -> None:
    from bot.app import run  # noqa: PLC0415  this side only

    def started(address: str) -> None:
        print(address, flush=True)

    asyncio.run(run(app, host="127.0.0.1", port=port, started=started))


def _connector(delay: float) -> web.Application:
    last = [b""]

    async def take(request: web.Request) -> web.Response:
        last[0] = await request.read()
        if delay:
            await asyncio.sleep(delay)
        return web.Response(body=b'{"id":"1:1"}', content_type="application/json")

    async def taken(_: web.Request) -> web.Response:
        return web.Response(body=last[0])

    app = web.Application()
    app.router.add_route("*", "/v3/{rest:.*}", take)
    app.router.add_get("/last", taken)
    return app


def _stock() -> web.Application:
    """Build the echo bot that the SDK's own API leads to, with its CloudAdapter as shipped."""
    from botbuilder.core import ActivityHandler, MessageFactory, TurnContext  # noqa: PLC0415  this side only
    from botbuilder.integration.aiohttp import (  # noqa: PLC0415  this side only
        CloudAdapter,
        ConfigurationBotFrameworkAuthentication,
    )

    class EchoBot(ActivityHandler):
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(MessageFactory.text(f"Echo: {turn_context.activity.text}"))

    class Configuration:
        APP_ID = APP_PASSWORD = APP_TENANTID = ""
        APP_TYPE = "MultiTenant"

    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(Configuration()))
    bot = EchoBot()

    async def messages(request: web.Request) -> web.Response:
        answer: web.Response = await adapter.process(request, bot)
        return answer

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    return app


def _ours(database: str, talk: str) -> web.Application:
    from bot.app import create_app, make_dialogs  # noqa: PLC0415  this side only
    from bot.clock import moment, starting_at  # noqa: PLC0415  this side only
    from bot.settings import Settings  # noqa: PLC0415  this side only

    make = make_dialogs if talk == "real" else _stand_in
    return create_app(Settings(database_url=database), local=True, clock=starting_at(moment(NOW)), make_talk=make)


def _stand_in(db: Any, _: object) -> Any:  # noqa: ANN401  a bench's own talk
    """Build a talk that reads and writes about what a real one does, and says a card."""
    from dialogs.conversation import Reply, Turn  # noqa: PLC0415  this side only
    from storage import opening, turns  # noqa: PLC0415  this side only

    class StandIn:
        async def take(self, turn: Turn) -> tuple[Reply, ...]:
            async with db.read() as session:
                await opening.opening(session, turn.asker, turn.conversation, turn.activity)
            async with db.write() as session:
                await turns.first_time(session, turn.conversation, turn.activity, turn.now, reply="yes")
            body = [{"type": "TextBlock", "text": "words " * 8, "wrap": True} for _ in range(15)]
            return (Reply("yes", card={"type": "AdaptiveCard", "version": "1.5", "body": body}),)

    return StandIn()


def school(folder: Path) -> str:
    """Import the acceptance school into a fresh database, as an administrator would."""
    url = f"sqlite:///{folder / 'bench.db'}"
    for kind in KINDS:
        subprocess.run(  # noqa: S603  our own command
            [sys.executable, "-c", "from bot.cli import main; main()", "import", kind, str(SCHOOL / f"{kind}.csv")],
            cwd=ROOT,
            env=os.environ | {"ASKDPO_DATABASE_URL": url},
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return url


if __name__ == "__main__":
    main()
