"""The databases that a bench measures on: files of its own and, where one is given, an empty PostgreSQL as well."""

import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from storage.database import Database

Found = dict[str, Any]


async def on_each_of(names: Sequence[str], postgresql: str, measure: Callable[[list[str]], Awaitable[Found]]) -> Found:
    """Measure on a fresh database a name, on SQLite and, where its URL is given, beside that PostgreSQL's own."""
    with tempfile.TemporaryDirectory() as folder:
        found = {"SQLite": await measure([f"sqlite:///{folder}/{name}.db" for name in names])}
    if postgresql:
        found["PostgreSQL"] = await measure([await _beside(postgresql, name) for name in names])
    return found


async def through_stories(postgresql: str, tell: Callable[[str, Path], Awaitable[Found]]) -> Found:
    """Tell a story on a migrated database, with a folder of its own, on SQLite and, where given, on PostgreSQL."""
    found: Found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, url in {"SQLite": f"sqlite:///{folder}/bench.db", "PostgreSQL": postgresql}.items():
            if url:
                db = Database.connect(url)
                await db.upgrade()
                await db.dispose()
                here = Path(folder) / name
                here.mkdir()
                found[name] = await tell(url, here)
    return found


async def _beside(url: str, name: str) -> str:
    """Make a fresh database beside the one given; gives its URL."""
    import asyncpg  # noqa: PLC0415  PostgreSQL only

    connection = await asyncpg.connect(url)
    await connection.execute(f"DROP DATABASE IF EXISTS {name}")
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
    return make_url(url).set(database=name).render_as_string(hide_password=False)
