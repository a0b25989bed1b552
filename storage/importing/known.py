"""Schools as a file names them: known by code however it is cased, made where staff or pupils bring a new one."""

from collections.abc import Callable, Iterable

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import schools
from storage.importing.cells import CellError, nearest, needed
from storage.schools import School, SchoolRow

_LONGEST_CODE = 32


def code(text: str) -> str:
    """Read a school's code."""
    told = needed(text)
    if len(told) > _LONGEST_CODE:
        raise CellError(f"is longer than {_LONGEST_CODE} characters; give the school's code, not its name")
    return told


def one_of(known: dict[str, School]) -> Callable[[str], School]:
    """Return a reader of cells that must name a school there is."""

    def read(text: str) -> School:
        found = known.get(needed(text).casefold())
        if found is None:
            there = nearest(text, (school.code for school in known.values())) if known else ""
            raise CellError(f"no school has the code “{text.strip()}”{there}; import its staff or pupils first")
        return found

    return read


async def by_code(session: AsyncSession) -> dict[str, School]:
    """Return every school under its code, case folded."""
    return {school.code.casefold(): school for school in await schools.schools(session)}


async def with_new(session: AsyncSession, codes: Iterable[str]) -> tuple[dict[str, School], list[str]]:
    """Make the schools that are not there yet; return all of them, and the new ones' codes."""
    known = await by_code(session)
    new = {told.casefold(): told for told in codes if told.casefold() not in known}
    if not new:
        return known, []
    session.add_all(SchoolRow(code=told, name=told) for told in sorted(new.values()))
    await session.flush()
    return await by_code(session), sorted(new.values())


async def bump(session: AsyncSession, school_ids: Iterable[int], version: str) -> None:
    """Raise a version of these schools, so that running bots notice: "roll_version" and its like."""
    column = SchoolRow.__table__.c[version]
    await session.execute(
        update(SchoolRow)
        .where(SchoolRow.id.in_(sorted(set(school_ids))))
        .values({version: column + 1})
        .execution_options(synchronize_session=False)
    )
