"""The audit log of one school as a register: who did what to which case, question or file, and when."""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NotTheirs, Outcome, Taken
from bot.exports.case_of import breaches_of, is_open_to
from bot.exports.who import Names, iso, name
from bot.exports.writing import Format, written
from dialogs.incident.listing import visible
from dialogs.request import case_file
from policy.roles import May, may
from storage import audit, cases, people
from storage.audit import Line
from storage.cases import CaseKind

HEADING: Final = ("number", "status", "school", "opened_at", "actor", "actor_name", "action", "subject", "details")


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write the log of the school, oldest first."""
    if not may(asked.roles, May.EXPORT_AUDIT):
        return NotTheirs()
    every = await audit.lines(session, asked.school.id)
    theirs = await _cases_of_theirs(session, every, asked)
    lines = [line for line in every if line.subject not in theirs]
    names: dict[int, str] = {}
    for person in sorted({one for line in lines if (one := _person(line)) is not None}):
        known = await people.by_id(session, person)
        if known is not None:
            names[person] = known.display_name
    wrong = await audit.verify(session)
    body = rows(lines, school=asked.school.code, names=names)
    return Taken(written(HEADING, body, Format(asked.form)), {"lines": len(body)}, () if wrong is None else (wrong,))


def rows(lines: Iterable[Line], *, school: str, names: Names) -> list[Sequence[object]]:
    """Return the rows under HEADING; `details` is JSON, of ids and counts."""
    return [
        (
            line.number,
            "recorded",
            school,
            iso(line.at),
            line.actor,
            "" if (person := _person(line)) is None else name(names, person),
            line.action,
            line.subject,
            json.dumps(line.details, ensure_ascii=False, sort_keys=True),
        )
        for line in lines
    ]


async def _cases_of_theirs(session: AsyncSession, lines: Iterable[Line], asked: Asked) -> frozenset[str]:
    """Return the cases in which the reader has a part: what was done in them is not shown to them (domain 8)."""
    told = {line.subject for line in lines}
    found = await cases.at_schools(session, [asked.school.id], CaseKind.BREACH)
    named = {case.number: case.school_id for case in found if f"case/{case.number}" in told}
    breaches = await breaches_of(session, named)
    hidden = {breach.number for breach in breaches if not is_open_to(breach, asked)}
    for case in await cases.at_schools(session, [asked.school.id], CaseKind.REQUEST):
        request = await case_file.read(session, case.number)
        if request is not None and asked.has_part(request.concerned):
            hidden.add(case.number)
    incidents = await cases.at_schools(session, [asked.school.id], CaseKind.INCIDENT)
    seen = {incident.number for incident in await visible(session, asked.who, asked.school.id)}
    hidden |= {case.number for case in incidents if case.number not in seen}
    return frozenset(f"case/{number}" for number in hidden)


def _person(line: Line) -> int | None:
    kind, _, number = line.actor.partition("/")
    return int(number) if kind == "person" and number.isdecimal() else None
