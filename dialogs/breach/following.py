"""What a step sets off besides the case's own cards: a question to the reporter, a task to its owner."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import telling
from dialogs.cards.breach_news import dpo_asks_card, task_card
from dialogs.letters import post
from policy.breach.case import Breach
from policy.breach.events import Event, Happened
from storage import people
from storage.people import Person


async def follow(session: AsyncSession, breach: Breach, event: Event, by: Person, *, now: datetime) -> None:
    """Write the letters that a step asks for, in its transaction."""
    match event.kind:
        case Happened.ASKED:
            card = dpo_asks_card(case=breach.number, question=event.data["text"], by=by.display_name)
            await telling.tell_reporter(session, breach, card, key=f"asked/{breach.events}", now=now, about="question")
        case Happened.TASK_SET:
            await _task(session, breach, event, by, now=now)
        case _:
            return


async def _task(session: AsyncSession, breach: Breach, event: Event, by: Person, *, now: datetime) -> None:
    owner = await people.by_id(session, event.data["owner"])
    if owner is None:
        return
    number = event.data["task"]
    card = task_card(case=breach.number, task=number, what=event.data["what"], by=by.display_name)
    about = telling.subject(breach.number)
    await post(session, key=f"{about}/task/{number}", to=owner, card=card, about="task", now=now, subject=about)
