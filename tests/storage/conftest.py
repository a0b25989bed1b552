"""Files for a school to import, as short as they can be."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Protocol

import pytest

from storage import people
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.report import Imported
from storage.importing.run import import_file

NOW: Final = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DSL: Final = "dsl@larkfield.example"

STAFF: Final = f"""aad_object_id,email,display_name,school,roles
0000-01,teacher@larkfield.example,Tess Archer,LRK,staff
0000-02,{DSL},Dora Sloane,LRK,dsl;staff
0000-03,dpo@larkfield.example,Piers Dunmore,LRK,dpo
0000-04,other@farview.example,Otto Farrow,FAR,dsl
"""
PUPILS: Final = """upn,legal_first_name,known as,last_name,date_of_birth,year_group,class,school,joined_on,left_on
A1,Amelia,Millie,Hart,2018-03-04,4,4B,LRK,2022-09-02,
A2,Benedict,,Okoro,2018-01-09,4,4B,LRK,2022-09-02,
B1,Celia,,Nash,2017-05-30,5,5A,FAR,2022-09-02,
"""
HEADING: Final = (
    "upn,academic_year,item,answer,given_by,capacity,method,signed_on,effective_from,withdrawn_on,evidence_ref\n"
)


class Give(Protocol):
    """Imports a file of some text."""

    async def __call__(self, kind: str, text: str, *, by: str | None = None, dry_run: bool = False) -> Imported: ...


@pytest.fixture
def give(db: Database, tmp_path: Path) -> Give:
    """Import text as a file of that kind, named KIND.csv."""

    async def imported(kind: str, text: str, *, by: str | None = None, dry_run: bool = False) -> Imported:
        path = tmp_path / f"{kind}.csv"
        path.write_text(text, "utf-8")
        async with db.read() as session:
            person = await people.by_email(session, by) if by else None
        return await import_file(db, Kind(kind), path, by=person, now=NOW, dry_run=dry_run)

    return imported


@pytest.fixture
async def larkfield(give: Give) -> Give:
    """Two schools with staff and pupils; give it more files."""
    await give("staff", STAFF)
    await give("pupils", PUPILS)
    return give


@pytest.fixture
def counts(db: Database) -> Callable[[], Awaitable[dict[str, int]]]:
    """Count the rows of every table but the log of imports and the audit log."""
    from sqlalchemy import func, select  # noqa: PLC0415  only here

    from storage.tables import METADATA  # noqa: PLC0415  only here

    async def counted() -> dict[str, int]:
        async with db.read() as session:
            return {
                table.name: await session.scalar(select(func.count()).select_from(table)) or 0
                for table in METADATA.sorted_tables
                if table.name not in {"imports", "audit"}
            }

    return counted
