"""What stands between a server and its PostgreSQL, and can be cut: the line refuses, or swallows what is said."""

import asyncio
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit


class Line:
    """A line of this machine to a PostgreSQL's socket. `url` leads through it."""

    def __init__(self, direct: str) -> None:
        parts = urlsplit(direct)
        (folder,) = parse_qs(parts.query)["host"]
        self._socket = f"{folder}/.s.PGSQL.5432"
        self._database = parts.path.lstrip("/")
        self._works = asyncio.Event()
        self._works.set()
        self._refuses = False
        self._calls: set[asyncio.Task[Any]] = set()
        self._dead: set[asyncio.Task[Any]] = set()
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._called, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"postgresql://postgres@127.0.0.1:{port}/{self._database}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        self.hang_up()
        await asyncio.gather(*self._calls, return_exceptions=True)

    def hang_up(self) -> None:
        """Cut every call; the next one works."""
        for call in self._calls:
            call.cancel()

    def refuse(self) -> None:
        """Cut every call, and take none until it is mended: a server that is down."""
        self._refuses = True
        self.hang_up()

    def swallow(self) -> None:
        """Say nothing any more to whoever called, for ever, and to new callers until it is mended: a failover."""
        self._dead |= self._calls
        self._works.clear()

    def mend(self) -> None:
        """Let new calls through."""
        self._refuses = False
        self._works.set()

    async def _called(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        call = asyncio.current_task()
        assert call is not None
        self._calls.add(call)
        try:
            await self._works.wait()
            if not self._refuses:
                await self._connect(call, reader, writer)
        except (OSError, asyncio.CancelledError):
            pass  # whichever side it was that hung up
        finally:
            self._calls.discard(call)
            self._dead.discard(call)
            writer.transport.abort()

    async def _connect(
        self, call: asyncio.Task[Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        onward_reader, onward = await asyncio.open_unix_connection(self._socket)
        ways = [asyncio.create_task(self._carry(call, *way)) for way in ((reader, onward), (onward_reader, writer))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            onward.transport.abort()

    async def _carry(self, call: asyncio.Task[Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while said := await reader.read(65536):
            if call in self._dead:
                await asyncio.Event().wait()  # until somebody hangs up
            writer.write(said)
            await writer.drain()
