"""A plan that became due: the list once more on the morning, and the pictures off the camera within seven days."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.desk import Desk
from dialogs.letters import post
from dialogs.planning import case_file, showing
from dialogs.planning.case_file import event
from policy.planning.plan import LATE, Happened, Plan, State, due

_TODAY: Final = "Today is the day: this is the list as of now. Please use this one and no older one."
_NOT_APPROVED: Final = (
    "Today is the day, but the school's check is missing: please take no pictures before it is there."
)
_LATE: Final = "The seven days are over, and I have not heard that the pictures are off the camera."


async def mind(desk: Desk, session: AsyncSession, number: int, now: datetime) -> None:
    """Send what a plan owes, once: after an outage the latest reminder alone."""
    plan = await case_file.read(session, number, hold=True)
    if plan is None:
        return
    keys = due(plan, now)
    events = [event(Happened.REMINDED, now, None, key=key) for key in keys]
    if "day" in keys and plan.state is State.APPROVED:
        events.append(event(Happened.DAY_CHECKED, now, None))
    plan = await case_file.add(session, plan, *events)
    seen = await showing.see(desk, session, plan, now=now) if keys else None
    if seen is None:
        return
    note = _note(plan, keys[-1])
    await showing.tell_owner(desk, session, seen, key=f"reminder/{keys[-1]}", note=note, about="reminder")
    await showing.tell(desk, session, seen)
    for person in seen.approvers if keys[-1] == LATE else ():
        card = await showing.card_for(desk, session, seen, person, note=_LATE)
        key = f"{case_file.subject(plan.number)}/{plan.revision}/late/{person.id}"
        await post(session, key=key, to=person, card=card, about="reminder", now=now)


def _note(plan: Plan, key: str) -> str:
    if key == "day":
        return _TODAY if plan.state is State.DAY_CHECK else _NOT_APPROVED
    if key == LATE:
        return _LATE
    match plan.state:
        case State.AWAITING | State.CHANGE_ASKED:
            return "The day is over without the school's check. If no pictures were taken, please call it off."
        case State.DOWNLOADED:
            return "Is the camera cleared? Then please press the button."
        case State.DONE:
            return "Please download the pictures within seven days of the event, and clear the camera."
        case _:
            return "Did it take place? Please download the pictures within seven days, and clear the camera."
