"""A Teams of our own: signs tokens, takes messages, answers as it is told; and a talk simple enough to foresee."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import jwt
import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from botframework.connector.auth import ChannelValidation
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from sqlalchemy import insert

from bot.app import create_app
from bot.clock import wall_clock
from bot.settings import AppType, Credentials, Settings
from dialogs.conversation import Arrived, Hit, Pressed, Reply, Said, Sought, Turn
from storage import turns
from storage.database import Database
from storage.people import MembershipRow, PersonRow
from storage.schools import SchoolRow

APP = "11111111-2222-4333-8444-555555555555"
TENANT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
TEACHER = "00000000-0000-0000-0000-00000000000a"
DPO = "00000000-0000-0000-0000-00000000000d"
ISSUER = "https://api.botframework.com"


@dataclass
class Sent:
    method: str
    path: str
    body: dict[str, Any]
    authorization: str | None
    at: float


@dataclass
class Teams:
    """Issuer and connector on one local address. `plan` holds the answers to the next sends; then all is well."""

    url: str = ""
    keys: dict[str, rsa.RSAPrivateKey] = field(default_factory=lambda: {"k1": new_key()})
    sent: list[Sent] = field(default_factory=list)
    plan: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    keys_work: bool = True
    under_way: int = 0
    most_at_once: int = 0
    key_requests: int = 0

    def application(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/v1/.well-known/openidconfiguration", self._metadata)
        app.router.add_get("/keys", self._jwks)
        app.router.add_route("*", "/v3/{rest:.*}", self._connector)
        return app

    def token(
        self, *, key: rsa.RSAPrivateKey | None = None, kid: str | None = "k1", alg: str = "RS256", **claims: object
    ) -> str:
        now = int(time.time())
        usual = {"iss": ISSUER, "aud": APP, "nbf": now - 10, "exp": now + 3600, "serviceurl": self.url}
        payload = {name: value for name, value in (usual | claims).items() if value is not None}
        signer: Any = "" if alg == "none" else key or next(iter(self.keys.values()))
        return jwt.encode(payload, signer, algorithm=alg, headers={"kid": kid} if kid else {})

    def activity(self, text: str | None = "hello", **over: object) -> dict[str, Any]:
        whole = {
            "type": "message",
            "id": f"m{time.monotonic_ns()}",
            "serviceUrl": self.url,
            "channelId": "msteams",
            "from": {"id": "29:teacher", "name": "Tess", "aadObjectId": TEACHER},
            "conversation": {"id": "a:teacher", "conversationType": "personal", "tenantId": TENANT},
            "recipient": {"id": f"28:{APP}", "name": "Ask DPO"},
            "text": text,
            "channelData": {"tenant": {"id": TENANT}},
        } | over
        return {name: value for name, value in whole.items() if value is not None}

    def pressed(self, verb: str, *, reply_to: str | None = None, **data: object) -> dict[str, Any]:
        value = {"action": {"type": "Action.Execute", "verb": verb, "data": data}, "trigger": "manual"}
        return self.activity(None, type="invoke", name="adaptiveCard/action", value=value, replyToId=reply_to)

    @property
    def said(self) -> list[str]:
        """What arrived as new messages, in order: their text, or their card's first text."""
        return [words(each.body) for each in self.sent if each.method == "POST" and each.body.get("type") == "message"]

    async def _metadata(self, _: web.Request) -> web.Response:
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"{self.url}/keys"})

    async def _jwks(self, _: web.Request) -> web.Response:
        self.key_requests += 1
        if not self.keys_work:
            return web.Response(status=500)
        published = [
            json.loads(RSAAlgorithm.to_jwk(key.public_key())) | {"kid": kid, "endorsements": ["msteams"]}
            for kid, key in self.keys.items()
        ]
        return web.json_response({"keys": published})

    async def _connector(self, request: web.Request) -> web.Response:
        self.sent.append(
            Sent(
                request.method,
                request.path,
                await request.json(),
                request.headers.get("Authorization"),
                time.monotonic(),
            )
        )
        number = len(self.sent)
        status, headers = self.plan.pop(0) if self.plan else (200, {})
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        await asyncio.sleep(self.delays.pop(0) if self.delays else 0)
        self.under_way -= 1
        if status >= 400:
            return web.json_response({"error": {"code": "Planned"}}, status=status, headers=headers)
        return web.json_response({"id": f"1:{number}"}, status=201)


