"""The cases of a school that somebody may look into: a file about a person tells nothing of the others (domain 8)."""

from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked
from bot.exports.case_of import breaches_of, is_open_to
from dialogs.incident.listing import visible
from dialogs.request import case_file
from dialogs.request.at_table import decides, table_of
from storage import cases
from storage.cases import Case, CaseKind


async def open_cases(session: AsyncSession, asked: Asked) -> Mapping[int, Case]:
    """Return those that are open to whoever asks, by number. Nothing tells that there are others."""
    school = asked.school.id
    every = {kind: await cases.at_schools(session, [school], kind) for kind in CaseKind}
    breaches = await breaches_of(session, {case.number: school for case in every[CaseKind.BREACH]})
    seen = {breach.number for breach in breaches if is_open_to(breach, asked)}
    seen |= {incident.number for incident in await visible(session, asked.who, school)}
    seen |= {case.number for case in every[CaseKind.PLAN]}
    for case in every[CaseKind.REQUEST]:
        request = await case_file.read(session, case.number)
        if request is not None and decides(await table_of(session, request), asked.who.id):
            seen.add(case.number)
    told = {case.number: case for of_kind in every.values() for case in of_kind}
    return {number: case for number, case in sorted(told.items()) if number in seen}
