"""What of Graph a running server uses: each part that was switched on, and nothing otherwise."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass

import aiohttp

from bot.clock import Clock
from bot.credentials import Tokens, asking_entra
from bot.graph import client
from bot.graph.client import Graph
from bot.graph.installing import Installer
from bot.graph.mailing import Mailing
from bot.graph.schedule import keep_staff
from bot.graph.wanted import GraphWanted
from bot.registration import Credentials
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Served:
    """Graph as the server has it."""

    graph: Graph
    wanted: GraphWanted

    @property
    def install(self) -> Callable[[str], Awaitable[bool]] | None:
        """How the postman gives somebody the app, where that is on."""
        app = self.wanted.teams_app
        return None if app is None else Installer(self.graph, app).install_now

    def mailing(self, db: Database, clock: Clock) -> Mailing | None:
        """Who writes mails, where that is on."""
        return None if self.wanted.mailbox is None else Mailing(db, self.graph, self.wanted.mailbox, clock=clock)

    def beside(self, db: Database, clock: Clock) -> list[Coroutine[object, object, None]]:
        """Return the work that goes on beside the turns."""
        mailing = self.mailing(db, clock)
        work = [] if mailing is None else [mailing.run()]
        directory = self.wanted.directory
        if directory is not None and directory.every is not None:
            work.append(keep_staff(db, self.graph, directory, clock=clock))
        return work


def serve_graph(wanted: GraphWanted, credentials: Credentials | None, http: aiohttp.ClientSession) -> Served | None:
    """Open Graph for a server; None where nothing of it is on, or in local mode, which has no credentials."""
    if credentials is None or not wanted.anything:
        return None
    tokens = Tokens(asking_entra(credentials, resource=client.RESOURCE))
    return Served(Graph(http, tokens, base=client.GRAPH), wanted)
