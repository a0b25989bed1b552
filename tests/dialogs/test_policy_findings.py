"""What an import found odd stays with its version: told to the DPO and the head in chat and in the register."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.exports.taking import ExportError, take
from storage.database import Database
from storage.findings import FindingRow
from storage.importing.policy import import_policy
from tests.dialogs.conftest import MONDAY, Chat
from tests.dialogs.test_own_words import PAPER
from tests.storage.importing.papers import pdf

ODD = """Photography Policy

Next review: spring 2020

7 Cameras

7.4 The office has the key, see section 9.9.

7.7 Cameras sleep in the cupboard, as the Data Protection Act 1998 says.
"""


async def give(db: Database, folder: Path, text: str = ODD, *, school: str = "HFD", dry_run: bool = False) -> str:
    path = folder / "paper.md"
    path.write_text(text, "utf-8")
    done = await import_policy(db, path, documents=["photography"], school=school, now=MONDAY, dry_run=dry_run)
    return "\n".join(done.lines)


async def kept(db: Database) -> int:
    async with db.read() as session:
        return int(await session.scalar(select(func.count()).select_from(FindingRow)) or 0)


async def said(db: Database, who: str) -> str:
    return (await Chat(db, f"{who}@hartfield.example", turns=500).says("policy findings")).text


@pytest.mark.parametrize("who", ["p.owen", "h.moss"])
async def test_the_dpo_and_the_head_read_in_chat_what_the_import_found(
    hartfield: Database, tmp_path: Path, who: str
) -> None:
    lines = await give(hartfield, tmp_path)
    told = await said(hartfield, who)
    for sentence in ("points to 9.9, which is not in this document", "Data Protection Act 1998", "spring 2020"):
        assert sentence in lines
        assert sentence in told
    assert "which it does not have" in told, "clauses that answers cite"
    assert "Its review is overdue." in told


@pytest.mark.parametrize("who", ["t.reed", "d.lane", "o.finch", "m.gate"])
async def test_nobody_else_does(hartfield: Database, tmp_path: Path, who: str) -> None:
    await give(hartfield, tmp_path)
    assert "points to 9.9" not in await said(hartfield, who)


async def test_who_may_not_read_them_is_told_whom_to_ask_and_not_whether_there_are_any(
    hartfield: Database, tmp_path: Path
) -> None:
    before = (await Chat(hartfield, "t.reed@hartfield.example").says("policy findings")).text
    await give(hartfield, tmp_path)
    told = await said(hartfield, "t.reed")
    assert told == before
    assert told.startswith("The list is the DPO's and the headteacher's")
    assert "please tell your DPO" in told
    assert "9.9" not in told


async def test_another_schools_dpo_reads_nothing_of_ours(hartfield: Database, tmp_path: Path) -> None:
    await give(hartfield, tmp_path)
    assert "No policy was imported yet" in await said(hartfield, "p.far")


async def test_what_could_not_be_read_is_kept_too(hartfield: Database, tmp_path: Path) -> None:
    path = pdf(tmp_path / "paper.pdf", [["Photography Policy", "7 Cameras", "7.7 They sleep in the safe."], []])
    done = await import_policy(hartfield, path, documents=["photography"], school="HFD", now=MONDAY)
    unread = next(line.removeprefix("Not read: ") for line in done.lines if line.startswith("Not read: "))
    assert unread in await said(hartfield, "p.owen")


async def test_findings_are_of_their_version_and_are_kept_once(hartfield: Database, tmp_path: Path) -> None:
    await give(hartfield, tmp_path, dry_run=True)
    assert await kept(hartfield) == 0
    await give(hartfield, tmp_path)
    first = await kept(hartfield)
    await give(hartfield, tmp_path)
    assert await kept(hartfield) == first > 0
    await give(hartfield, tmp_path, PAPER)
    told = await said(hartfield, "p.owen")
    assert "version 2" in told
    assert "points to 9.9" not in told
    register = (await exported(hartfield, "p.owen")).decode()
    assert "points to 9.9" in register, "the version before keeps its own"
    assert "replaced" in register
    assert "in force" in register


async def exported(db: Database, who: str) -> bytes:
    done = await take(db, "policies", school="HFD", email=f"{who}@hartfield.example", form="csv", now=MONDAY)
    return done.content


@pytest.mark.parametrize("who", ["t.reed", "d.lane", "p.far", "s.bird"])
async def test_the_register_is_refused_to_everybody_else(hartfield: Database, tmp_path: Path, who: str) -> None:
    await give(hartfield, tmp_path)
    with pytest.raises(ExportError):
        await exported(hartfield, who)
