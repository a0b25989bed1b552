"""A case that became due: who is reminded of what, once (domain 2.5)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import case_file, telling
from dialogs.cards.breach_nudge import breach_chaser_card, breach_nudge_card
from dialogs.casework.tables import Table
from dialogs.desk import Desk
from dialogs.letters import post
from policy.breach.case import Breach
from policy.breach.events import Event, Happened
from policy.breach.milestones import To
from policy.breach.nudges import Nudge, covered, earned, per_person
from policy.breach.seats import Seat
from storage import schools
from storage.people import Person


async def mind(desk: Desk, session: AsyncSession, number: int, now: datetime) -> None:
    """Send what a case owes, note that it was sent, and bring its cards' hours up to date."""
    breach = await case_file.read(session, number, hold=True)
    if breach is None:
        return
    school = await schools.by_id(session, breach.school_id)
    quiet = desk.rules.quiet_hours if school is None else desk.rules_at(school).quiet_hours
    nudges = earned(breach, now, quiet=quiet)
    events = [Event(Happened.NUDGED, now, None, {"milestone": key}) for key in covered(nudges)]
    at_table = await telling.tell(session, breach, now=now)
    sitting = {
        To.REPORTER: (breach.reporter,),
        To.DPO: tuple(person.id for person in at_table.sitting(Seat.DPO)),
        To.LEADER: tuple(person.id for person in at_table.sitting(Seat.LEADER)),
        To.NEXT: _next(breach, at_table),
    }
    brought_in = [person for person in sitting[To.NEXT] if any(nudge.to is To.NEXT for nudge in nudges)]
    events += [Event(Happened.PASSED_ON, now, None, {"person": person}) for person in brought_in]
    for person, nudge in per_person(nudges, sitting).items():
        await _send(session, breach, nudge, at_table.known.get(person), now=now)
    breach = await case_file.add(session, breach, *events, now=now, quiet=quiet)
    if any(event.kind is Happened.PASSED_ON for event in events):
        await telling.tell(session, breach, now=now, note="Nobody has acknowledged this yet, so it comes to you too.")


def _next(breach: Breach, at_table: Table) -> tuple[int, ...]:
    """Return who comes after whoever sits in the DPO's seat: a deputy, then the head (domain 2.5)."""
    told = {person.id for person in at_table.sitting(Seat.DPO)}
    return tuple(person.id for person in at_table.after(breach, told=told))


async def _send(session: AsyncSession, breach: Breach, nudge: Nudge, person: Person | None, *, now: datetime) -> None:
    if person is None:
        return
    draw = breach_chaser_card if nudge.to is To.REPORTER else breach_nudge_card
    subject = telling.subject(breach.number)
    await post(
        session,
        key=f"{subject}/nudge/{nudge.milestones[-1]}/{person.id}",
        to=person,
        card=draw(case=breach.number, words=nudge.words),
        about="reminder",
        now=now,
        subject=subject,
    )
