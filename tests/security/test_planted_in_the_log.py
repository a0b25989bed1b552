"""A real process, words planted in everything that reaches it, and everything going wrong: none is in what it wrote."""

import asyncio
import json
import os
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from storage.tables import METADATA

ROOT: Final = Path(__file__).parents[2]
SERVE: Final = (
    sys.executable,
    "-c",
    "from bot.cli import main; main()",
    "serve",
    "--local",
    "--now",
    "2026-11-23T10:00",
)
WORD: Final = "qxplanted"
NAMES: Final = ("Amelia", "Hart ", "Reed", "hartfield.example", "29:planted", "a:planted", "19:planted")
SECRETS: Final = ("qxtoken", "qxpassword")
# What a breach, a request, a question, a press and nonsense look like, each with the word in it.
SAID: Final = (
    f"I've sent the reading scores to the wrong parent {WORD}",
    f"a parent wants a copy of everything we hold about her son {WORD}",
    f"can I photograph Amelia Hart for the website? {WORD}",
    f"{WORD} {WORD}",
    "status",
    "cancel",
)


@dataclass
class Running:
    """A bot as a process, and the Teams that it sends to, which answers with whatever `status` says."""

    http: ClientSession
    url: str
    connector: str
    person: str
    number: int = 0

    async def post(self, **over: Any) -> int:  # noqa: ANN401  parts of an activity
        self.number += 1
        whole = {
            "type": "message",
            "id": f"{WORD}-{self.number}",
            "serviceUrl": self.connector,
            "channelId": "msteams",
            "from": {"id": "29:planted", "name": "Reporter Reed", "aadObjectId": self.person},
            "conversation": {"id": "a:planted", "conversationType": "personal", "tenantId": WORD},
            "recipient": {"id": "28:bot", "name": WORD},
        } | over
        return await self.raw(json.dumps(whole).encode())

    async def raw(self, body: bytes, **headers: str) -> int:
        sent = {"Content-Type": "application/json", "Authorization": "Bearer qxtoken"} | headers
        async with self.http.post(f"{self.url}/api/messages", data=body, headers=sent) as answer:
            await answer.read()
            return answer.status


Break = Callable[[Running, Path], Coroutine[Any, Any, None]]


async def says_everything(bot: Running, _: Path) -> None:
    for text in SAID:
        await bot.post(text=text)


async def presses_everything(bot: Running, _: Path) -> None:
    for verb in ("breach.report", "form.continue", "pupil.choose", WORD):
        value = {"action": {"type": "Action.Execute", "verb": verb, "data": {WORD: WORD, "text": WORD}}}
        await bot.post(type="invoke", name="adaptiveCard/action", value=value)
        await bot.post(value={"verb": verb, WORD: WORD})


async def invokes_everything(bot: Running, _: Path) -> None:
    flagged = {"commandId": "reportBreach", "messagePayload": {"body": {"content": f"<b>{WORD}</b>"}}}
    await bot.post(type="invoke", name="composeExtension/fetchTask", value=flagged)
    await bot.post(type="invoke", name="composeExtension/submitAction", value={**flagged, "data": {"text": WORD}})
    query = {"commandId": "searchAnswers", "parameters": [{"name": "words", "value": f"Amelia Hart {WORD}"}]}
    await bot.post(type="invoke", name="composeExtension/query", value=query)
    rated = {"actionValue": {"reaction": "dislike", "feedback": json.dumps({"feedbackText": WORD})}}
    await bot.post(type="invoke", name="message/submitAction", value=rated, replyToId=WORD)
    await bot.post(type="invoke", name=WORD, value={WORD: WORD})
    await bot.post(type=WORD)
    await bot.post(type="conversationUpdate", membersAdded=[{"id": "28:bot", "name": WORD}])


async def sends_nonsense(bot: Running, _: Path) -> None:
    for body in (WORD.encode(), f'{{"type":"{WORD}"'.encode(), b"\xff" + WORD.encode(), f'["{WORD}"]'.encode()):
        assert await bot.raw(body) == 400
    assert await bot.raw(b"{}", **{"Content-Type": f"text/{WORD}"}) == 415
    assert await bot.post(text="hi", serviceUrl=f"https://{WORD}.example") == 403
    assert await bot.post(text=WORD, **{"from": {"id": "29:planted", "aadObjectId": WORD}}) == 200


async def breaks_the_database(bot: Running, path: Path) -> None:
    """Whoever writes rows now gets an error whose message quotes the row."""
    with closing(sqlite3.connect(path, timeout=30)) as rows:
        for table in ("cases", "questions", "pending", "drafts", "letters"):
            rows.execute(f"ALTER TABLE {table} RENAME TO {table}_away")
        rows.commit()
    await says_everything(bot, path)
    await presses_everything(bot, path)
    with closing(sqlite3.connect(path, timeout=30)) as rows:
        for table in ("cases", "questions", "pending", "drafts", "letters"):
            rows.execute(f"ALTER TABLE {table}_away RENAME TO {table}")
        rows.execute(f"CREATE TRIGGER full BEFORE INSERT ON turns BEGIN SELECT RAISE(ABORT, '{WORD}'); END")
        rows.commit()
    await bot.post(text=SAID[0])
    with closing(sqlite3.connect(path, timeout=30)) as rows:
        rows.execute("DROP TRIGGER full")
        rows.commit()


