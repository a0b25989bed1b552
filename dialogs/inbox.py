"""`my cases`: the open cases at whose table one sits, the tightest clock first, each with the way to its card."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import case_file
from dialogs.breach.at_table import table_of
from dialogs.breach.showing import clock
from dialogs.breach.words import STATUSES
from dialogs.cards.my_cases import MyCase, my_cases_card
from dialogs.conversation import Json, Turn
from dialogs.known import Known
from dialogs.request import listing
from policy.breach.status import status_of
from policy.roles import Role
from storage import cases
from storage.cases import CaseKind

_MAY_SIT: Final = frozenset(Role) - {Role.STAFF, Role.OFFICE, Role.GOVERNOR, Role.WEB_EDITOR}
_HOURS: Final = timedelta(hours=72)


async def card_of(session: AsyncSession, known: Known, turn: Turn) -> Json:
    """List them; a case that concerns the reader is not there."""
    theirs = [school.id for school in known.schools if known.person.roles_at(school.id) & _MAY_SIT]
    found = await _breaches(session, known.person.id, theirs, now=turn.now)
    found += await listing.mine(session, known.person.id, theirs, now=turn.now)
    return my_cases_card([one for _, one in sorted(found, key=lambda pair: pair[0])])


async def _breaches(
    session: AsyncSession, person: int, school_ids: Collection[int], *, now: datetime
) -> list[tuple[datetime, MyCase]]:
    found = []
    for case in await cases.at_schools(session, school_ids, CaseKind.BREACH, only_open=True):
        breach = await case_file.read(session, case.number)
        if breach is None:
            continue
        at_table = await table_of(session, breach, now=now)
        if person in at_table.seats:
            line = f"{at_table.school}: {STATUSES[status_of(breach)]}. {clock(breach, now)}"
            found.append((breach.t0 + _HOURS, MyCase(breach.number, line)))
    return found
