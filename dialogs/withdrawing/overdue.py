"""Stored pictures that should be gone: a day after a withdrawal went on record its removal is overdue (PHOTO-9.5)."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.letters import post
from dialogs.withdrawing import telling
from storage import outbox, withdrawals

_A_DAY: Final = timedelta(hours=24)


async def late(session: AsyncSession, *, now: datetime) -> tuple[int, ...]:
    """Return the withdrawals whose removal is overdue and of which nobody was reminded."""
    found = []
    for number in await withdrawals.unremoved(session, before=now - _A_DAY):
        one = await withdrawals.by_number(session, number)
        reminded = await outbox.of_subject(session, _subject(number))
        if one is not None and not reminded and await telling.leads(session, one):
            found.append(number)
    return tuple(found)


async def remind(session: AsyncSession, number: int, *, now: datetime) -> None:
    """Remind whoever sees to it, once, if it is still to do."""
    one = await withdrawals.by_number(session, number, hold=True)
    if one is None or one.removed_at is not None:
        return
    for lead in await telling.leads(session, one):
        card = await telling.after_card_for(session, one, lead)
        key = f"{_subject(number)}/{lead.id}"
        await post(session, key=key, to=lead, card=card, about="reminder", now=now, subject=_subject(number))


def _subject(number: int) -> str:
    return f"{telling.subject(number)}/overdue"
