"""Somebody whom Teams will not deliver to: a task for the DPO, and the next in line gets the case (contract 5)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import case_file, telling
from dialogs.breach.at_table import table_of
from dialogs.cards.as_text import as_text
from dialogs.cards.breach_news import unreached_card
from dialogs.incident import minding
from dialogs.incident import telling as incidents
from dialogs.letters import post
from dialogs.request.standing_in import stand_in
from policy.breach.events import Event, Happened
from policy.roles import Role
from storage import mailed, outbox, people
from storage.database import Database
from storage.handovers import as_of
from storage.outbox import Letter
from storage.people import Person

_LINE: Final = (Role.DPO, Role.HEADTEACHER, Role.ACADEMY_LEADER, Role.SLT)  # the DPO, then a deputy, then the head
_TASK: Final = "unreached/"
_WHAT: Final = "A message of mine"


async def pass_on(session: AsyncSession, letter: Letter, reason: str, now: datetime) -> None:  # noqa: ARG001  what Teams said is kept with the letter
    """See to a letter that cannot be delivered, in the transaction that gives it up."""
    as_of(session, now)
    person = await people.by_aad(session, letter.addressee)
    if person is None:
        return
    number, incident = telling.number_of(letter.subject), incidents.number_of(letter.subject)
    if number is not None:
        await _case(session, number, person, letter, now)
    if incident is not None:
        await minding.pass_on(session, incident, person, letter, now)
    await stand_in(session, person, letter, now)
    for school in person.memberships:
        following = await _next(session, school.school_id, person, letter)
        for somebody in following:
            key, card = f"{_tasks_about(letter.key)}{somebody.id}", unreached_card(who=person.display_name, what=_WHAT)
            await post(session, key=key, to=somebody, card=card, about="task", now=now)
        if following:
            return


async def say_mailed(db: Database, key: str, addressee: str, *, now: datetime) -> None:
    """Add to the cards about somebody who could not be reached that a mail went out to them.

    A transaction each: two replicas that mail different people may have to amend the same cards.
    """
    async with db.read() as session:
        person = await people.by_aad(session, addressee)
        tasks = await mailed.cards_under(session, _tasks_about(key))
    if person is None:
        return
    before = unreached_card(who=person.display_name, what=_WHAT)
    after = unreached_card(who=person.display_name, what=_WHAT, mailed=True)
    for task, card in tasks:
        if card == before:  # others are about whoever came before or after in the line
            async with db.write() as session:
                await outbox.revise(session, task, card=after, text=as_text(after), now=now)


def _tasks_about(key: str) -> str:
    """Give what the keys of the tasks about a letter begin with, also where the letter is such a task itself."""
    return f"{_TASK}{key.removeprefix(_TASK).rpartition('>')[0] or key}>"


async def _case(session: AsyncSession, number: int, person: Person, letter: Letter, now: datetime) -> None:
    """Seat the next in line for somebody at the table who cannot be reached."""
    breach = await case_file.read(session, number, hold=True)
    if breach is None or person.id in breach.unreached:
        return
    at_table = await table_of(session, breach, now=now)
    events = [Event(Happened.UNDELIVERABLE, now, None, {"person": person.id, "letter": letter.key})]
    if person.id in at_table.seats:
        told = {*at_table.seats, *breach.unreached, *breach.stand_ins}
        following = at_table.after(breach, told=told)
        events += [Event(Happened.PASSED_ON, now, None, {"person": one.id}) for one in following]
    breach = await case_file.add(session, breach, *events, now=now)
    await telling.tell(session, breach, now=now, note=f"{person.display_name} could not be reached.")


async def _next(session: AsyncSession, school_id: int, person: Person, letter: Letter) -> Sequence[Person]:
    """Return who is told: everybody of the first post in line behind this person, or before, who is not this person."""
    posts = [await people.holding(session, school_id, role) for role in _LINE]
    if letter.key.startswith(_TASK):  # they were told of somebody else: it goes on from them
        mine = [n for n, holders in enumerate(posts) if any(one.id == person.id for one in holders)]
        posts = posts[max(mine, default=len(posts)) + 1 :]
    for holders in posts:
        others = tuple(one for one in holders if one.id != person.id)
        if others:
            return others
    return ()
