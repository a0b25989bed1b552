"""Colleagues who help with a request: their task shown and done, and that they keep everything, confirmed."""

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.request_task import request_kept_card, request_task_done_card
from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.pressed import number_in, words_in
from dialogs.request import case_file, telling
from dialogs.request.acting import note
from dialogs.request.at_table import table_of
from dialogs.request.following import task_card
from dialogs.request.refusing import refused_to
from dialogs.thought import instead, reply
from policy.request.case import Request
from policy.request.events import Event, Happened
from policy.request.kept import Task
from policy.request.steps import Step
from storage import people


async def task(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Show somebody's own task again."""
    found = await _own_task(session, known, pressed)
    if found is None:
        return None
    request, theirs = found
    if theirs.done_at is not None:
        return reply(request_task_done_card(case=request.number, what=theirs.what, note=theirs.note))
    set_by = next(
        event.actor
        for event in request.history
        if event.kind is Happened.TASK_SET and event.data["task"] == theirs.number
    )
    by = None if set_by is None else await people.by_id(session, set_by)
    return reply(task_card(request, theirs, by="The DPO" if by is None else by.display_name))


async def task_done(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see task
    """Note that a task is done, and whether anything was found."""
    found = await _own_task(session, known, pressed)
    if found is None:
        return None
    request, theirs = found
    if theirs.done_at is not None:
        return instead(reply(request_task_done_card(case=request.number, what=theirs.what, note=theirs.note)))
    words = words_in(pressed, "note").strip()
    data = {"task": theirs.number, "found": words_in(pressed, "found"), "note": words}
    at_table = await table_of(session, request)
    refused = refused_to(request, Step.FINISH_TASK, at_table, known.person.id, turn, data=data)
    if refused is not None:
        return Reply(text=refused)
    request = await case_file.add(
        session, request, Event(Happened.TASK_DONE, turn.now, known.person.id, data), now=turn.now
    )
    await telling.tell(session, request, now=turn.now, note=f"Task {theirs.number} is done.")
    if theirs.owner not in at_table.seats:
        await telling.news_to_dpo(session, request, f"Task {theirs.number} is done.", turn=turn)
    await note(session, request, known.person.id, "request.task_done", turn)
    return instead(reply(request_task_done_card(case=request.number, what=theirs.what, note=words)))


async def keep(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see task
    """Note that somebody has read that they delete nothing (SAR-8.1.3)."""
    request = await case_file.read(session, number_in(pressed, "case"), hold=True)
    person = known.person.id
    if request is None or all(one.person != person for one in request.notices):
        return None
    at_table = await table_of(session, request)
    if refused_to(request, Step.CONFIRM_NOTICE, at_table, person, turn, data={}) is None:
        confirmed = Event(Happened.NOTICE_CONFIRMED, turn.now, person)
        request = await case_file.add(session, request, confirmed, now=turn.now)
        await telling.tell(session, request, now=turn.now)
        await note(session, request, person, "request.notice_confirmed", turn)
    return instead(reply(request_kept_card(case=request.number)))


async def _own_task(session: AsyncSession, known: Known, pressed: Pressed) -> tuple[Request, Task] | None:
    """Return the request, held, and the presser's own task in it; None for anybody else's."""
    request = await case_file.read(session, number_in(pressed, "case"), hold=True)
    theirs = None if request is None else request.task(number_in(pressed, "task"))
    if request is None or theirs is None or theirs.owner != known.person.id or known.person.id in request.involved:
        return None
    if not known.is_at(request.school_id):  # a card kept from a school that they have left
        return None
    return request, theirs
