"""Opens Graph for as long as it is needed: its connections, and its tokens in memory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.connector import new_session
from bot.credentials import Tokens, asking_entra
from bot.graph import client
from bot.graph.client import Graph

if TYPE_CHECKING:
    from bot.settings import Credentials


@asynccontextmanager
async def open_graph(credentials: "Credentials") -> AsyncIterator[Graph]:
    """Open Graph as the bot's registration."""
    async with new_session() as http:
        yield Graph(http, Tokens(asking_entra(credentials, resource=client.RESOURCE)), base=client.GRAPH)
