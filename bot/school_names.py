"""`[schools.CODE] name`: read from the school's settings file, and kept in the rows that everything reads."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from storage.database import Database

EVERY: Final = 3600.0  # seconds: a school that an import brought since gets its name as well
_LONGEST: Final = 100  # characters, so that a heading fits
_HOW: Final = 'Write [schools.CODE] with the school\'s code, and below it name = "Hill View Primary School".'


def names_in(table: object) -> dict[str, str]:
    """Return the names by code of the file's `[schools]`. Raises ValueError with a sentence for a wrong one."""
    if not isinstance(table, dict):
        raise ValueError(_HOW)  # noqa: TRY004  every wrong setting is a ValueError
    return {str(code): _name(of) for code, of in table.items()}


async def name_schools(db: "Database", names: Mapping[str, str]) -> None:
    """Write the names where they differ. Nothing where nobody gave any, or before the first migration."""
    from storage import school_names  # noqa: PLC0415  SQLAlchemy; see keep_names

    if not names or not await db.is_current():
        return
    async with db.read() as session:
        new = await school_names.differing(session, names)
    if new:
        async with db.write() as session:
            await school_names.call(session, new)


async def keep_names(db: "Database", names: Mapping[str, str]) -> None:
    """Go on until cancelled."""
    from bot.errors import survive  # noqa: PLC0415  cards; the settings need only the reading

    while True:
        await survive(name_schools(db, names), "school names")
        await asyncio.sleep(EVERY)


def _name(of: Any) -> str:  # noqa: ANN401  whatever TOML held
    name = of.get("name") if isinstance(of, dict) and of.keys() == {"name"} else None
    if not isinstance(name, str) or not name.strip() or len(name) > _LONGEST or not name.isprintable():
        raise ValueError(f"{_HOW} A name is one line of at most {_LONGEST} characters.")
    return name.strip()
