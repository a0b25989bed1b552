"""Is the database sound? Each thing that is not is one sentence."""

from sqlalchemy import ForeignKeyConstraint, and_, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage import audit
from storage.database import HEAD, Database, is_enough
from storage.tables import METADATA


async def problems(db: Database) -> list[str]:
    """Return what is wrong, in sentences; nothing where all is well."""
    if db.file is not None and not db.file.is_file():
        return [f"There is no database at {db.file}. Run: askdpo db upgrade"]
    if db.file is not None and (damage := await _damage(db)):
        return damage
    if not is_enough(revision := await db.revision()):
        return [of_older_version(revision)]
    async with db.read() as session:
        links = await _broken_links(session)
        broken = await audit.verify(session)
    return [*links, *([broken] if broken else [])]


def of_older_version(revision: str | None) -> str:
    """Say what to do about tables that this program cannot work on."""
    if revision is None:
        return "There are no tables yet. Run: askdpo db upgrade"
    return f"The tables are of an older version ({revision}, and this program needs {HEAD}). Run: askdpo db upgrade"


async def _damage(db: Database) -> list[str]:
    async with db.read() as session:
        told = [row[0] for row in await session.execute(text("PRAGMA integrity_check(10)"))]
    return [] if told == ["ok"] else [f"The file is damaged: {line}." for line in told]


async def _broken_links(session: AsyncSession) -> list[str]:
    """Look for rows that point at nothing; a database that was always ours cannot have any."""
    found = []
    for table in METADATA.sorted_tables:
        for link in table.constraints:
            if not isinstance(link, ForeignKeyConstraint):
                continue
            (element,) = link.elements
            target = element.column.table
            there = target.alias("there")
            lost = await session.scalar(
                select(func.count())
                .select_from(table.outerjoin(there, element.parent == there.c[element.column.name]))
                .where(and_(element.parent.is_not(None), there.c[element.column.name].is_(None)))
            )
            if lost:
                found.append(f"{lost} of the rows in {table.name} point at rows of {target} that are not there.")
    return found
