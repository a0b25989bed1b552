"""A Graph to talk to, and a client that trusts its throwaway CA."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from aiohttp import ClientSession, TCPConnector
from aiohttp.test_utils import TestServer

from bot.credentials import Tokens, asking_entra
from bot.graph.client import Graph
from bot.settings import AppType, Credentials
from tests.bot.graph.entra import APP, SECRET, TENANT, Entra, Pair, make_pair


class Rewriting(requests.Session):
    """msal's transport, sent to our own Entra instead of Microsoft's; over TLS, as msal insists."""

    def __init__(self, url: str, ca: Path) -> None:
        super().__init__()
        self.trust_env = False
        self.verify = str(ca)
        self._url = url

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401  as requests has it
        kwargs.pop("verify", None)
        here = str(url).replace("https://login.microsoftonline.com", self._url)
        return super().request(method, here, *args, **{"timeout": 5, **kwargs})


@pytest.fixture(scope="session")
def ca(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return make_pair(tmp_path_factory.mktemp("ca"), "ca")


@pytest.fixture
async def entra(ca: Pair) -> AsyncIterator[Entra]:
    here = Entra()
    server = TestServer(here.application(), scheme="https", host="localhost")
    await server.start_server(ssl=ca.server())
    here.url = str(server.make_url("")).rstrip("/")
    yield here
    await server.close()
    await asyncio.sleep(0.05)  # TLS says goodbye after the sockets were told to close


@pytest.fixture
def credentials() -> Credentials:
    return Credentials(APP, TENANT, AppType.SINGLE_TENANT, password=SECRET)


@pytest.fixture
async def session(ca: Pair) -> AsyncIterator[ClientSession]:
    async with ClientSession(connector=TCPConnector(ssl=ca.client())) as http:
        yield http
    await asyncio.sleep(0.05)  # see above


MakeGraph = Callable[..., Graph]


@pytest.fixture
def make_graph(entra: Entra, session: ClientSession, ca: Pair, credentials: Credentials) -> Iterator[MakeGraph]:
    wires = list[Rewriting]()

    def make(*, patience: float = 5.0, by: Credentials = credentials) -> Graph:
        wires.append(wire := Rewriting(entra.url, ca.pem))
        ask = asking_entra(by, resource="https://graph.microsoft.com", http_client=wire)
        return Graph(session, Tokens(ask), base=entra.graph, patience=patience)

    yield make
    for wire in wires:
        wire.close()


@pytest.fixture
def graph(make_graph: MakeGraph) -> Graph:
    return make_graph()
