"""The whole bot, a real school and Teams' own road in: what is refused leaves no trace, what comes twice acts once."""

import asyncio
import gzip
import json
import sqlite3
import time
import zlib
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

import psutil
import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from botframework.connector.auth import ChannelValidation

from bot import adapter
from bot.app import IDLE, create_app
from bot.clock import starting_at
from bot.settings import AppType, Credentials, Settings
from storage.tables import METADATA
from tests.bot.conftest import APP, TENANT, Host, Teams
from tests.dialogs.conftest import MONDAY

OTHER: Final = "99999999-bbbb-4ccc-8ddd-eeeeeeeeeeee"
BREACH: Final = "I've sent the reading scores to the wrong parent"


@pytest.fixture
async def teams(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Teams]:
    here = Teams()
    server = TestServer(here.application())
    await server.start_server()
    here.url = str(server.make_url("")).rstrip("/")
    monkeypatch.setattr(
        ChannelValidation, "open_id_metadata_endpoint", f"{here.url}/v1/.well-known/openidconfiguration"
    )
    monkeypatch.setattr("bot.app.asking_entra", lambda _: lambda: {"access_token": "ours", "expires_in": 3600})
    yield here
    await server.close()


@pytest.fixture
async def bot(school_file: Path, teams: Teams) -> AsyncIterator[Host]:
    """The bot in production mode, before the prepared school. No letters: only what a post causes is compared."""
    secret = Credentials(APP, TENANT, AppType.SINGLE_TENANT, password="invented")
    settings = Settings(database_url=f"sqlite:///{school_file}", credentials=secret)
    app = create_app(settings, local=False, clock=starting_at(MONDAY), delivers_letters=False)
    server = TestServer(app)
    await server.start_server()
    http = ClientSession()
    yield Host(str(server.make_url("")).rstrip("/"), http, None, server, http.close)  # type: ignore[arg-type]  # no parrot here
    await http.close()
    await server.close()


def reporter(path: Path) -> str:
    with closing(sqlite3.connect(path)) as rows:
        (found,) = rows.execute("SELECT aad_object_id FROM people WHERE email = 't.reed@hartfield.example'").fetchone()
    return str(found)


def rows_of(path: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(path)) as rows:
        return {table: rows.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in METADATA.tables}  # noqa: S608  our own names


def says(teams: Teams, path: Path, text: str | None = BREACH, **over: Any) -> dict[str, Any]:  # noqa: ANN401  parts
    return teams.activity(text, **{"from": {"id": "29:t", "aadObjectId": reporter(path)}} | over)


HOUR: Final = 3600
BAD_TOKENS: Final[dict[str, dict[str, Any]]] = {
    "expired": {"exp": int(time.time()) - HOUR, "nbf": int(time.time()) - 2 * HOUR},
    "not yet valid": {"nbf": int(time.time()) + HOUR},
    "without an end": {"exp": None},
    "for another bot": {"aud": OTHER},
    "from another issuer": {"iss": "https://issuer.example"},
    "for another address": {"serviceurl": "https://elsewhere.example"},
    "unsigned": {"alg": "none"},
    "of an unknown key": {"kid": "k9"},
}


@pytest.mark.parametrize("reason", BAD_TOKENS)
async def test_a_bad_token_stores_nothing_and_sends_nothing(
    bot: Host, teams: Teams, school_file: Path, reason: str
) -> None:
    before = rows_of(school_file)
    for activity in (says(teams, school_file), says(teams, school_file, None, **_press())):
        status, said = await bot.post(activity, token=teams.token(**BAD_TOKENS[reason]))
        assert status == 401, said
    assert rows_of(school_file) == before
    assert teams.sent == []


@pytest.mark.parametrize(
    ("reason", "over"),
    [
        ("another tenant", {"channelData": {"tenant": {"id": OTHER}}, "conversation": {"id": "c", "tenantId": OTHER}}),
        ("two tenants", {"conversation": {"id": "c", "tenantId": OTHER}}),
        ("no tenant", {"channelData": None, "conversation": {"id": "c"}}),
    ],
)
async def test_another_tenant_with_a_good_token_stores_nothing_and_is_told_nothing(
    bot: Host, teams: Teams, school_file: Path, reason: str, over: dict[str, Any]
) -> None:
    before = rows_of(school_file)
    status, said = await bot.post(says(teams, school_file, **over), token=teams.token())
    assert status == 403, reason
    assert "Hartfield" not in said
    assert rows_of(school_file) == before
    assert teams.sent == []


async def test_a_token_stolen_from_a_message_says_nothing_under_another_address(
    bot: Host, teams: Teams, school_file: Path
) -> None:
    """Where the answer goes is in the token: whoever has it cannot have answers sent to themselves."""
    activity = says(teams, school_file, serviceUrl="https://thief.example")
    assert (await bot.post(activity, token=teams.token()))[0] == 401
    assert teams.sent == []


# --- again and again


def _press(verb: str = "breach.form", **data: Any) -> dict[str, Any]:  # noqa: ANN401  card data
    value = {"action": {"type": "Action.Execute", "verb": verb, "data": data}}
    return {"type": "invoke", "name": "adaptiveCard/action", "value": value}


REPLAYED: Final[dict[str, dict[str, Any]]] = {
    "a report": {"text": BREACH},
    "a request": {"text": "a parent wants a copy of everything we hold about her son"},
    "a question": {"text": "can I photograph Amelia Hart for the website?"},
    "a button": {"text": None, **_press("breach.report")},
    "a flagged message": {
        "text": None,
        "type": "invoke",
        "name": "composeExtension/submitAction",
        "value": {"commandId": "reportBreach", "data": {"text": "sent to the wrong parent"}},
    },
}


