"""The app for people who never opened it: installed when a message waits for them, or all at once by a command."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import ClientSession

from bot.clock import wall_clock
from bot.connector import Connector
from bot.graph.client import Graph
from bot.graph.installing import Installer, State
from bot.graph.reaching import Reach
from bot.postman import Arrived, Later, TeamsPostman, Unreachable
from bot.settings import AppType, Credentials
from storage import chats
from storage.chats import Chat
from storage.database import Database
from storage.outbox import Letter
from tests.bot.conftest import APP, TENANT, Teams
from tests.bot.graph.conftest import MakeGraph
from tests.bot.graph.entra import CATALOGUE, Entra, Fault, answers, hangs_up, takes
from tests.bot.graph.school import seat

NOT_INSTALLED = (403, dict[str, str]())
OURS = Credentials(APP, TENANT, AppType.SINGLE_TENANT, password="invented")
MakePostman = Callable[..., TeamsPostman]


@pytest.fixture
async def make_postman(sqlite_db: Database) -> AsyncIterator[MakePostman]:
    async with ClientSession() as http:

        def make(install: Callable[[str], Awaitable[bool]] | None = None) -> TeamsPostman:
            return TeamsPostman(sqlite_db, Connector(http, None), OURS, clock=wall_clock, install=install)

        yield make


@pytest.fixture
def installer(entra: Entra, graph: Graph) -> Installer:
    return Installer(graph, CATALOGUE)


async def somebody(db: Database, entra: Entra, teams: Teams, number: int = 1) -> str:
    """Put somebody on record who never wrote; where Teams is, is known from somebody else."""
    person = entra.user(number)
    await seat(db, person, "staff")
    async with db.write() as session:
        await chats.keep(session, Chat("somebody else", teams.url, "a:else", f"28:{APP}", TENANT), now=wall_clock())
    return person


def a_letter(to: str) -> Letter:
    return Letter(1, "case/1/alert", to, None, "Please look.", "Ask DPO has news", 1, wall_clock(), urgent=True)


async def test_an_app_is_installed_once_and_twice_is_fine(entra: Entra, installer: Installer) -> None:
    person = entra.user(1)
    assert (await installer.install(person)).state is State.INSTALLED
    assert (await installer.install(person)).state is State.WAS_THERE
    assert entra.installed == {person}


@pytest.mark.parametrize(
    ("ill", "words", "later"),
    [
        (answers(403, "Forbidden"), "Grant it TeamsAppInstallation.ReadWriteSelfForUser.All", False),
        (answers(404, "NotFound"), "Check ASKDPO_TEAMS_APP_ID", False),
        (answers(500), "Try again later", True),
        (answers(429, Retry_After="5"), "Try again later", True),
        (hangs_up(), "Try again later", True),
    ],
)
async def test_what_was_not_installed_is_told_in_one_sentence(
    entra: Entra, installer: Installer, ill: Fault, words: str, *, later: bool
) -> None:
    entra.faults = [ill]
    done = await installer.install(entra.user(1))
    assert not done.is_there
    assert words in done.words
    assert done.later is later


async def test_a_message_for_somebody_without_the_app_installs_it_and_arrives(
    sqlite_db: Database, entra: Entra, teams: Teams, make_postman: MakePostman, installer: Installer
) -> None:
    person = await somebody(sqlite_db, entra, teams)
    teams.plan = [NOT_INSTALLED]
    outcome = await make_postman(installer.install_now).deliver(a_letter(person))
    assert isinstance(outcome, Arrived)
    assert entra.installed == {person}
    assert [each.path for each in teams.sent][:2] == ["/v3/conversations"] * 2
    async with sqlite_db.read() as session:
        kept = await chats.of(session, person)
    assert kept is not None
    assert kept.conversation == outcome.conversation


@pytest.mark.parametrize("opens", [False, True], ids=["no chat yet", "a chat, and no message yet"])
async def test_whom_teams_still_refuses_just_after_the_installation_is_tried_again(
    sqlite_db: Database, entra: Entra, teams: Teams, make_postman: MakePostman, installer: Installer, *, opens: bool
) -> None:
    person = await somebody(sqlite_db, entra, teams)
    teams.plan = [NOT_INSTALLED, *([(200, {})] if opens else []), NOT_INSTALLED, NOT_INSTALLED]
    postman = make_postman(installer.install_now)
    for _ in range(2):
        outcome = await postman.deliver(a_letter(person))
        assert outcome == Later("status 403", timedelta(seconds=5))
    assert [method for method, path in entra.asked if "installedApps" in path] == ["POST"], "once is enough"
    assert isinstance(await postman.deliver(a_letter(person)), Arrived)


async def test_whom_teams_refuses_a_minute_after_the_installation_is_out_of_reach(
    sqlite_db: Database,
    entra: Entra,
    teams: Teams,
    make_postman: MakePostman,
    installer: Installer,
    *,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person = await somebody(sqlite_db, entra, teams)
    teams.plan = [NOT_INSTALLED] * 7
    postman = make_postman(installer.install_now)
    assert isinstance(await postman.deliver(a_letter(person)), Later)
    monkeypatch.setattr("bot.postman.IN_FORCE_AFTER", 0.0)
    for _ in range(2):  # to be given it once more begins no new minute: the next in line is to be told
        assert isinstance(await postman.deliver(a_letter(person)), Unreachable)


async def test_whoever_has_a_chat_is_never_given_the_app_again(
    sqlite_db: Database, entra: Entra, teams: Teams, make_postman: MakePostman, installer: Installer
) -> None:
    """They blocked or removed it: that is theirs to decide, and the next in line is told."""
    person = await somebody(sqlite_db, entra, teams)
    async with sqlite_db.write() as session:
        await chats.keep(session, Chat(person, teams.url, "a:their own", f"28:{APP}", TENANT), now=wall_clock())
    teams.plan = [NOT_INSTALLED]
    assert isinstance(await make_postman(installer.install_now).deliver(a_letter(person)), Unreachable)
    assert entra.asked == []


@pytest.mark.parametrize("ill", [answers(403), answers(404), answers(503), hangs_up()])
async def test_where_it_cannot_be_installed_the_next_in_line_is_told(
    sqlite_db: Database, entra: Entra, teams: Teams, make_postman: MakePostman, installer: Installer, *, ill: Fault
) -> None:
    person = await somebody(sqlite_db, entra, teams)
    teams.plan, entra.faults = [NOT_INSTALLED], [ill]
    assert isinstance(await make_postman(installer.install_now).deliver(a_letter(person)), Unreachable)


async def test_an_alert_does_not_wait_for_a_slow_graph(
    sqlite_db: Database,
    entra: Entra,
    teams: Teams,
    make_postman: MakePostman,
    installer: Installer,
    *,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.graph.installing.IN_A_HURRY", 0.2)
    person = await somebody(sqlite_db, entra, teams)
    teams.plan, entra.faults = [NOT_INSTALLED], [takes(2.0)]
    began = asyncio.get_running_loop().time()
    assert isinstance(await make_postman(installer.install_now).deliver(a_letter(person)), Unreachable)
    assert asyncio.get_running_loop().time() - began < 1.5


async def test_all_who_have_no_chat_are_given_the_app_and_a_chat(
    sqlite_db: Database, entra: Entra, teams: Teams, make_postman: MakePostman, installer: Installer
) -> None:
    people = [await somebody(sqlite_db, entra, teams, number) for number in (1, 2, 3)]
    entra.installed.add(people[0])
    await seat(sqlite_db, "left", "")
    reach = Reach(sqlite_db, installer, make_postman())
    found = await reach.unreached()
    assert [person.aad_object_id for person in found] == people
    assert [await reach.reach(person) for person in found] == ["", "", ""]
    assert entra.installed == set(people)
    assert await reach.unreached() == ()


async def test_what_teams_refuses_after_the_installation_is_told(
    sqlite_db: Database, entra: Entra, teams: Teams, make_postman: MakePostman, installer: Installer
) -> None:
    await somebody(sqlite_db, entra, teams)
    reach = Reach(sqlite_db, installer, make_postman())
    (person,) = await reach.unreached()
    teams.plan = [NOT_INSTALLED]
    assert "Teams opened no chat yet (status 403)" in await reach.reach(person)


async def test_without_the_right_nobody_is_reached_and_the_sentence_says_which(
    sqlite_db: Database, entra: Entra, teams: Teams, make_postman: MakePostman, make_graph: MakeGraph
) -> None:
    entra.granted = frozenset()
    await somebody(sqlite_db, entra, teams)
    reach = Reach(sqlite_db, Installer(make_graph(), CATALOGUE), make_postman())
    (person,) = await reach.unreached()
    assert "TeamsAppInstallation.ReadWriteSelfForUser.All" in await reach.reach(person)
    assert teams.sent == []
