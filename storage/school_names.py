"""What schools are called and who their controller is: the settings file says it, and the row keeps it."""

from collections.abc import Mapping
from typing import Any, Final, cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from policy.called import Called
from storage.schools import SchoolRow

_T: Final = cast("Table", SchoolRow.__table__)


_KEPT: Final = select(_T.c.code, _T.c.name, _T.c.controller, _T.c.controller_number)


async def differing(session: AsyncSession, names: Mapping[str, Called]) -> dict[str, Called]:
    """Return those of the names, by code however it is cased, that a school there is does not bear yet."""
    wanted = {code.casefold(): called for code, called in names.items()}
    found = {code: Called(*bears) for code, *bears in await session.execute(_KEPT)}
    return {code: called for code, bears in found.items() if (called := wanted.get(code.casefold(), bears)) != bears}


async def call(session: AsyncSession, names: Mapping[str, Called]) -> None:
    """Give schools their names, by code as it is kept; a code that no school has changes nothing."""
    named = [
        {"of": code, "to": called.name, "by": called.controller, "under": called.controller_number}
        for code, called in sorted(names.items())
    ]
    if named:
        chosen = update(_T).where(_T.c.code == bindparam("of"))
        as_called: dict[str, Any] = {
            "name": bindparam("to"),
            "controller": bindparam("by"),
            "controller_number": bindparam("under"),
        }
        await session.execute(chosen.values(as_called), named)


async def called(session: AsyncSession, school_id: int) -> Called:
    """Return what a school is called."""
    row = (await session.execute(_KEPT.where(_T.c.id == school_id))).one()
    return Called(*row[1:])


async def of_one_controller(session: AsyncSession, school_id: int) -> tuple[int, ...]:
    """Return the schools whose controller is that of a school: itself, and with a trust its others (facts 3.6)."""
    controller = (await called(session, school_id)).controller
    if not controller:
        return (school_id,)
    return tuple(await session.scalars(select(_T.c.id).where(_T.c.controller == controller).order_by(_T.c.id)))