@pytest.mark.parametrize("what", REPLAYED)
async def test_an_activity_that_is_replayed_with_its_token_acts_once(
    bot: Host, teams: Teams, school_file: Path, what: str
) -> None:
    token, activity = teams.token(), says(teams, school_file, **REPLAYED[what])
    before = rows_of(school_file)
    first = await bot.post(activity, token=token)
    after = rows_of(school_file)
    assert after != before, "it did something"
    again = await asyncio.gather(*(bot.post(activity, token=token) for _ in range(4)))
    assert {status for status, _ in [first, *again]} == {200}
    assert rows_of(school_file) == after


async def test_the_same_at_once_acts_once(bot: Host, teams: Teams, school_file: Path) -> None:
    token, activity = teams.token(), says(teams, school_file)
    before = len(rows_of(school_file)["cases"])
    await asyncio.gather(*(bot.post(activity, token=token) for _ in range(8)))
    assert len(rows_of(school_file)["cases"]) == before + 1
    assert len([each for each in teams.sent if each.method == "POST"]) == 1


# --- bodies


def nested(depth: int) -> Any:  # noqa: ANN401  JSON
    deep: Any = "x"
    for number in range(depth):
        deep = [deep] if number % 2 else {"a": deep}
    return deep


def bomb(megabytes: int) -> bytes:
    return b'{"text":"' + b"a" * (megabytes << 20) + b'"}'


BODIES: Final[dict[str, tuple[bytes, dict[str, str], int]]] = {
    "too large": (b'{"text":"' + b"a" * (adapter.MOST_BYTES + 1) + b'"}', {}, 413),
    "deep in a button": (json.dumps({"type": "invoke", "value": nested(500)}).encode(), {}, 400),
    "brackets without end": (b"[" * 200_000, {}, 400),
    "gzip": (gzip.compress(b"{}"), {"Content-Encoding": "gzip"}, 415),
    "a gzip bomb": (gzip.compress(bomb(64)), {"Content-Encoding": "gzip"}, 415),
    "a deflate bomb": (zlib.compress(bomb(64)), {"Content-Encoding": "deflate"}, 415),
    "two encodings": (gzip.compress(bomb(8)), {"Content-Encoding": "gzip, identity"}, 415),
    "not said to be gzip": (gzip.compress(bomb(64)), {}, 400),
    "another type": (b"<a/>", {"Content-Type": "application/xml"}, 415),
}


@pytest.mark.parametrize("what", BODIES)
async def test_a_body_that_is_no_activity_costs_neither_memory_nor_a_row(
    bot: Host, teams: Teams, school_file: Path, what: str
) -> None:
    body, headers, expected = BODIES[what]
    before, memory = rows_of(school_file), psutil.Process().memory_info().rss
    status, _ = await bot.post(body, token=teams.token(), **headers)
    assert status == expected
    assert psutil.Process().memory_info().rss - memory < 32 << 20
    assert rows_of(school_file) == before


@pytest.mark.parametrize("part", ["value", "channelData", "entities", "attachments", "unknown"])
async def test_nesting_is_bounded_wherever_it_is(bot: Host, teams: Teams, school_file: Path, part: str) -> None:
    deep = nested(200)
    activity = says(teams, school_file, "hello") | {part: [deep] if part in {"entities", "attachments"} else deep}
    status, _ = await bot.post(activity, token=teams.token())
    assert status in {200, 400}  # what is left behind unread may be as deep as it likes


async def test_a_body_that_comes_drop_by_drop_is_given_up(
    bot: Host, teams: Teams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "READ_WITHIN", 0.2)
    address = bot.server.make_url("")
    reading, writing = await asyncio.open_connection(address.host, address.port)
    writing.write(_head(1000) + b'{"type"')
    began = time.monotonic()
    line = await asyncio.wait_for(reading.readline(), 5)
    assert line.split()[1] == b"408"
    assert time.monotonic() - began < 3
    writing.close()


async def test_a_head_that_never_ends_is_given_up(school_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the runner of `askdpo serve`, with its own options."""
    monkeypatch.setattr("bot.app.IDLE", 0.3)
    from bot import app as apps  # noqa: PLC0415  as it is served

    settings = Settings(database_url=f"sqlite:///{school_file}")
    up: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(
        apps.run(create_app(settings, local=True), host="127.0.0.1", port=0, started=up.set_result)
    )
    port = int((await up).rpartition(":")[2])
    reading, writing = await asyncio.open_connection("127.0.0.1", port)
    began = time.monotonic()
    with suppress(ConnectionError):
        while time.monotonic() - began < 10 and not reading.at_eof():
            writing.write(b"POST /api/messages HTTP/1.1\r\n" if time.monotonic() - began < 0.1 else b"X-Slow: a\r\n")
            await writing.drain()
            await asyncio.sleep(0.1)
    assert time.monotonic() - began < 5, "it was cut off"
    writing.close()
    serving.cancel()
    with suppress(asyncio.CancelledError):
        await serving
    assert IDLE == 75


def _head(length: int) -> bytes:
    return (
        f"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


async def test_nothing_but_its_three_addresses_answers(bot: Host) -> None:
    for method, path in (
        ("GET", "/"),
        ("POST", "/"),
        ("GET", "/api"),
        ("OPTIONS", "/api/messages"),
        ("PUT", "/healthz"),
    ):
        async with bot.http.request(method, f"{bot.url}{path}") as answer:
            assert answer.status in {404, 405}, path
            assert "aiohttp" not in (await answer.text()).lower()


async def test_a_broken_address_is_no_error(bot: Host) -> None:
    async with bot.http.get(f"{bot.url}/%ff%00/../../etc/passwd") as answer:
        assert answer.status == 404
