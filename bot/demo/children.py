"""Programs that the demo starts and that must end with it: each in a process group of its own."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Final

_PATIENCE: Final = 3.0  # seconds between asking a child to end and ending it


async def start(
    command: Sequence[str | Path], *, environment: Mapping[str, str], folder: Path, output: IO[bytes] | int
) -> Process:
    """Start a program whose whole family can be ended at once; it sees its standard input close when we are gone."""
    return await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env=environment,
        stdin=PIPE,
        stdout=output,
        stderr=output,
        start_new_session=True,  # so that Ctrl-C reaches us alone and we end the rest in order
    )


async def end(children: Sequence[Process]) -> None:
    """End every child and whatever it started, and wait until they are gone."""
    for child in children:
        _tell(child, gently=True)
    waiting = [asyncio.create_task(child.wait()) for child in children]
    if waiting:
        await asyncio.wait(waiting, timeout=_PATIENCE)
    for child in children:
        _tell(child, gently=False)  # also the grandchildren of one that has ended
    await asyncio.gather(*waiting)


def _tell(child: Process, *, gently: bool) -> None:
    if sys.platform == "win32":
        if child.returncode is None:
            child.terminate()
        return
    import os  # noqa: PLC0415  process groups are POSIX's own
    import signal  # noqa: PLC0415  see above

    try:
        os.killpg(child.pid, signal.SIGTERM if gently else signal.SIGKILL)
    except ProcessLookupError:
        return  # it has ended, and everything it started too
