"""The same Entra in a thread of its own: for commands, which bring their own event loop."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from aiohttp.test_utils import TestServer

from tests.bot.graph.entra import Entra, Pair


@dataclass
class Served:
    """An Entra that answers from another thread."""

    entra: Entra


def serve(ca: Pair) -> Iterator[Served]:
    """Serve until the generator is closed."""
    entra, up, down = Entra(), threading.Event(), threading.Event()

    async def go() -> None:
        server = TestServer(entra.application(), scheme="https", host="localhost")
        await server.start_server(ssl=ca.server())
        entra.url = str(server.make_url("")).rstrip("/")
        up.set()
        await asyncio.to_thread(down.wait)
        await server.close()
        await asyncio.sleep(0.05)

    thread = threading.Thread(target=lambda: asyncio.run(go()), daemon=True)
    thread.start()
    up.wait(10)
    yield Served(entra)
    down.set()
    thread.join(10)
