"""A bot as a process of its own, which may be killed at any moment and comes up again by itself."""

import asyncio
import json
import os
import re
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector

if TYPE_CHECKING:
    from asyncio.subprocess import Process

ROOT: Final = Path(__file__).parents[2]
SERVE: Final = (sys.executable, "-c", "from bot.cli import main; main()", "serve", "--local")
_AGAIN: Final = 0.02  # seconds before Teams delivers again what got no answer; the real one takes longer
_TO_STOP: Final = 30.0  # seconds: what was begun is finished first
_JSON: Final = {"Content-Type": "application/json"}


class Server:
    """`askdpo serve --local`. What is posted while it is down, or was cut off, is posted again under the same id."""

    def __init__(self, folder: Path, database: str, *options: str, env: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._env = env or {}
        self._database = database
        self._options = options
        self._log = folder / "server.log"
        self._up = asyncio.Event()
        self._process: Process | None = None
        self._restart: asyncio.Task[None] | None = None
        self._killed_on_its_way = False
        self._fault = ""
        self.kills = 0
        self.took = 0.05  # seconds of the last turn
        self.address = ""

    async def __aenter__(self) -> Self:
        self._http = ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(total=60))
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            await self.settled()
            await self.stop()
        finally:
            await self._http.close()

    async def start(self, *options: str) -> None:
        """Come up; with `options` instead of those of the last time."""
        self._options = options or self._options
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("ASKDPO_", "Microsoft"))}
        ours = {"ASKDPO_DATABASE_URL": self._database, "ASKDPO_PORT": "0", "PYTHONPATH": str(ROOT)}
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *SERVE,
                *self._options,
                cwd=self._folder,
                env={**clean, **ours, **self._env},
                stdout=log,
                stderr=log,
            )
            begins = log.tell()
        address = await self._address(begins)
        if address:
            self.address = address
            self._up.set()
        elif not self._killed_on_its_way and await self._ended() == -signal.SIGKILL:
            await self.start()  # killed before it was up, and nobody waits to start it again
        elif not self._killed_on_its_way:
            self._fault = f"it did not come up: {self._log.read_text('utf-8', errors='replace')[-2000:]}"
            self._up.set()

    @property
    def is_up(self) -> bool:
        """Does it listen, as far as we know?"""
        return self._up.is_set()

    @property
    def pid(self) -> int:
        """Give the number of the process that runs now."""
        assert self._process is not None
        return self._process.pid

    async def _address(self, begins: int) -> str:
        """Wait for the line that tells it; empty where the process ended before that."""
        assert self._process is not None
        async with asyncio.timeout(60):
            while True:
                ended = self._process.returncode is not None
                said = self._log.read_bytes()[begins:].decode("utf-8", errors="replace")
                if (told := re.search(r"^Listening on (\S+)$", said, re.MULTILINE)) is not None:
                    return told[1]
                if ended:
                    return ""
                await asyncio.sleep(0.01)

    async def _ended(self) -> int | None:
        assert self._process is not None
        with suppress(TimeoutError):
            return await asyncio.wait_for(self._process.wait(), 5)
        return None

    async def stop(self) -> None:
        """Go down in order."""
        self._up.clear()
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), _TO_STOP)
                return
            await self._kill()  # whatever comes next is not to pay for it
            raise AssertionError(f"it did not stop within {_TO_STOP} s")

    async def kill(self, *, again_after: float | None = None) -> bool:
        """SIGKILL it and have it start again; `again_after` seconds into that, kill it once more. False: it is down."""
        if not self._up.is_set():
            return False
        self._up.clear()
        await self._kill()
        self._restart = asyncio.create_task(self._come_back(again_after))
        return True

    async def settled(self) -> None:
        """Come back once it is up, after whatever was done to it."""
        if self._restart is not None:
            await self._restart

    async def post(self, activity: dict[str, Any], *, gives_up: bool = False) -> tuple[int, Any]:
        """Deliver an activity until it is answered. With `gives_up` a person is told at once, and None is returned."""
        body = json.dumps(activity).encode()
        while True:
            await self._up.wait()
            assert not self._fault, self._fault
            began = time.monotonic()
            try:
                async with self._http.post(f"{self.address}/api/messages", data=body, headers=_JSON) as answer:
                    raw = await answer.read()
            except (ClientError, OSError):
                if gives_up:
                    return 0, None
                await asyncio.sleep(_AGAIN)
                continue
            if answer.status < 500:
                self.took = time.monotonic() - began
                return answer.status, json.loads(raw) if answer.content_type == "application/json" else raw.decode()
            await asyncio.sleep(_AGAIN)

    @property
    def troubles(self) -> list[str]:
        """The lines in which the log tells of something that broke."""
        lines = self._log.read_text("utf-8", errors="replace").splitlines()
        return [line for line in lines if '"level":"error"' in line or line.startswith("Traceback")]

    async def _kill(self) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self.kills += 1
            self._process.kill()
        await self._process.wait()

    async def _come_back(self, again_after: float | None) -> None:
        if again_after is not None:
            coming = asyncio.create_task(self.start())
            await asyncio.sleep(again_after)
            if not self._up.is_set():
                await self._kill_on_its_way()
            await coming
        self._killed_on_its_way = False
        if not self._up.is_set():
            await self.start()

    async def _kill_on_its_way(self) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self.kills += 1
            self._killed_on_its_way = True
            self._process.kill()
