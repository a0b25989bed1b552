"""The client towards Graph: patient where Graph is ill, and never taken elsewhere with its token."""

import asyncio
import logging
import time
from dataclasses import replace

import pytest

from bot.graph.client import Graph, GraphError
from bot.settings import Credentials
from tests.bot.graph.conftest import MakeGraph, Rewriting
from tests.bot.graph.entra import SECRET, Entra, Fault, Pair, answers, hangs_up, says, takes

GROUPS = "/groups/{}/transitiveMembers/microsoft.graph.user?$select=id&$count=true&$top=999"


async def ids(graph: Graph, group: str) -> list[str]:
    return [each["id"] async for page in graph.pages(GROUPS.format(group), eventual=True) for each in page["value"]]


async def test_pages_are_followed_to_the_last(entra: Entra, graph: Graph) -> None:
    people = [entra.user(number) for number in range(8)]
    group = entra.group(1, *people)
    assert await ids(graph, group) == people
    assert len(entra.asked) == 3
    assert len(entra.tokens) == 1


@pytest.mark.parametrize(
    "ill", [answers(429, Retry_After="1"), answers(503, Retry_After="1"), answers(502), hangs_up()]
)
async def test_what_passes_is_waited_for(entra: Entra, graph: Graph, ill: Fault) -> None:
    group = entra.group(1, entra.user(1))
    entra.faults = [ill]
    assert len(await ids(graph, group)) == 1


async def test_retry_after_is_kept(entra: Entra, graph: Graph) -> None:
    group = entra.group(1, entra.user(1))
    entra.faults = [answers(429, Retry_After="1")]
    began = time.monotonic()
    await ids(graph, group)
    assert time.monotonic() - began >= 1.0


async def test_a_longer_pause_than_we_have_is_not_waited_for(entra: Entra, graph: Graph) -> None:
    group = entra.group(1, entra.user(1))
    entra.faults = [answers(429, Retry_After="3600")]
    began = time.monotonic()
    with pytest.raises(GraphError) as refused:
        await ids(graph, group)
    assert (refused.value.status, refused.value.retry_after) == (429, 3600)
    assert time.monotonic() - began < 2.0


async def test_patience_ends(entra: Entra, make_graph: MakeGraph) -> None:
    group = entra.group(1)
    entra.faults = [answers(500)] * 50
    with pytest.raises(GraphError, match="status 500"):
        await ids(make_graph(patience=1.5), group)


@pytest.mark.parametrize(
    ("ill", "words"),
    [
        (answers(403, "Authorization_RequestDenied"), "status 403 Authorization_RequestDenied"),
        (answers(404, "Request_ResourceNotFound"), "status 404"),
        (says(b"{not json"), "Malformed"),
        (says(b"[1, 2]"), "Malformed"),
        (says(b'{"value": []' + b" " * 17_000_000 + b"}"), "TooLong"),
        (says(b'{"value": [], "@odata.nextLink": "https://elsewhere.example/v1.0/groups"}'), "ForeignLink"),
        (says(b'{"value": [], "@odata.nextLink": "http://localhost/v1.0/groups"}'), "ForeignLink"),
        (answers(302, Location="https://elsewhere.example/"), "Malformed"),
    ],
)
async def test_what_does_not_pass_is_told_at_once(entra: Entra, graph: Graph, ill: Fault, words: str) -> None:
    group = entra.group(1)
    entra.faults = [ill]
    with pytest.raises(GraphError, match=words):
        await ids(graph, group)
    assert len(entra.asked) == 1


@pytest.mark.parametrize(
    "link",
    [
        "https://graph.microsoft.com.elsewhere.example/v1.0/users",
        "{host}.elsewhere.example/v1.0/users",
        "{url}/v1.0evil/users",
        "{url}/beta/users",
        "{url}/v1.0/../beta/users",
        "https://user@{bare}/v1.0/users",
        "//elsewhere.example/v1.0/users",
    ],
)
async def test_the_token_never_leaves_our_graph(entra: Entra, graph: Graph, link: str) -> None:
    host, _, _ = entra.url.rpartition(":")
    with pytest.raises(GraphError):
        await graph.get(link.format(url=entra.url, host=host, bare=entra.url.removeprefix("https://")))
    assert all(path.startswith("/v1.0/") for _, path in entra.asked)


