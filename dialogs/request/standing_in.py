"""The DPO of a request cannot be reached: the next in line stands in, and sees all of it (contract 5)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.request import case_file, telling
from dialogs.request.at_table import table_of
from policy.breach.seats import Seat
from policy.request.events import Event, Happened
from storage.outbox import Letter
from storage.people import Person


async def stand_in(session: AsyncSession, person: Person, letter: Letter, now: datetime) -> None:
    """Note that somebody did not get a letter about a request, and seat the next in line for a DPO."""
    number = telling.number_of(letter.subject)
    request = None if number is None else await case_file.read(session, number, hold=True)
    if request is None or person.id in request.unreached:
        return
    at_table = await table_of(session, request)
    events = [Event(Happened.UNDELIVERABLE, now, None, {"person": person.id, "letter": letter.key})]
    sitting = {one.id for one in at_table.sitting(Seat.DPO)}
    if person.id in sitting:
        told = {*sitting, *request.unreached, *request.stand_ins}
        following = at_table.after(request, told=told)
        events += [Event(Happened.PASSED_ON, now, None, {"person": one.id}) for one in following]
    request = await case_file.add(session, request, *events, now=now)
    await telling.tell(session, request, now=now, note=f"{person.display_name} could not be reached.")
