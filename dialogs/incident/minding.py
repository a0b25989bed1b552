"""An incident that became due: nobody is on it, so everybody who has it is reminded and the next in line is told."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.desk import Desk
from dialogs.incident import case_file, telling
from dialogs.incident.at_table import table_of
from dialogs.incident.case_file import happened
from policy.incident.events import Happened
from policy.incident.kinds import URGENT
from policy.incident.nudges import WORDS, due
from storage.outbox import Letter
from storage.people import Person


async def mind(desk: Desk, session: AsyncSession, number: int, now: datetime) -> None:  # noqa: ARG001  every kind's minder has this shape
    """Send what a case owes, and note that it was sent."""
    incident = await case_file.read(session, number, hold=True)
    if incident is None:
        return
    rounds = due(incident, now, quiet=case_file.QUIET)
    if not rounds:
        await case_file.settle(session, incident)
        await telling.tell(session, incident, now=now)  # somebody may stand in since
        return
    at_table = await table_of(session, incident)
    following = at_table.after(incident, told=at_table.seats.keys())
    words = WORDS[incident.kind in URGENT]
    await telling.remind(session, incident, at_table, key=f"nudge/{rounds[-1].key}", words=words, now=now)
    events = [happened(Happened.NUDGED, now, None, milestone=one.key) for one in rounds]
    events += [happened(Happened.PASSED_ON, now, None, person=person.id) for person in following]
    incident = await case_file.add(session, incident, *events)
    await telling.tell(session, incident, now=now, note="Nobody is on this yet, so more people have it now.")


async def pass_on(session: AsyncSession, number: int, person: Person, letter: Letter, now: datetime) -> None:  # noqa: ARG001  as for a breach
    """Seat the next in line for somebody who cannot be reached (contract 5)."""
    incident = await case_file.read(session, number, hold=True)
    if incident is None or person.id in incident.unreached:
        return
    at_table = await table_of(session, incident)
    events = [happened(Happened.UNDELIVERABLE, now, None, person=person.id)]
    if person.id in at_table.seats:
        following = at_table.after(incident, told={*at_table.seats, *incident.unreached})
        events += [happened(Happened.PASSED_ON, now, None, person=one.id) for one in following]
    incident = await case_file.add(session, incident, *events)
    await telling.tell(session, incident, now=now, note="Somebody who had this could not be reached.")
