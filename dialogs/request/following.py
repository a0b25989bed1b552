"""What a step sets off besides the request's own cards: a task to its owner, a word to whoever holds data."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.request_news import request_news_card
from dialogs.cards.request_task import request_keep_card, request_task_card
from dialogs.conversation import Json
from dialogs.letters import post
from dialogs.request import telling
from policy.calendar import long_date
from policy.request.case import Request
from policy.request.events import Event, Happened
from policy.request.kept import Task
from policy.request.search import KEEP, TASK_LABELS, TaskKind, due_on, is_search
from storage import people
from storage.people import Person

_KEEP: tuple[str, ...] = (
    "Somebody has asked for their data, and some of it may be with you: e-mail, files, notes, messages.",
    KEEP,
)
_RELEASED = "You were asked to delete nothing for this request. That is over now; thank you for keeping to it."


async def follow(session: AsyncSession, request: Request, event: Event, by: Person, *, now: datetime) -> None:
    """Write the letters that a step asks for, in its transaction."""
    data = event.data
    match event.kind:
        case Happened.TASK_SET:
            await send_task(session, request, int(data["task"]), by, key="set", now=now)
        case Happened.TASK_CHASED:
            key = f"chased/{request.events}"
            await send_task(session, request, int(data["task"]), by, key=key, now=now, note="A reminder, please.")
        case Happened.NOTICE_SENT:
            card = request_keep_card(case=request.number, by=by.display_name, words=_KEEP)
            await _send(
                session, request, int(data["person"]), card, key=f"keep/{request.events}", about="task", now=now
            )
        case Happened.HOLD_RELEASED:
            card = request_news_card(case=request.number, news=_RELEASED)
            for notice in request.notices:
                key = f"released/{request.events}/{notice.person}"
                await _send(session, request, notice.person, card, key=key, about="news", now=now)
        case _:
            return


async def send_task(
    session: AsyncSession, request: Request, number: int, by: Person, *, key: str, now: datetime, note: str = ""
) -> None:
    """Send a task to its owner."""
    task = request.task(number)
    if task is not None:
        card = task_card(request, task, by=by.display_name, note=note)
        await _send(session, request, task.owner, card, key=f"task/{number}/{key}", about="task", now=now)


def task_card(request: Request, task: Task, *, by: str, note: str = "") -> Json:
    """Draw a task for its owner: what the DPO wrote, and nothing else of the request."""
    return request_task_card(
        case=request.number,
        task=task.number,
        kind=TASK_LABELS[TaskKind(task.kind)],
        what=task.what,
        by=by,
        due=long_date(due_on(task)),
        keep=KEEP,
        searches=is_search(task.kind),
        note=note,
    )


async def _send(
    session: AsyncSession, request: Request, person: int, card: Json, *, key: str, about: str, now: datetime
) -> None:
    to = await people.by_id(session, person)
    if to is not None:
        case = telling.subject(request.number)
        await post(session, key=f"{case}/{key}", to=to, card=card, about=about, now=now, subject=case)
