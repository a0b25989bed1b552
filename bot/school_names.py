"""`[schools.CODE]`, its name and controller: read from the settings file, kept in the rows that everything reads."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from policy.called import Called

if TYPE_CHECKING:
    from storage.database import Database

EVERY: Final = 3600.0  # seconds: a school that an import brought since gets its name as well
_LONGEST: Final = 100  # characters, so that a heading fits
_HOW: Final = 'Write [schools.CODE] with the school\'s code, and below it name = "Hill View Primary School".'
_KEYS: Final = frozenset({"name", "controller", "controller_number"})


def names_in(table: object) -> dict[str, Called]:
    """Return what the file's `[schools]` calls them, by code. Raises ValueError with a sentence for a wrong one."""
    if not isinstance(table, dict):
        raise ValueError(_HOW)  # noqa: TRY004  every wrong setting is a ValueError
    return {str(code): _called(of) for code, of in table.items()}


async def name_schools(db: "Database", names: Mapping[str, Called]) -> None:
    """Write the names where they differ. Nothing where nobody gave any, or before the first migration."""
    from storage import school_names  # noqa: PLC0415  SQLAlchemy; see keep_names

    if not names or not await db.is_current():
        return
    async with db.read() as session:
        new = await school_names.differing(session, names)
    if new:
        async with db.write() as session:
            await school_names.call(session, new)


async def keep_names(db: "Database", names: Mapping[str, Called]) -> None:
    """Go on until cancelled."""
    from bot.errors import survive  # noqa: PLC0415  cards; the settings need only the reading

    while True:
        await survive(name_schools(db, names), "school names")
        await asyncio.sleep(EVERY)


def _called(of: object) -> Called:
    if not isinstance(of, dict) or "name" not in of or not of.keys() <= _KEYS:
        raise ValueError(f"{_HOW} It may also hold controller and controller_number.")
    return Called(**{str(key): _line(value) for key, value in of.items()})


def _line(of: Any) -> str:  # noqa: ANN401  whatever TOML held
    if not isinstance(of, str) or not of.strip() or len(of) > _LONGEST or not of.isprintable():
        raise ValueError(f"{_HOW} A name is one line of at most {_LONGEST} characters.")
    return of.strip()
