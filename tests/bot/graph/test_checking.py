"""The doctor tries each part of Graph, changes nothing and mails nobody."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.clock import wall_clock
from bot.credentials import Tokens
from bot.doctor import _refused
from bot.finding import Finding
from bot.graph.checking import Elsewhere, check, examine_graph
from bot.graph.client import Graph
from bot.graph.wanted import GraphWanted
from bot.settings import Credentials, Settings
from storage import directory as rows
from storage.database import Database
from tests.bot.graph.conftest import MakeGraph
from tests.bot.graph.entra import CATALOGUE, EVERYTHING, Entra, answers, well
from tests.bot.graph.school import DIRECTORY, a_school, seat

MAILBOX = "dpo@lark.example"
WANTED = GraphWanted(DIRECTORY, CATALOGUE, MAILBOX)
SOMEBODY = Elsewhere("00000000-0000-4000-8000-000000000003", "p3@lark.example")


async def findings(
    graph: Graph, wanted: GraphWanted = WANTED, somebody: Elsewhere | None = SOMEBODY
) -> dict[str, Finding]:
    return {each.subject: each async for each in check(graph, wanted, somebody=somebody)}


def ready(entra: Entra) -> None:
    a_school(entra)
    entra.mailboxes = frozenset({MAILBOX})


async def test_a_school_that_is_ready_is_well(entra: Entra, graph: Graph) -> None:
    ready(entra)
    found = await findings(graph)
    assert {name: each.words for name, each in found.items() if not each.well} == {}
    assert list(found) == ["graph", "groups", "app", "mailbox"]
    assert found["graph"].words.endswith("allows what is needed, and nothing else.")
    assert found["groups"].words.startswith("3 can be read, with 7 accounts in all.")
    assert found["mailbox"].words == "the bot may send from dpo@lark.example, and not from another."


async def test_trying_changes_nothing_and_mails_nobody(entra: Entra, graph: Graph) -> None:
    ready(entra)
    await findings(graph)
    assert (entra.installed, entra.mails) == (set(), [])


@pytest.mark.parametrize(
    ("granted", "subject", "words"),
    [
        (EVERYTHING - {"User.Read.All"}, "graph", "User.Read.All is missing"),
        (EVERYTHING - {"User.Read.All"}, "groups", "Grant User.Read.All"),
        (EVERYTHING - {"GroupMember.Read.All"}, "groups", "Grant it GroupMember.Read.All and User.Read.All"),
        (frozenset({"GroupMember.Read.All", "User.Read.All"}), "app", "Grant TeamsAppInstallation"),
        (EVERYTHING | {"Mail.Send"}, "graph", "Mail.Send is granted for every mailbox of the tenant"),
        (EVERYTHING | {"Mail.Send"}, "mailbox", "the bot may send from p3@lark.example too"),
    ],
)
async def test_too_little_and_too_much_is_told(
    entra: Entra, graph: Graph, granted: frozenset[str], subject: str, words: str
) -> None:
    ready(entra)
    entra.granted = granted
    found = (await findings(graph))[subject]
    assert not found.well
    assert words in found.words


async def test_what_nothing_uses_is_pointed_out(entra: Entra, graph: Graph) -> None:
    ready(entra)
    entra.granted = EVERYTHING | {"Directory.Read.All"}
    found = (await findings(graph))["graph"]
    assert found.well
    assert "Nothing here uses Directory.Read.All" in found.words


async def test_a_mailbox_that_is_not_allowed_yet_is_told(entra: Entra, graph: Graph) -> None:
    ready(entra)
    entra.mailboxes = frozenset()
    found = (await findings(graph))["mailbox"]
    assert not found.well
    assert "Allow it in Exchange" in found.words


async def test_a_group_that_is_gone_is_named(entra: Entra, graph: Graph) -> None:
    ready(entra)
    del entra.groups[DIRECTORY.rules[0].group]
    assert DIRECTORY.rules[0].group in (await findings(graph))["groups"].words


async def test_somebody_unknown_and_a_graph_that_is_ill_are_told_apart(entra: Entra, graph: Graph) -> None:
    ready(entra)
    entra.faults = [well, well, well, answers(404)]
    assert "Graph knows no p3@lark.example" in (await findings(graph))["app"].words
    entra.faults = [well, well, well, well, answers(500)]
    assert "Try again later" in (await findings(graph))["mailbox"].words


async def test_what_is_not_switched_on_has_its_line(entra: Entra, graph: Graph) -> None:
    found = await findings(graph, GraphWanted(mailbox=MAILBOX))
    assert (found["groups"].words, found["app"].words) == ("not switched on.", "not switched on.")


async def test_with_nobody_on_record_nothing_else_is_tried(entra: Entra, graph: Graph) -> None:
    ready(entra)
    found = await findings(graph, somebody=None)
    assert "no other was tried" in found["mailbox"].words
    assert "nobody is on record yet" in found["app"].words


async def test_without_a_token_there_is_one_line(entra: Entra, make_graph: MakeGraph, credentials: Credentials) -> None:
    found = await findings(make_graph(by=replace(credentials, password="wrong")))
    assert list(found) == ["graph"]
    assert "invalid_client" in found["graph"].words


@pytest.mark.parametrize("token", ["opaque", "a.b.c", "a.e30.c", "a.W10.c", "a.eyJyb2xlcyI6MX0.c"])
async def test_a_token_that_tells_nothing_is_no_failure(entra: Entra, graph: Graph, token: str) -> None:
    ready(entra)
    entra.good.add(token)
    graph.tokens = Tokens(lambda: {"access_token": token, "expires_in": 3600})
    found = (await findings(graph))["graph"]
    assert found.well is (token != "a.e30.c")  # this one can be read, and grants nothing


async def test_the_doctor_says_that_nothing_is_on() -> None:
    (found,) = [each async for each in examine_graph(Settings(), local=False)]
    assert (found.subject, found.well, found.words) == ("graph", True, "not switched on.")


async def test_the_doctor_tells_of_a_sync_that_wrote_nothing(
    entra: Entra,
    make_graph: MakeGraph,
    credentials: Credentials,
    sqlite_db: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready(entra)
    await seat(sqlite_db, SOMEBODY.object_id, "dpo", email=SOMEBODY.email)
    async with sqlite_db.write() as session:
        await rows.claim(session, "x", now=wall_clock())
        await rows.release(session, "x", now=wall_clock(), refused="LRK would have no DPO.")

    @asynccontextmanager
    async def ours(_: Credentials) -> AsyncIterator[Graph]:
        yield make_graph()

    monkeypatch.setattr("bot.graph.checking.open_graph", ours)
    settings = Settings(database_url=sqlite_db.url, credentials=credentials, graph=WANTED)
    found = {each.subject: each async for each in examine_graph(settings, local=False)}
    assert found["staff sync"].words == "the last one wrote nothing. LRK would have no DPO."
    assert found["mailbox"].well


@pytest.mark.parametrize(
    ("proof", "words"),
    [
        ({"certificate": Path("bot.pem")}, "Entra refused ASKDPO_CERTIFICATE."),
        ({"vouched_by": "an-identity"}, "Entra refused ASKDPO_FEDERATED_IDENTITY."),
        ({"password": "hush"}, "Entra refused MicrosoftAppPassword."),
    ],
)
def test_the_proof_that_was_refused_is_named(credentials: Credentials, proof: dict[str, Any], words: str) -> None:
    assert words in _refused(replace(credentials, **{"password": "", **proof}), "invalid_client")
