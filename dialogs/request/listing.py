"""The open requests of somebody who may see them: all of it for the DPO, the dates for whoever leads the school."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.my_cases import MyCase
from dialogs.cards.verbs import Verb
from dialogs.request import case_file, clock_words
from dialogs.request.at_table import sees_dates, table_of
from dialogs.request.words import STATUSES
from policy.request.dates import dates_of
from policy.request.ladder import morning
from policy.request.status import status_of
from storage import cases
from storage.cases import CaseKind

_SOME_DAY: Final = datetime.max.replace(tzinfo=UTC)  # nothing is due while the clock waits


async def mine(
    session: AsyncSession, person: int, school_ids: Collection[int], *, now: datetime
) -> list[tuple[datetime, MyCase]]:
    """Return them, each with when it is due: no names, no words."""
    found = []
    for case in await cases.at_schools(session, school_ids, CaseKind.REQUEST, only_open=True):
        request = await case_file.read(session, case.number)
        if request is None:
            continue
        at_table = await table_of(session, request)
        if not sees_dates(at_table, person):
            continue
        division = at_table.staff.division
        due = dates_of(request, division=division).target
        status, clock = STATUSES[status_of(request)], clock_words.headline(request, division=division, now=now)
        line = f"{at_table.school}: a request for data, {status}. {clock}"
        found.append((_SOME_DAY if due is None else morning(due), MyCase(request.number, line, Verb.REQUEST_SHOW)))
    return found
