"""What schools are called: no import brings a name, so the school's settings file does, and the row keeps it."""

from collections.abc import Mapping
from typing import Final, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.schools import SchoolRow

_T: Final = cast("Table", SchoolRow.__table__)


async def differing(session: AsyncSession, names: Mapping[str, str]) -> dict[str, str]:
    """Return those of the names, by code however it is cased, that a school there is does not bear yet."""
    wanted = {code.casefold(): name for code, name in names.items()}
    found = await session.execute(select(SchoolRow.code, SchoolRow.name))
    return {code: name for code, bears in found if (name := wanted.get(code.casefold(), bears)) != bears}


async def call(session: AsyncSession, names: Mapping[str, str]) -> None:
    """Give schools their names, by code as it is kept; a code that no school has changes nothing."""
    named = [{"of": code, "to": name} for code, name in sorted(names.items())]
    if named:
        chosen = update(_T).where(_T.c.code == bindparam("of"))
        await session.execute(chosen.values(name=bindparam("to")), named)
