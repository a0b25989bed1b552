"""The registers of requests, by the kinds that each lists."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NotTheirs, Outcome, Taken
from bot.exports.who import iso
from bot.exports.writing import Format, written
from dialogs.request import case_file
from dialogs.request.at_table import has_overview
from policy.clocks.working_days import Division
from policy.request.case import Request
from policy.request.dates import Dates, changes, dates_of
from policy.request.kinds import RequestKind
from policy.request.status import status_of
from policy.roles import Role
from storage import cases
from storage.cases import CaseKind

HEADING: Final = (
    *("number", "status", "school", "opened_at", "kind", "requester_kind", "requester", "about", "received_on"),
    *("received_how", "clock", "starts", "due", "outer_due", "target", "extension_notice_by", "extended"),
    *("dates_changed", "held", "tasks_open", "answered_on", "outcome", "closed_at", "words"),
)
_OVERVIEW: Final = frozenset({"requester", "about", "outer_due", "words", "outcome"})  # not the head's (domain 8)


async def taken(session: AsyncSession, asked: Asked, kinds: Collection[RequestKind]) -> Outcome:
    """Everything for the DPO; dates without content for whoever leads the school; nothing of their own case."""
    if Role.DPO not in asked.roles and not await has_overview(session, asked.who, asked.school.id):
        return NotTheirs()
    found = await cases.at_schools(session, [asked.school.id], CaseKind.REQUEST)
    requests = [await case_file.read(session, case.number) for case in found]
    theirs = [each for each in requests if each is not None and not asked.has_part(each.concerned)]
    listed = [request for request in theirs if request.kind in kinds]
    body = rows(
        listed,
        school=asked.school.code,
        division=Division(asked.school.division),
        hidden=frozenset() if Role.DPO in asked.roles else _OVERVIEW,
    )
    return Taken(written(HEADING, body, Format(asked.form)), {"cases": len(body)})


def rows(
    requests: Iterable[Request], *, school: str, division: Division, hidden: frozenset[str] = frozenset()
) -> list[Sequence[object]]:
    """Return the rows under HEADING; days in ISO 8601, `hidden` columns empty."""
    return [
        ["" if column in hidden else cell for column, cell in zip(HEADING, _row(one, school, division), strict=True)]
        for one in requests
    ]


def _row(request: Request, school: str, division: Division) -> Sequence[object]:
    details, dates = request.details, dates_of(request, division=division)
    answer = request.answer
    return (
        request.number,
        status_of(request).value,
        school,
        iso(request.opened_at),
        request.kind.value,
        details.requester_kind,
        details.requester,
        details.about,
        details.received_on.isoformat(),
        details.received_how,
        dates.runs.value,
        _day(dates.starts),
        _day(_due(dates)),
        _day(dates.outer_due),
        _day(dates.target),
        _day(dates.notice_by),
        "yes" if request.extension is not None else "no",
        "; ".join(_change(one.was, one.now, one.reason) for one in changes(request, division=division)),
        "yes" if request.is_held else "no",
        sum(task.done_at is None for task in request.tasks),
        "" if answer is None else _day(answer.sent_on),
        "" if request.decision is None else request.decision.outcome,
        iso(request.ended_at),
        details.words,
    )


def _due(dates: Dates) -> date | None:
    return dates.complaint.acknowledge_by if dates.complaint is not None and dates.due is None else dates.due


def _change(was: date | None, now: date | None, reason: str) -> str:
    return f"{_day(was) or 'none'} to {_day(now) or 'none'}{f': {reason}' if reason else ''}"


def _day(on: date | None) -> str:
    return "" if on is None else on.isoformat()
