"""Who gets what is passed on: the first post in a line that somebody holds, never the person it comes from (C29)."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from policy.roles import Role
from storage import people
from storage.people import Person


async def in_line(
    session: AsyncSession, school_id: int, line: Sequence[Role], *, but: Person
) -> tuple[Role, tuple[Person, ...]]:
    """Return the first role of the line that anybody but `but` holds there, and its holders.

    Where nobody holds any of them: the first role and nobody. The request then waits in the register.
    """
    for role in line:
        holders = tuple(person for person in await people.holding(session, school_id, role) if person.id != but.id)
        if holders:
            return role, holders
    return line[0], ()
