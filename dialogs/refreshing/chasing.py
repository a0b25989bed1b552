"""New forms that nobody asked for a day after it was put on record, and those not back after two weeks (PHOTO-4.9)."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.letters import post
from dialogs.refreshing import telling
from storage import outbox, refreshes
from storage.refreshes import Refresh

_UNASKED_AFTER: Final = timedelta(days=1)
_OUT_AFTER: Final = timedelta(days=14)


async def late(session: AsyncSession, *, now: datetime) -> tuple[int, ...]:
    """Return the reports of whose new form somebody is to be reminded, and has not been."""
    found = []
    for one in await refreshes.waiting(session, before=now - _UNASKED_AFTER):
        step = _step(one, now)
        if step and not await outbox.of_subject(session, _subject(one, step)) and await telling.askers(session, one):
            found.append(one.number)
    return tuple(found)


async def remind(session: AsyncSession, number: int, *, now: datetime) -> None:
    """Remind whoever is to ask the family, once a step, if the form is still not here."""
    await refreshes.by_number(session, number, hold=True)
    waiting = await refreshes.waiting(session, before=now - _UNASKED_AFTER)
    one = next((each for each in waiting if each.number == number), None)
    step = "" if one is None else _step(one, now)
    if one is None or not step:
        return
    for person in await telling.askers(session, one):
        card = await telling.new_form_card_for(session, one, person)
        key = f"{_subject(one, step)}/{person.id}"
        await post(session, key=key, to=person, card=card, about="reminder", now=now, subject=_subject(one, step))


def _step(one: Refresh, now: datetime) -> str:
    if one.settled_at is not None and one.settled_at <= now - _OUT_AFTER:
        return "out"
    return "" if one.asked_at is not None else "unasked"


def _subject(one: Refresh, step: str) -> str:
    return f"{telling.subject(one.number)}/{step}"