def answering(*statuses: int) -> Break:
    """Teams answers so, in turn, and quotes what it was sent."""

    async def breaks(bot: Running, _: Path) -> None:
        await tell(bot, *statuses)
        await asyncio.gather(bot.post(text=SAID[0]), bot.post(text=SAID[2]))  # a reply is tried for some seconds
        await asyncio.sleep(0.5)  # the courier tries
        await tell(bot, 201)

    return breaks


async def tell(bot: Running, *statuses: int) -> None:
    """Say how Teams answers from now on."""
    async with bot.http.post(f"{bot.connector}/answers/{','.join(map(str, statuses))}") as answer:
        assert answer.status == 200


async def hangs_up(bot: Running, _: Path) -> None:
    address = bot.url.removeprefix("http://").split(":")
    for part in (b"POST /api/messages?" + WORD.encode(), WORD.encode() + b" / HTTP/9.9\r\n\r\n"):
        _reading, writing = await asyncio.open_connection(address[0], int(address[1]))
        writing.write(part)
        await writing.drain()
        writing.close()


@asynccontextmanager
async def running(folder: Path, school: Path, *, log: str) -> AsyncIterator[tuple[Running, Callable[[], Any]]]:
    """A bot, its Teams, and a way to stop it that gives what it wrote."""
    answers = deque([201])

    async def connector(request: web.Request) -> web.Response:
        if request.path.startswith("/answers/"):
            answers.clear()
            answers.extend(map(int, request.path.rpartition("/")[2].split(",")))
            return web.Response()
        said = await request.text()
        answers.rotate()
        return web.json_response({"id": "1:1", "error": f"{WORD} {said}"}, status=answers[0], reason=WORD)

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", connector)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ASKDPO_", "Microsoft"))}
    ours = {
        "ASKDPO_DATABASE_URL": f"sqlite:///{school}",
        "ASKDPO_PORT": "0",
        "ASKDPO_LOG": log,
        "PYTHONPATH": str(ROOT),
    }
    async with TestServer(app) as teams, ClientSession() as http:
        process = await asyncio.create_subprocess_exec(
            *SERVE, cwd=folder, env=clean | ours, stdout=PIPE, stderr=PIPE, limit=1 << 24
        )
        assert process.stdout is not None
        url = (await process.stdout.readline()).decode().removeprefix("Listening on ").strip()

        async def stop() -> str:
            process.terminate()
            out, err = await process.communicate()
            return (out + err).decode()

        with closing(sqlite3.connect(school)) as rows:
            (person,) = rows.execute(
                "SELECT aad_object_id FROM people WHERE email = 't.reed@hartfield.example'"
            ).fetchone()
        try:
            yield Running(http, url, str(teams.make_url("")).rstrip("/"), person), stop
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()


EVERYTHING: Final[tuple[Break, ...]] = (
    says_everything,
    presses_everything,
    invokes_everything,
    sends_nonsense,
    hangs_up,
    answering(403),
    breaks_the_database,
)


@pytest.mark.parametrize(("log", "also"), [("json", (answering(500, 429, 503),)), ("text", ())])
async def test_whatever_comes_and_whatever_breaks_no_word_of_anybodys_is_written(
    tmp_path: Path, school_file: Path, log: str, also: tuple[Break, ...]
) -> None:
    async with running(tmp_path, school_file, log=log) as (bot, stop):
        for breaks in (*EVERYTHING, *also):
            await breaks(bot, school_file)
        written = await stop()
    found = [secret for secret in (WORD, *NAMES, *SECRETS, str(school_file), bot.person) if secret in written]
    assert found == [], [line for line in written.splitlines() if found[0] in line][:3]
    assert "Traceback" not in written
    for event in ("turn taken", "turn failed", "reply not sent", "letter tried"):
        assert event in written, event
    if log == "json":
        lines = [json.loads(line) for line in written.splitlines() if line.startswith("{")]
        taken = [line for line in lines if line["event"] == "turn taken"]
        assert {line["school"] for line in taken if "school" in line} == {"HFD"}
        assert {"answered", "failed"} <= {line["outcome"] for line in taken}


def test_the_words_were_really_there(school_file: Path) -> None:
    """The scan would find a name: the school that is served is full of them."""
    with closing(sqlite3.connect(school_file)) as rows:
        everything = "".join(
            str(rows.execute(f"SELECT * FROM {table}").fetchall())  # noqa: S608  our own names
            for table in METADATA.tables
        )
    assert all(name in everything for name in ("Amelia", "Reed", "hartfield.example"))
