"""A case that became due: who is reminded of what, once (domain 2.5)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import case_file, telling
from dialogs.breach.at_table import Table
from dialogs.cards.breach_nudge import breach_chaser_card, breach_nudge_card
from dialogs.letters import post
from policy.breach.case import Breach
from policy.breach.events import Event, Happened
from policy.breach.milestones import To
from policy.breach.nudges import Nudge, covered, earned
from policy.breach.seats import Seat
from storage.people import Person


async def mind(session: AsyncSession, number: int, now: datetime) -> None:
    """Send what a case owes, note that it was sent, and bring its cards' hours up to date."""
    breach = await case_file.read(session, number, hold=True)
    if breach is None:
        return
    nudges = earned(breach, now, quiet=case_file.QUIET)
    events = [Event(Happened.NUDGED, now, None, {"milestone": key}) for key in covered(nudges)]
    at_table = await telling.tell(session, breach, now=now)
    for nudge in nudges:
        if nudge.to is To.NEXT:
            events += await _pass_on(session, breach, at_table, nudge, now=now)
        else:
            await _send(session, breach, nudge, _addressees(at_table, breach, nudge.to), now=now)
    breach = await case_file.add(session, breach, *events, now=now)
    if any(event.kind is Happened.PASSED_ON for event in events):
        await telling.tell(session, breach, now=now, note="Nobody has acknowledged this yet, so it comes to you too.")


async def _pass_on(
    session: AsyncSession, breach: Breach, at_table: Table, nudge: Nudge, *, now: datetime
) -> list[Event]:
    """Bring in the next in line; whoever leads the school and has the case already is reminded of it."""
    told = {person.id for person in at_table.sitting(Seat.DPO)}
    following = at_table.after(breach, told=told)
    await _send(session, breach, nudge, (*following, *at_table.sitting(Seat.LEADER)), now=now)
    return [Event(Happened.PASSED_ON, now, None, {"person": person.id}) for person in following]


def _addressees(at_table: Table, breach: Breach, to: To) -> tuple[Person, ...]:
    match to:
        case To.REPORTER:
            return tuple(person for person in (at_table.known.get(breach.reporter),) if person is not None)
        case To.DPO:
            return at_table.sitting(Seat.DPO)
        case To.LEADER:
            return at_table.sitting(Seat.LEADER)
        case To.NEXT:
            return ()


async def _send(
    session: AsyncSession, breach: Breach, nudge: Nudge, people: Iterable[Person], *, now: datetime
) -> None:
    draw = breach_chaser_card if nudge.to is To.REPORTER else breach_nudge_card
    subject, milestone = telling.subject(breach.number), nudge.milestones[-1]
    for person in dict.fromkeys(people):
        await post(
            session,
            key=f"{subject}/nudge/{milestone}/{person.id}",
            to=person,
            card=draw(case=breach.number, words=nudge.words),
            about="reminder",
            now=now,
            subject=subject,
        )
