"""The invented school, imported once by the road that a school's own files take."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storage import people
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file

HERE = Path(__file__).parent
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # the day on which every question is asked


def lines(name: str) -> list[dict[str, Any]]:
    """Return the lines of one of the files here."""
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines() if line.strip()]


@pytest.fixture(scope="session")
def wrenfold_file(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """A SQLite file with the school in it."""
    path = tmp_path_factory.mktemp("wrenfold") / "wrenfold.db"
    shutil.copy(migrated_file, path)
    asyncio.run(_import(f"sqlite:///{path}"))
    return path


async def _import(url: str) -> None:
    db = Database.connect(url)
    for kind in ("staff", "pupils", "terms", "organisations", "accounts", "consents"):
        await import_file(db, Kind(kind), HERE / "school" / f"{kind}.csv", now=MONDAY)
    async with db.read() as session:
        dsl = await people.by_email(session, "r.anand@wrenfold.example")
    await import_file(db, Kind.RESTRICTIONS, HERE / "school" / "restrictions.csv", by=dsl, now=MONDAY)
    await db.dispose()


@pytest.fixture
async def wrenfold(tmp_path: Path, wrenfold_file: Path) -> AsyncIterator[Database]:
    """The school's database, fresh for this test."""
    path = tmp_path / "wrenfold.db"
    shutil.copy(wrenfold_file, path)
    db = Database.connect(f"sqlite:///{path}")
    yield db
    await db.dispose()
