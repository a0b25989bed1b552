"""Hartfield's people at a terminal: the real command over a real file."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from storage import people
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file

SCHOOL = Path(__file__).parents[2] / "dialogs" / "school"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TERMINAL = Callable[..., Result]


@pytest.fixture
def hartfield_url(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Where Hartfield's records are; `askdpo` in this test finds them there."""

    async def fill() -> None:
        db = Database.connect(sqlite_url)
        for kind in ("staff", "pupils", "terms", "organisations", "accounts", "consents"):
            await import_file(db, Kind(kind), SCHOOL / f"{kind}.csv", now=MONDAY)
        async with db.read() as session:
            dsl = await people.by_email(session, "s.bird@hartfield.example")
        await import_file(db, Kind.RESTRICTIONS, SCHOOL / "restrictions.csv", by=dsl, now=MONDAY)
        await db.dispose()

    asyncio.run(fill())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASKDPO_DATABASE_URL", sqlite_url)
    return sqlite_url


@pytest.fixture
def at_a_terminal(hartfield_url: str) -> TERMINAL:
    """Type these lines as this person, one after the other, until the input ends."""

    def types(email: str, *lines: str, now: str = "2026-11-23T09:00") -> Result:
        arguments = ["chat", "--as", email, "--now", now]
        return CliRunner().invoke(main, arguments, input="".join(f"{line}\n" for line in lines))

    return types
