"""`my tasks`: what is asked of somebody, never what is in a case beyond that; each with its button."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import waiting
from dialogs.breach import case_file as breach_file
from dialogs.cards.breach_news import dpo_asks_card, task_card, task_done_card
from dialogs.cards.my_tasks import MyTask, my_tasks_card
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.filling.guides import GUIDES, guide_of
from dialogs.known import Known
from dialogs.pressed import number_in
from dialogs.request import case_file as request_file
from dialogs.said import moment
from dialogs.thought import reply
from policy.breach.case import Breach
from policy.breach.kept import Message
from policy.calendar import long_date
from policy.request.case import Request
from policy.request.search import due_on
from storage import cases, drafts, people
from storage.cases import CaseKind


async def card_of(session: AsyncSession, known: Known, *, now: datetime) -> Json:
    """List what is asked of one person at the schools that are theirs now."""
    return my_tasks_card(await tasks_of(session, known, now=now))


async def tasks_of(session: AsyncSession, known: Known, *, now: datetime) -> list[MyTask]:
    """Return each thing to do: forms begun, then tasks and questions of cases, then what waits for a post."""
    return [
        *[one async for one in _forms(session, known)],
        *[one async for one in _of_cases(session, known)],
        *[one async for one in waiting.of_posts(session, known, now=now)],
    ]


async def _forms(session: AsyncSession, known: Known) -> AsyncIterator[MyTask]:
    for draft in await drafts.open_of(session, known.person.id):
        if known.is_at(draft.school_id) and draft.form in GUIDES:
            title = guide_of(draft.form).form(draft.context).title
            line = f"{title}: begun {moment(draft.opened_at)}, not sent yet."
            yield MyTask(line, f"Continue: {title}", Verb.FORM_RESUME, (("draft", draft.id),))


async def _of_cases(session: AsyncSession, known: Known) -> AsyncIterator[MyTask]:
    theirs = [school.id for school in known.schools]
    for case in await cases.at_schools(session, theirs, CaseKind.BREACH, only_open=True):
        breach = await breach_file.read(session, case.number)
        for one in () if breach is None else _of_breach(breach, known.person.id):
            yield one
    for case in await cases.at_schools(session, theirs, CaseKind.REQUEST, only_open=True):
        request = await request_file.read(session, case.number)
        for one in () if request is None else _of_request(request, known.person.id):
            yield one


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Show one's own task of a breach again, or with task 0 the question that its reporter was asked."""
    breach = await breach_file.read(session, number_in(pressed, "case"))
    if breach is None or not known.is_at(breach.school_id):
        return None
    number, person = number_in(pressed, "task"), known.person.id
    question = _question(breach, person)
    if not number and question is not None:
        by = None if question.by is None else await people.by_id(session, question.by)
        name = "The DPO" if by is None else by.display_name
        return reply(dpo_asks_card(case=breach.number, question=question.text, by=name))
    task = next((one for one in breach.tasks if one.number == number and one.owner == person), None)
    if task is None or person in breach.involved:
        return None
    if task.done_at is not None:
        return reply(task_done_card(case=breach.number, what=task.what, note=task.note))
    return reply(task_card(case=breach.number, task=task.number, what=task.what, by="The DPO"))


def _of_breach(breach: Breach, person: int) -> Iterator[MyTask]:
    if _question(breach, person) is not None:
        data: tuple[tuple[str, str | int], ...] = (("case", breach.number), ("task", 0))
        yield MyTask(f"Case {breach.number}: you were asked something.", "Answer it", Verb.TASK_SHOW, data)
    for task in breach.tasks:
        if task.owner == person and task.done_at is None and person not in breach.involved:
            line = f"Case {breach.number}, task {task.number}: something to do now."
            data = (("case", breach.number), ("task", task.number))
            yield MyTask(line, f"Task {task.number} of case {breach.number}", Verb.TASK_SHOW, data)


def _question(breach: Breach, person: int) -> Message | None:
    """Return what the reporter was asked last, and has not answered."""
    last = breach.thread[-1] if breach.thread else None
    return last if last is not None and last.asked and breach.reporter == person else None


def _of_request(request: Request, person: int) -> Iterator[MyTask]:
    if person not in request.involved:
        for task in request.tasks:
            if task.owner == person and task.done_at is None:
                line = f"Case {request.number}, task {task.number}: due {long_date(due_on(task))}."
                data: tuple[tuple[str, str | int], ...] = (("case", request.number), ("task", task.number))
                yield MyTask(line, f"Task {task.number} of case {request.number}", Verb.REQUEST_TASK, data)
    if any(one.person == person and one.confirmed_at is None for one in request.notices):
        line = f"Case {request.number}: please confirm that you delete nothing that could belong to it."
        yield MyTask(line, f"Confirm for case {request.number}", Verb.REQUEST_KEEP, (("case", request.number),))
