"""What can be done to a disk, a clock and a Teams."""

import asyncio
import os
import resource
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from tests.stories.serving import ROOT, Server
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
    """A server's wall clock, read anew at every look (wrong_clock/sitecustomize.py): so it jumps while it runs."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"
        self._file.write_text("+0")
        path = f"{Path(__file__).parent / 'wrong_clock'}{os.pathsep}{ROOT}"
        self.env = {"PYTHONPATH": path, "CLOCK_IS_OFF_BY": str(self._file)}

    def jump(self, seconds: int) -> None:
        """Be off by so much from now on."""
        new = self._file.with_suffix(".new")
        new.write_text(f"{seconds:+d}")
        new.rename(self._file)


class Unwell:
    """A Teams that fails every so manieth call, in one of these ways after the other; without any it is only slow.

    `waits` are the seconds that it takes for those calls, one after the other as well.

    `met` are the calls that it failed or kept waiting: a story in which there are none is not about it.
    """

    def __init__(self, ways: Sequence[web.Response], *, every: int = 2, waits: Sequence[float] = (0.0,)) -> None:
        self._ways = [(way.status, dict(way.headers)) for way in ways]
        self._every = every
        self._waits = waits
        self._calls = 0
        self.met: list[Call] = []

    async def __call__(self, call: Call) -> web.Response | None:
        self._calls += 1
        if self._calls % self._every:
            return None
        self.met.append(call)
        await asyncio.sleep(self._waits[len(self.met) % len(self._waits)])
        if not self._ways:
            return None
        status, headers = self._ways[self._calls // self._every % len(self._ways)]
        return web.Response(status=status, headers=headers)


async def no_letters(call: Call) -> web.Response | None:
    is_reply = call.path.rpartition("/")[0].endswith("/activities")
    return None if is_reply else web.Response(status=500)


async def all_well(_: Call) -> web.Response | None:
    return None