def words(body: dict[str, Any]) -> str:
    if body.get("attachments"):
        return str(body["attachments"][0]["content"]["body"][0]["text"])
    return str(body.get("text"))


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Parrot:
    """A talk that repeats what it hears, and does its effect once, as the dialogs do."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.effects: list[Turn] = []
        self.sought: list[Sought] = []
        self.pause = 0.0

    async def take(self, turn: Turn) -> tuple[Reply, ...]:
        await asyncio.sleep(self.pause)
        said = self._words(turn)
        async with self.db.write() as session:
            first = await turns.first_time(session, turn.conversation, turn.activity, turn.now, reply=said)
            if first:
                self.effects.append(turn)
        if said == "boom":
            raise RuntimeError("Amelia Hart lives at a secret place")
        if said == "twice":
            return Reply("one", again=not first), Reply("two", again=not first)
        if isinstance(turn.event, Pressed):
            return (Reply(said, card=a_card(said), replace=turn.event.verb != "say", again=not first),)
        return (Reply(said, card=a_card(said) if said.startswith("card") else None, again=not first),)

    async def search(self, sought: Sought) -> tuple[Hit, ...]:
        self.sought.append(sought)
        if sought.words == "boom":
            raise RuntimeError("Amelia Hart lives at a secret place")
        return (Hit(f"<b>{sought.words}</b>", "for you &amp; nobody else", a_card("anybody may read this")),)

    def _words(self, turn: Turn) -> str:
        match turn.event:
            case Said(text):
                return text
            case Pressed(verb, data):
                return f"{verb} {json.dumps(data)}"
            case Arrived():
                return "welcome"


def a_card(text: str) -> dict[str, Any]:
    return {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": text}]}


@dataclass
class Host:
    """A running bot, and how Teams posts to it."""

    url: str
    http: ClientSession
    talk: Parrot
    server: TestServer
    stop: Callable[[], Awaitable[None]]

    async def post(
        self, activity: dict[str, Any] | bytes, *, token: str | None = None, **headers: str
    ) -> tuple[int, Any]:
        body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        sent = {"Content-Type": "application/json"} | headers
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        async with self.http.post(f"{self.url}/api/messages", data=body, headers=sent) as answer:
            raw = await answer.read()
            return answer.status, json.loads(raw) if answer.content_type == "application/json" else raw.decode()


Start = Callable[..., Awaitable[Host]]


@pytest.fixture
async def teams() -> AsyncIterator[Teams]:
    here = Teams()
    server = TestServer(here.application())
    await server.start_server()
    here.url = str(server.make_url("")).rstrip("/")
    yield here
    await server.close()


@pytest.fixture
def start(sqlite_url: str, teams: Teams, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Starts a bot on the test's database, in local mode or not; several in turn are restarts."""
    monkeypatch.setattr(
        ChannelValidation, "open_id_metadata_endpoint", f"{teams.url}/v1/.well-known/openidconfiguration"
    )

    async def begin(*, local: bool = True, url: str = sqlite_url, messages: int | None = None) -> Host:
        secret = Credentials(APP, TENANT, AppType.SINGLE_TENANT, password="invented")
        settings = Settings(database_url=url, credentials=None if local else secret, messages_a_minute=messages)
        parrots: list[Parrot] = []

        def make(db: Database, _: object) -> Parrot:
            parrots.append(Parrot(db))
            return parrots[0]

        server = TestServer(create_app(settings, local=local, clock=wall_clock, make_talk=make))
        await server.start_server()
        http = ClientSession()

        async def stop() -> None:
            await http.close()
            await server.close()

        return Host(str(server.make_url("")).rstrip("/"), http, parrots[0], server, stop)

    return begin


@pytest.fixture
async def host(start: Start, staff: None) -> AsyncIterator[Host]:
    """A bot in local mode that knows a teacher and a DPO."""
    running = await start()
    yield running
    await running.stop()


@pytest.fixture
async def guarded(start: Start, staff: None, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Host]:
    """A bot in production mode, with the local issuer in Microsoft's place and a token that Entra gave."""
    monkeypatch.setattr("bot.app.asking_entra", lambda _: lambda: {"access_token": "ours", "expires_in": 3600})
    running = await start(local=False)
    yield running
    await running.stop()


@pytest.fixture
async def staff(sqlite_url: str) -> None:
    db = Database.connect(sqlite_url)
    people = [
        {"aad_object_id": TEACHER, "email": "tess@green.example", "display_name": "Tess Teacher"},
        {"aad_object_id": DPO, "email": "dot@green.example", "display_name": "Dot Officer"},
    ]
    async with db.write() as session:
        await session.execute(insert(PersonRow), people)
    await db.dispose()


@pytest.fixture
async def on_the_list(staff: None, sqlite_url: str) -> None:
    """The teacher and the DPO, at a school: whoever is at none is a stranger."""
    db = Database.connect(sqlite_url)
    async with db.write() as session:
        await session.execute(insert(SchoolRow), [{"id": 1, "code": "GRN", "name": "Green School"}])
        roles = [{"person_id": number, "school_id": 1, "roles": "staff"} for number in (1, 2)]
        await session.execute(insert(MembershipRow), roles)
    await db.dispose()
