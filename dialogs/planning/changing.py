"""The list changed: whoever planned an event with that class is told so, without a name (domain 1.8)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.event_plan import plan_list_changed_card
from dialogs.letters import post
from dialogs.planning import case_file
from dialogs.thought import local_day
from policy.calendar import long_date
from policy.spelling import plain
from storage import people


async def list_changed(session: AsyncSession, *, school_id: int, class_name: str, key: str, now: datetime) -> None:
    """Tell the owners of plans still to come that include a class, once a key."""
    for plan in await case_file.open_at(session, school_id):
        theirs = {plain(name) for name in plan.classes}
        if plain(class_name) not in theirs or not plan.is_ahead or plan.on < local_day(now):
            continue
        owner = await people.by_id(session, plan.owner)
        if owner is not None:
            card = plan_list_changed_card(plan=plan.number, title=plan.title, on=long_date(plan.on))
            told = f"{case_file.subject(plan.number)}/list/{key}"
            await post(session, key=told, to=owner, card=card, about="news", now=now)
