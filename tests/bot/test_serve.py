"""The whole server as a process: refusals at start, health, the clock, signals, and a kill between two deliveries."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession

if TYPE_CHECKING:
    from tests.bot.conftest import Teams

SERVE = (sys.executable, "-c", "from bot.cli import main; main()", "serve")


async def launch(folder: Path, *options: str, **environment: str) -> Process:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ASKDPO_", "Microsoft"))}
    return await asyncio.create_subprocess_exec(
        *SERVE, *options, cwd=folder, env=clean | environment, stdout=PIPE, stderr=PIPE
    )


@asynccontextmanager
async def serving(folder: Path, url: str, *options: str) -> AsyncIterator[tuple[Process, str]]:
    process = await launch(folder, "--local", *options, ASKDPO_DATABASE_URL=url, ASKDPO_PORT="0")
    try:
        assert process.stdout is not None
        line = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
        assert line.startswith("Listening on "), line
        yield process, line.removeprefix("Listening on ").strip()
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.mark.parametrize(
    ("options", "environment", "sentence"),
    [
        ((), {}, "There are no bot credentials."),
        (("--local",), {"ASKDPO_HOST": "0.0.0.0"}, "ASKDPO_HOST is 0.0.0.0, but --local listens on this machine only."),  # noqa: S104  refused
        (("--local",), {"ASKDPO_PROT": "1"}, "ASKDPO_PROT is not a setting."),
        (("--now", "2026-12-08"), {}, "--now goes with --local only"),
        (("--local", "--now", "teatime"), {}, "'teatime' is not a time."),
    ],
)
async def test_a_start_that_cannot_be_is_a_sentence(
    tmp_path: Path, options: tuple[str, ...], environment: dict[str, str], sentence: str
) -> None:
    process = await launch(tmp_path, *options, **environment)
    _, said = await process.communicate()
    assert process.returncode in {1, 2}
    assert sentence in said.decode()
    assert "Traceback" not in said.decode()


async def test_a_taken_port_is_a_sentence(tmp_path: Path, sqlite_url: str, teams: "Teams") -> None:
    taken = teams.url.rpartition(":")[2]
    process = await launch(tmp_path, "--local", ASKDPO_DATABASE_URL=sqlite_url, ASKDPO_PORT=taken)
    _, said = await process.communicate()
    assert process.returncode == 1
    assert f"Port {taken} on 127.0.0.1 is not free." in said.decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_in_order(tmp_path: Path, sqlite_url: str, number: signal.Signals) -> None:
    async with serving(tmp_path, sqlite_url) as (process, _):
        process.send_signal(number)
        said, errors = await asyncio.wait_for(process.communicate(), 10)
    assert (process.returncode, said.decode()) == (0, "Stopped.\n")
    assert "Traceback" not in errors.decode()


async def test_it_is_ready_only_with_a_migrated_database(tmp_path: Path, sqlite_url: str) -> None:
    async with serving(tmp_path, f"sqlite:///{tmp_path}/empty.db") as (_, url):
        assert await _get(f"{url}/healthz") == (200, {"status": "alive"})
        status, body = await _get(f"{url}/readyz")
        assert (status, body["reason"]) == (503, "run `askdpo db upgrade` first")
    async with serving(tmp_path, sqlite_url) as (_, url):
        assert await _get(f"{url}/readyz") == (200, {"status": "ready"})
    async with serving(tmp_path, "postgresql://nobody@127.0.0.1:9/nothing") as (_, url):
        assert (await _get(f"{url}/readyz"))[0] == 503
        assert (await _get(f"{url}/healthz"))[0] == 200


async def test_an_activity_is_answered_once_though_the_bot_was_killed_in_between(
    tmp_path: Path, sqlite_url: str, staff: None, teams: "Teams"
) -> None:
    one = teams.activity("help")
    for _ in range(2):
        async with serving(tmp_path, sqlite_url) as (process, url):
            assert await _post(url, one) == 200
            process.send_signal(signal.SIGKILL)
            await process.wait()
    assert len(teams.sent) == 1


async def test_its_clock_starts_where_it_is_told_to(
    tmp_path: Path, sqlite_url: str, staff: None, teams: "Teams"
) -> None:
    async with serving(tmp_path, sqlite_url, "--now", "2026-07-01T10:30") as (_, url):
        await _post(url, teams.activity("help"))
    (kept,) = sqlite3.connect(sqlite_url.removeprefix("sqlite:///")).execute("SELECT kept_at FROM chats").fetchone()
    assert kept.startswith("2026-07-01 09:30:"), "London is an hour ahead in July"


async def _get(url: str) -> tuple[int, dict[str, str]]:
    async with ClientSession() as http, http.get(url) as answer:
        return answer.status, await answer.json()


async def _post(url: str, activity: dict[str, object]) -> int:
    headers = {"Content-Type": "application/json"}
    async with (
        ClientSession() as http,
        http.post(f"{url}/api/messages", data=json.dumps(activity), headers=headers) as answer,
    ):
        return answer.status
