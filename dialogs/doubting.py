"""Where the clock seems to have jumped, deletion by age waits for the DPO's word that today's date is right."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.as_text import as_text
from dialogs.cards.doubted_clock import clock_settled_card, doubted_clock_card
from dialogs.casework.staff import posts_of
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.letters import post
from dialogs.pressed import words_in
from dialogs.thought import instead, reply
from policy.breach.seats import LINES, Seat, seated
from policy.calendar import long_date
from policy.clocks.local_time import london
from policy.nights import GAP, has_jumped
from storage import audit, outbox, retaining, schools
from storage.database import Database
from storage.handovers import as_of
from storage.people import Person
from storage.upkeep import nights

_SUBJECT: Final = "retention/clock"


async def ask(db: Database, *, now: datetime, last: datetime) -> None:
    """Write to whoever sits in a DPO's seat, once a month for as long as it is so."""
    async with db.read() as session:
        as_of(session, now)
        deciders = await _deciders(session, [school.id for school in await schools.schools(session)])
    card, month = _card(now, last), f"{london(now):%Y-%m}"
    async with db.write() as session:
        as_of(session, now)
        for person in deciders.values():
            key = f"{_SUBJECT}/{month}/{person.id}"
            await post(session, key=key, to=person, card=card, about="review", now=now, subject=_SUBJECT)


async def confirm(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Take the DPO's word for it: today counts as a night that is known, and the next ones follow from it."""
    asked_on, today = _day(words_in(pressed, "day")), london(turn.now).date()
    if asked_on is None or not await _decides(session, known):
        return None
    moments = await nights(session, now=turn.now)
    if has_jumped(moments):
        if not asked_on <= today <= asked_on + GAP:  # they looked at another date than the clock shows now
            return instead(reply(_card(turn.now, moments[1])))
        await retaining.finish_run(session, today, now=turn.now)
        details = {"day": today.isoformat(), "last": moments[1].isoformat()}
        who = f"person/{known.person.id}"
        await audit.record(session, who, "retention.clock_confirmed", _SUBJECT, details, now=turn.now)
    card = clock_settled_card()
    for letter in await outbox.of_subject(session, _SUBJECT):
        await outbox.revise(session, letter.key, card=card, text=as_text(card), now=turn.now)
    return instead(reply(card))


async def waits(session: AsyncSession, known: Known, *, now: datetime) -> bool:
    """Whether deletion waits for this person's word."""
    return has_jumped(await nights(session, now=now)) and await _decides(session, known)


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see confirm
    """Ask again, with today's date, or say that it is settled."""
    if not await _decides(session, known):
        return None
    moments = await nights(session, now=turn.now)
    return reply(_card(turn.now, moments[1]) if has_jumped(moments) else clock_settled_card())


def _card(now: datetime, last: datetime) -> Json:
    today = london(now).date()
    return doubted_clock_card(day=today.isoformat(), today=long_date(today), last=long_date(london(last).date()))


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


async def _decides(session: AsyncSession, known: Known) -> bool:
    return known.person.id in await _deciders(session, [each.id for each in known.schools])


async def _deciders(session: AsyncSession, school_ids: Iterable[int]) -> dict[int, Person]:
    """Return whoever is the DPO of any of these schools, or stands in where there is none."""
    found: dict[int, Person] = {}
    for school in school_ids:
        staff = await posts_of(session, school, named=())
        found |= {person: staff.known[person] for person in seated(LINES[Seat.DPO], staff.holders, ())}
    return found
