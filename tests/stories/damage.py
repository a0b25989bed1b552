"""What can be done to a disk, a clock and a Teams."""

import asyncio
import resource
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from tests.stories.serving import Server
from tests.stories.teams import Call


class Disk:
    """A small file system that can be filled up."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"

    def fill(self, _: Server) -> None:
        """Leave not a byte."""
        with self._filler.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"0" * 4096)

    def free(self, _: Server) -> None:
        """Make room again."""
        self._filler.unlink()


class Ceiling(Disk):
    """What needs no file system of its own: the server's process may let no file grow."""

    def fill(self, server: Server) -> None:
        """Let no file of it grow beyond what the smallest has."""
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (0, most))

    def free(self, server: Server) -> None:
        """Let them."""
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (most, most))


class Clock:
    """A machine's wall clock, by libfaketime: read anew by the process at every look, so it jumps while it runs."""

    def __init__(self, folder: Path, library: str) -> None:
        self._file = folder / "clock"
        self._file.write_text("+0")
        self.env = {
            "LD_PRELOAD": library,
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    def jump(self, seconds: int) -> None:
        """Be off by so much from now on."""
        new = self._file.with_suffix(".new")
        new.write_text(f"{seconds:+d}")
        new.rename(self._file)


class Unwell:
    """A Teams that fails every so manieth call, in one of these ways after the other; without any it is only slow."""

    def __init__(self, ways: Sequence[web.Response], *, every: int = 2, waits: float = 0.0) -> None:
        self._ways = [(way.status, dict(way.headers)) for way in ways]
        self._every = every
        self._waits = waits
        self._calls = 0

    async def __call__(self, _: Call) -> web.Response | None:
        self._calls += 1
        if self._calls % self._every:
            return None
        await asyncio.sleep(self._waits)
        if not self._ways:
            return None
        status, headers = self._ways[self._calls // self._every % len(self._ways)]
        return web.Response(status=status, headers=headers)


async def no_letters(call: Call) -> web.Response | None:
    is_reply = call.path.rpartition("/")[0].endswith("/activities")
    return None if is_reply else web.Response(status=500)


async def all_well(_: Call) -> web.Response | None:
    return None
