"""A reminder that is put off, or done with, on the reminder itself; the last day in law comes all the same."""

from datetime import timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.request_nudge import request_snoozed_card
from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.pressed import number_in, words_in
from dialogs.request import case_file
from dialogs.request.at_table import sees_dates, table_of
from dialogs.request.refusing import refused_to
from dialogs.thought import instead, reply
from policy.calendar import long_date
from policy.clocks.working_days import Division
from policy.request.case import Request
from policy.request.dates import day_of
from policy.request.events import Event, Happened
from policy.request.ladder import morning
from policy.request.milestones import planned
from policy.request.steps import Step

_MOST: Final = 12  # lines of one reminder: no card of ours has more
_DAYS: Final = frozenset({1, 3})


async def snooze(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Remind again in some days, in the morning."""
    days = number_in(pressed, "days")
    if days not in _DAYS:
        return None
    until = morning(day_of(turn.now) + timedelta(days))
    said = f"I'll remind you again on {long_date(day_of(until))}. A last day in law comes all the same."
    step, kind = Step.SNOOZE, Happened.SNOOZED
    return await _each(
        session, known, pressed, turn, step=step, kind=kind, more={"until": until.isoformat()}, said=said
    )


async def settle(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see snooze
    """Be done with a reminder."""
    said = "Done with. I won't remind you of this again."
    return await _each(session, known, pressed, turn, step=Step.SETTLE, kind=Happened.SETTLED, more={}, said=said)


async def _each(
    session: AsyncSession,
    known: Known,
    pressed: Pressed,
    turn: Turn,
    *,
    step: Step,
    kind: Happened,
    more: dict[str, str],
    said: str,
) -> Reply | None:
    """Do it for each line of the reminder that the case has and this person may."""
    request = await case_file.read(session, number_in(pressed, "case"), hold=True)
    person = known.person.id
    if request is None:
        return None
    at_table = await table_of(session, request)
    if not sees_dates(at_table, person) and all(task.owner != person for task in request.tasks):
        return None
    refused, taken = "", 0
    for line in _lines(request, pressed, turn, at_table.staff.division):
        data = {"line": line, **more}
        why = refused_to(request, step, at_table, person, turn, data=data)
        if why is None and not _is_done(request, kind, data):
            request = await case_file.add(session, request, Event(kind, turn.now, person, data), now=turn.now)
        refused, taken = refused or why or "", taken + (why is None)
    if taken == 0:
        return instead(reply(request_snoozed_card(case=request.number, words=(refused or "That is over already.",))))
    return instead(reply(request_snoozed_card(case=request.number, words=(said,))))


def _lines(request: Request, pressed: Pressed, turn: Turn, division: Division) -> tuple[str, ...]:
    """Return the lines of the press that the request still reminds of: nothing else can be put off."""
    known = {one.line for one in planned(request, turn.now, division=division)}
    said = dict.fromkeys(words_in(pressed, "lines").split()[:_MOST])
    return tuple(line for line in said if line in known)


def _is_done(request: Request, kind: Happened, data: dict[str, str]) -> bool:
    """Whether the same was pressed before."""
    line = data["line"]
    if kind is Happened.SETTLED:
        return line in request.settled
    before = request.snoozed.get(line)
    return before is not None and before.until.isoformat() == data["until"]