async def test_a_body_that_never_ends_is_given_up(
    entra: Entra, make_graph: MakeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    import aiohttp  # noqa: PLC0415  what one test is about

    monkeypatch.setattr("bot.graph.client._TIMEOUT", aiohttp.ClientTimeout(total=0.3))
    entra.faults = [takes(1.0)] * 5
    began = time.monotonic()
    with pytest.raises(GraphError, match="no answer"):
        await ids(make_graph(patience=0.5), entra.group(1))
    assert time.monotonic() - began < 3.0


async def test_a_token_that_was_revoked_is_replaced_once(entra: Entra, graph: Graph) -> None:
    group = entra.group(1, entra.user(1))
    await ids(graph, group)
    entra.good = set()
    assert len(await ids(graph, group)) == 1
    assert len(entra.tokens) == 2
    entra.faults = [answers(401), answers(401)]
    with pytest.raises(GraphError, match="401"):
        await ids(graph, group)


async def test_a_write_is_made_once_whatever_comes(entra: Entra, graph: Graph) -> None:
    person = entra.user(1)
    entra.faults = [answers(503, Retry_After="1")]
    with pytest.raises(GraphError, match="503"):
        await graph.post(f"/users/{person}/teamwork/installedApps", {})
    assert len(entra.asked) == 1


async def test_one_token_serves_all_who_ask_at_once(entra: Entra, graph: Graph) -> None:
    group = entra.group(1, entra.user(1))
    await asyncio.gather(*(ids(graph, group) for _ in range(10)))
    assert len(entra.tokens) == 1


async def test_a_certificate_signs_for_us(
    entra: Entra, make_graph: MakeGraph, credentials: Credentials, ca: Pair
) -> None:
    entra.certificate = ca.certificate
    await ids(make_graph(by=replace(credentials, password="", certificate=ca.pem)), entra.group(1))
    (asked,) = entra.tokens
    assert "client_secret" not in asked
    assert asked["scope"] == "https://graph.microsoft.com/.default"


async def test_a_managed_identity_vouches_for_us(
    entra: Entra, make_graph: MakeGraph, credentials: Credentials, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[tuple[str, str]]()

    def of_machine(identity: str, resource: str, _: Rewriting) -> dict[str, str]:
        asked.append((identity, resource))
        return {"access_token": "the machine vouches"}

    monkeypatch.setattr("bot.credentials._of_machine", of_machine)
    await ids(make_graph(by=replace(credentials, password="", vouched_by="an-identity")), entra.group(1))
    assert asked == [("an-identity", "api://AzureADTokenExchange")]
    assert "client_secret" not in entra.tokens[0]


async def test_a_wrong_secret_is_a_code_and_nothing_secret(
    entra: Entra, make_graph: MakeGraph, credentials: Credentials, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    with pytest.raises(GraphError) as refused:
        await ids(make_graph(by=replace(credentials, password="wrong")), entra.group(1))
    assert str(refused.value) == "NoToken.invalid_client"
    assert not refused.value.sent


async def test_no_log_line_holds_a_token_a_secret_or_what_graph_said(
    entra: Entra, graph: Graph, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    group = entra.group(1, entra.user(1))
    entra.faults = [answers(429, Retry_After="0")]
    await ids(graph, group)
    ours = [record for record in caplog.records if not record.name.startswith("aiohttp")]  # that is the server
    said = "".join(f"{record.getMessage()}{record.args}" for record in ours)
    assert "graph to be asked again" in said
    for hidden in (SECRET, *entra.good, "Amelia", group):
        assert hidden not in said


def test_no_repr_of_a_client_holds_its_secret(graph: Graph, credentials: Credentials) -> None:
    assert SECRET not in repr(graph) + repr(credentials) + repr(vars(graph))
