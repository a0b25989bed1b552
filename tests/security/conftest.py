"""The prepared school, made once: its file is copied for each test. And every line logged while it was made."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.database import Database
from tests.security.prepared_school import prepare


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file with the school in it, and what was logged, at every level, while everything in it was brought in."""

    path: Path
    logged: str


class _Kept(logging.Handler):
    """Keeps every line, as a file of logs would have it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.getMessage()} {record.__dict__.get('exc_text') or ''}")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Prepared:
    folder = tmp_path_factory.mktemp("prepared")
    path = folder / "school.db"
    shutil.copy(migrated_file, path)
    kept, root = _Kept(), logging.getLogger()
    before = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    try:
        asyncio.run(_made(path, folder))
    finally:
        root.removeHandler(kept)
        root.setLevel(before)
    return Prepared(path, "\n".join(kept.lines))


async def _made(path: Path, folder: Path) -> None:
    db = Database.connect(f"sqlite:///{path}")
    await prepare(db, folder)
    await db.dispose()


@pytest.fixture
def school_file(prepared: Prepared, tmp_path: Path) -> Path:
    """A copy of the prepared school's file."""
    path = tmp_path / "school.db"
    for one in prepared.path.parent.glob("school.db*"):
        shutil.copy(one, tmp_path / one.name)
    return path


@pytest.fixture
async def school(school_file: Path) -> AsyncIterator[Database]:
    """A copy of the prepared school."""
    db = Database.connect(f"sqlite:///{school_file}")
    yield db
    await db.dispose()
