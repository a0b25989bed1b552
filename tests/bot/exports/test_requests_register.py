"""The registers of requests and incidents: all of it for the DPO, dates for the head, nothing for others."""

import csv
import io
from pathlib import Path

import pytest

from bot.exports.asked import Taken
from bot.exports.taking import ExportError, take
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file
from tests.dialogs.conftest import MONDAY, Chat

SCHOOL = Path(__file__).parents[2] / "dialogs" / "school"


@pytest.fixture
async def hartfield(sqlite_db: Database) -> Database:
    for kind in ("staff", "pupils"):
        await import_file(sqlite_db, Kind(kind), SCHOOL / f"{kind}.csv", now=MONDAY)
    for person, words in (
        ("t.reed", "a parent asked me at the gate for a copy of everything we hold about her son"),
        ("d.lane", "a parent demands that we erase all records about her"),
        ("h.moss", "a pupil was shown cruel posts about her by classmates online"),
    ):
        await Chat(sqlite_db, f"{person}@hartfield.example").says(words)
    return sqlite_db


async def register(db: Database, what: str, email: str) -> list[dict[str, str]]:
    taken = await take(db, what, school="HFD", email=email, form="csv", now=MONDAY)
    assert isinstance(taken, Taken)
    return list(csv.DictReader(io.StringIO(taken.content.decode())))


@pytest.mark.parametrize(("what", "kinds"), [("sars", {"access"}), ("rights", {"erasure"})])
async def test_each_kind_has_its_register(hartfield: Database, what: str, kinds: set[str]) -> None:
    rows = await register(hartfield, what, "p.owen@hartfield.example")
    assert {row["kind"] for row in rows} == kinds
    assert list(rows[0])[:4] == ["number", "status", "school", "opened_at"]
    assert rows[0]["received_on"] == "2026-11-23"
    assert rows[0]["due"] == "2026-12-23"
    assert "parent" in rows[0]["words"]


async def test_the_head_gets_dates_without_content(hartfield: Database) -> None:
    (row,) = await register(hartfield, "sars", "h.moss@hartfield.example")
    assert row["due"] == "2026-12-23"
    assert (row["words"], row["requester"], row["about"], row["outer_due"]) == ("", "", "", "")


@pytest.mark.parametrize("what", ["sars", "rights", "incidents"])
@pytest.mark.parametrize("email", ["t.reed@hartfield.example", "p.far@hartfield.example", "nobody@hartfield.example"])
async def test_nobody_else_gets_any(hartfield: Database, what: str, email: str) -> None:
    with pytest.raises(ExportError):
        await register(hartfield, what, email)


async def test_incidents_hold_nothing_of_what_was_typed(hartfield: Database) -> None:
    (row,) = await register(hartfield, "incidents", "s.bird@hartfield.example")
    assert list(row)[:4] == ["number", "status", "school", "opened_at"]
    assert not [cell for cell in row.values() if "cruel" in cell]
