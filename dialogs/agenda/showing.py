"""`calendar` in chat: one card, week by week, of all the schools that one may read it of."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.agenda.gathering import entries, may_read
from dialogs.breach import acting as breaches
from dialogs.cards.agenda import ENTRY, agenda_card, no_agenda_card
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.planning import acting as plans
from dialogs.pressed import words_in
from dialogs.request import acting as requests
from dialogs.thought import local_day
from policy.agenda import Entry, Opens, by_week, coming

Show: TypeAlias = Callable[[Desk, AsyncSession, Known, Pressed, Turn], Awaitable[Reply | None]]

_SHOWN_BY: Final[Mapping[str, tuple[Verb, str, Show]]] = {
    Opens.BREACH: (Verb.BREACH_SHOW, "case", breaches.show),
    Opens.REQUEST: (Verb.REQUEST_SHOW, "case", requests.show),
    Opens.PLAN: (Verb.PLAN_SHOW, "plan", plans.show),
}


async def chosen(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Open what was chosen from the list, as its own button would: each looks at the presser itself."""
    kind, _, number = words_in(pressed, ENTRY).partition("/")
    if kind not in _SHOWN_BY:
        return None
    verb, key, show = _SHOWN_BY[kind]
    return await show(desk, session, known, Pressed(verb, {key: number}), turn)


async def card_of(session: AsyncSession, known: Known, turn: Turn) -> Json:
    """Draw it as it is now."""
    found: list[Entry] = []
    theirs = [school for school in known.schools if await may_read(session, known.person, school)]
    if not theirs:
        return no_agenda_card()
    for school in theirs:
        found += await entries(session, known.person, school, now=turn.now)
    weeks = by_week(coming(found, today=local_day(turn.now)))
    return agenda_card(weeks, codes=[school.code for school in theirs], email=known.person.email)
