"""A process that syncs once and may be killed at any line: started by test_killed.py with a database and an Entra."""

import asyncio
import ssl
import sys
from pathlib import Path

from aiohttp import ClientSession, TCPConnector

from bot.credentials import Tokens, asking_entra
from bot.graph.client import Graph
from bot.registration import AppType, Credentials
from storage.database import Database
from tests.bot.graph.conftest import Rewriting
from tests.bot.graph.entra import APP, SECRET, TENANT
from tests.bot.graph.school import sync


async def main(database: str, url: str, ca: str) -> None:
    """Sync once."""
    db, wire = Database.connect(database), Rewriting(url, Path(ca))
    credentials = Credentials(APP, TENANT, AppType.SINGLE_TENANT, password=SECRET)
    async with ClientSession(connector=TCPConnector(ssl=ssl.create_default_context(cafile=ca))) as http:
        ask = asking_entra(credentials, resource="https://graph.microsoft.com", http_client=wire)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await sync(db, Graph(http, Tokens(ask), base=f"{url}/v1.0"), allow_removals=True)
        sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
