"""A running server with every part of Graph switched on: staff come in, and what Teams refuses is announced by mail."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.app import create_app
from bot.clock import wall_clock
from bot.graph.serving import serve_graph
from bot.graph.wanted import Directory, GraphWanted
from bot.settings import AppType, Credentials, Settings
from dialogs.letters import post
from storage import chats, people
from storage.chats import Chat
from storage.database import Database
from tests.bot.conftest import APP, TENANT, Parrot, Teams
from tests.bot.graph.entra import CATALOGUE, EVERYTHING, Entra
from tests.bot.graph.school import RULES, a_school, held, seat

MAILBOX = "dpo@lark.example"
ALL = GraphWanted(Directory(RULES, every=timedelta(hours=1)), CATALOGUE, MAILBOX)
OURS = Credentials(APP, TENANT, AppType.SINGLE_TENANT, password="invented")


@pytest.fixture
async def plain(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Entra]:
    """A Graph without TLS, as the server brings its own trust; Entra's part is played by a function."""
    here = Entra(good={"ours"}, page=999, mailboxes=frozenset({MAILBOX}))
    server = TestServer(here.application())
    await server.start_server()
    here.url = str(server.make_url("")).rstrip("/")
    for module in ("bot.app", "bot.graph.serving"):
        monkeypatch.setattr(
            f"{module}.asking_entra", lambda *_, **__: lambda: {"access_token": "ours", "expires_in": 9}
        )
    monkeypatch.setattr("bot.graph.client.GRAPH", here.graph)
    monkeypatch.setattr("bot.graph.mailing.ROUND", 0.05)
    yield here
    await server.close()


async def until(what: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what a running server does by itself."""
    async with asyncio.timeout(15):
        while not await what():  # noqa: ASYNC110  nobody rings
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("may_install", [True, False])
async def test_a_server_brings_staff_in_and_reaches_them_one_way_or_the_other(
    sqlite_url: str, plain: Entra, teams: Teams, *, may_install: bool
) -> None:
    plain.granted = EVERYTHING if may_install else frozenset({"GroupMember.Read.All", "User.Read.All"})
    who, db = a_school(plain), Database.connect(sqlite_url)
    await seat(db, who["dpo"], "dpo")
    async with db.write() as session:
        await chats.keep(session, Chat("somebody else", teams.url, "a:else", f"28:{APP}", TENANT), now=wall_clock())
    settings = Settings(database_url=sqlite_url, credentials=OURS, graph=ALL)
    server = TestServer(create_app(settings, local=False, make_talk=lambda db, _: Parrot(db)))
    await server.start_server()

    async def everybody_is_in() -> bool:
        return len(await held(db)) == 6

    async def told() -> bool:
        return bool(plain.mails or plain.installed)

    await until(everybody_is_in)
    teams.plan = [(403, {})] * (1 if may_install else 9)
    async with db.write() as session:
        dsl = await people.by_aad(session, who["dsl"])
        assert dsl is not None
        card = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "Look"}]}
        await post(
            session, key="breach/7/told", to=dsl, card=card, about="report", now=wall_clock(), subject="breach/7"
        )
    await until(told)
    assert plain.installed == ({who["dsl"]} if may_install else set())
    recipients = [mail["message"]["toRecipients"][0]["emailAddress"]["address"] for _, mail in plain.mails]
    assert ("p2@lark.example" in recipients) is not may_install
    await server.close()
    await db.dispose()


async def test_only_what_is_switched_on_is_at_work(sqlite_db: Database) -> None:
    async with ClientSession() as http:
        assert serve_graph(ALL, None, http) is None  # local mode
        assert serve_graph(GraphWanted(), OURS, http) is None
        for wanted, parts, installs in (
            (ALL, 2, True),
            (GraphWanted(mailbox=MAILBOX), 1, False),
            (GraphWanted(directory=Directory(RULES)), 0, False),  # by hand only
            (GraphWanted(teams_app=CATALOGUE), 0, True),
        ):
            served = serve_graph(wanted, OURS, http)
            assert served is not None
            work = served.beside(sqlite_db, wall_clock)
            for each in work:
                each.close()
            assert (len(work), served.install is not None) == (parts, installs)
