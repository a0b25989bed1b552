"""A policy goes in once, whole, for the right school; a new version says what it changed."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from storage import policies, schools
from storage.database import Database
from storage.importing.policy import import_policy
from storage.importing.report import Imported, RefusedError
from storage.policies import Change
from tests.policy.documents.invented import POLICY, numbers

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
Give = Callable[..., Awaitable[Imported]]  # conftest: imports a file of some text
Counts = Callable[[], Awaitable[dict[str, int]]]
NEWER = (
    POLICY.replace("Screens are locked.", "Screens are locked and dark.")
    .replace("3.1 There are", "3.1 Look up.\n\n3.2 There are")
    .replace("2.2 Nobody else may.\n", "")
)


async def _give(
    db: Database,
    folder: Path,
    text: str = POLICY,
    *documents: str,
    school: str | None = "LRK",
    dry_run: bool = False,
    name: str = "policy.txt",
) -> Imported:
    path = folder / name
    path.write_text(text, "utf-8")
    asked = documents or ("data-protection",)
    return await import_policy(db, path, documents=asked, school=school, now=NOW, dry_run=dry_run)


async def _held(db: Database, code: str = "LRK") -> dict[str, tuple[int, bool, list[str]]]:
    async with db.read() as session:
        school = await schools.by_code(session, code)
        assert school is not None
        found = await policies.in_force(session, school.id)
        return {
            document: (version.version, version.named, numbers(await policies.clauses(session, version.id)))
            for document, version in found.items()
        }


async def test_a_policy_comes_back_with_its_procedures(db: Database, larkfield: Give, tmp_path: Path) -> None:
    done = await _give(db, tmp_path)
    held = await _held(db)
    assert {name: each[:2] for name, each in held.items()} == {
        "data-protection": (1, True),
        "sar-procedure": (1, False),
        "cctv-code": (1, False),
    }
    assert "2.1(b)(ii)" in held["data-protection"][2]
    assert await _held(db, "FAR") == {}
    assert "data-protection: 15 numbered clauses and 1 appendix or form, from the body of the file." in done.lines
    assert any("summer 2024" in line and "May 2025" in line for line in done.lines)


async def test_the_same_file_twice_changes_nothing(
    db: Database, larkfield: Give, tmp_path: Path, counts: Counts
) -> None:
    await _give(db, tmp_path)
    before, version = await counts(), await _lists_version(db)
    again = await _give(db, tmp_path)
    assert again.changes == {}
    assert await counts() == before
    assert await _lists_version(db) == version
    assert "data-protection: nothing changed since version 1." in again.lines


async def _lists_version(db: Database) -> int:
    async with db.read() as session:
        school = await schools.by_code(session, "LRK")
    assert school is not None
    return school.lists_version


async def test_a_new_version_says_what_changed_and_the_old_one_stays(
    db: Database, larkfield: Give, tmp_path: Path, counts: Counts
) -> None:
    await _give(db, tmp_path)
    before, rows = await _lists_version(db), await counts()
    done = await _give(db, tmp_path, NEWER)
    at = done.lines.index("data-protection: version 2. Compared with version 1:")
    assert done.lines[at : at + 6] == (
        "data-protection: version 2. Compared with version 1:",
        "  Added (1): 3.2.",
        "  Changed (2): 2.3, 3.1.",
        "sar-procedure: nothing changed since version 1.",
        "cctv-code: version 2. Compared with version 1:",
        "  Removed (1): 2.2.",
    )
    held = await _held(db)
    assert (held["data-protection"][0], held["cctv-code"][0], held["sar-procedure"][0]) == (2, 2, 1)
    assert await _lists_version(db) > before  # running bots notice
    assert (await counts())["policy_documents"] == rows["policy_documents"] + 2


async def test_a_dry_run_says_the_same_and_writes_nothing(
    db: Database, larkfield: Give, tmp_path: Path, counts: Counts
) -> None:
    before = await counts()
    tried = await _give(db, tmp_path, dry_run=True)
    assert await counts() == before
    assert tried.lines == (await _give(db, tmp_path)).lines


async def test_an_appendix_never_takes_the_place_of_a_document_imported_for_itself(
    db: Database, larkfield: Give, tmp_path: Path
) -> None:
    own = "CCTV code\n\n1 Gate\n\n1.1 Look at the gate only.\n\n1.2 Wipe on Fridays.\n\n1.3 Ask first."
    await _give(db, tmp_path, own, "cctv-code", name="cctv.md")
    done = await _give(db, tmp_path)
    assert (await _held(db))["cctv-code"] == (1, True, ["1", "1.1", "1.2", "1.3"])
    assert any("kept as imported from cctv.md" in line for line in done.lines)
    await _give(db, tmp_path, POLICY, "cctv-code")  # unless it is asked for
    assert (await _held(db))["cctv-code"][0] == 2


async def test_an_appendix_that_is_asked_for_later_is_kept_from_then_on(
    db: Database, larkfield: Give, tmp_path: Path
) -> None:
    await _give(db, tmp_path)
    again = await _give(db, tmp_path, POLICY, "cctv-code")
    assert again.changes == {}
    assert (await _held(db))["cctv-code"][:2] == (1, True)


async def test_a_trust_imports_for_all_its_schools(db: Database, larkfield: Give, tmp_path: Path) -> None:
    done = await _give(db, tmp_path, school="all")
    assert (await _held(db, "FAR")).keys() == (await _held(db, "LRK")).keys() != set()
    assert "FAR: cctv-code: version 1, 5 clauses." in done.lines


@pytest.mark.parametrize(
    ("school", "says"), [(None, "--school with one of FAR, LRK"), ("XYZ", "No school has the code")]
)
async def test_whose_policy_it_is_must_be_clear(
    db: Database, larkfield: Give, tmp_path: Path, *, school: str | None, says: str
) -> None:
    with pytest.raises(RefusedError, match=says):
        await _give(db, tmp_path, school=school)
    assert await _held(db) == {}


async def test_one_school_needs_no_code(db: Database, give: Give, tmp_path: Path) -> None:
    await give("staff", "aad_object_id,email,display_name,school,roles\n1,t@larkfield.example,Tess Archer,LRK,staff\n")
    assert (await _give(db, tmp_path, school=None)).schools == ("LRK",)


async def test_no_school_yet_is_told(db: Database, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="no school yet"):
        await _give(db, tmp_path, school=None)


async def test_all_or_nothing(db: Database, larkfield: Give, tmp_path: Path, counts: Counts) -> None:
    async def breaks(_session: AsyncSession, _changes: Sequence[Change], _now: datetime) -> tuple[str, ...]:
        raise OSError("the disk is full")

    before = await counts()
    (tmp_path / "policy.txt").write_text(POLICY, "utf-8")
    with pytest.raises(OSError, match="disk"):
        await import_policy(
            db, tmp_path / "policy.txt", documents=["data-protection"], school="LRK", now=NOW, tell=breaks
        )
    assert await counts() == before


async def test_a_clause_is_quoted_with_what_stands_under_it(db: Database, larkfield: Give, tmp_path: Path) -> None:
    await _give(db, tmp_path)
    async with db.read() as session:
        school = await schools.by_code(session, "LRK")
        assert school is not None
        cited = (("data-protection", "2.1"), ("data-protection", "9.9"), ("photography", "1.1"))
        found = await policies.quote(session, school.id, cited)
    assert [(document, number, numbers(under)) for document, number, under in found] == [
        ("data-protection", "2.1", ["2.1", "2.1(a)", "2.1(b)", "2.1(b)(i)", "2.1(b)(ii)"])
    ]
