"""Who sees that a form waits for a new one, and what each reads: only who may know causes learns that it does.

The data lead, else the DPO, settles a report. Then they and the office are asked to ask the family for a new form; the
office's card says no more than that.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.refresh import NewFormCard, RefreshCard, new_form_card, no_longer_yours_card, refresh_card
from dialogs.casework.living import keep_current
from dialogs.conversation import Json
from dialogs.said import who_and_when
from policy.calendar import long_date
from policy.refreshing import may_record
from policy.roles import Role
from storage import people, pupils, schools
from storage.people import Person
from storage.refreshes import Refresh, State

_SETTLE: Final = (Role.DATA_LEAD, Role.DPO, Role.HEADTEACHER)  # the head sees it where nobody can settle it
_TODO: Final = (
    "Send the new list to all staff: what may be shown has changed.",  # PHOTO-4.11
    "Until the new form is here I say no to whatever needs this family's yes.",  # PHOTO-B-refresh
)


def subject(number: int) -> str:
    """Say what the letters about a report are about."""
    return f"refresh/{number}"


async def tell(session: AsyncSession, one: Refresh, *, now: datetime) -> None:
    """Send each reader their card, once, and bring those that are out up to date."""
    leads = await _leads(session, one) if one.state is State.REPORTED else ()
    may_have = [each for each in await people.at_school(session, one.school_id) if _may_know(each, one)]
    reports = {person.id: await card_for(session, one, person) for person in may_have}
    await keep_current(
        session,
        subject=subject(one.number),
        readers={person.id: person for person in leads},
        card=lambda person: reports.get(person) or no_longer_yours_card(),
        about="task",
        now=now,
    )
    if one.state is not State.RECORDED:
        return
    readers = {person.id: person for person in await askers(session, one)}
    forms = {number: await new_form_card_for(session, one, person) for number, person in readers.items()}
    await keep_current(
        session,
        subject=f"{subject(one.number)}/form",
        readers=readers,
        card=lambda person: forms.get(person) or no_longer_yours_card(),
        about="task",
        now=now,
    )


async def askers(session: AsyncSession, one: Refresh) -> tuple[Person, ...]:
    """Return who is to ask the family: the office, and whoever settles such reports."""
    found = {person.id: person for person in await people.holding(session, one.school_id, Role.OFFICE)}
    return tuple((found | {person.id: person for person in await _leads(session, one)}).values())


async def card_for(session: AsyncSession, one: Refresh, person: Person) -> Json:
    """Draw the report for somebody who may settle it; nothing of it for anybody else."""
    if not _may_know(person, one):
        return no_longer_yours_card()
    done = await who_and_when(session, one.settled_by, one.settled_at)
    note = {State.REPORTED: "", State.RECORDED: f"Recorded: {done}", State.MISTAKEN: f"The form stands: {done}"}
    settles = one.state is State.REPORTED and may_record(person.roles_at(one.school_id))
    return refresh_card(RefreshCard(one.number, await _facts(session, one), can_settle=settles, note=note[one.state]))


async def new_form_card_for(session: AsyncSession, one: Refresh, person: Person) -> Json:
    """Draw the request to ask the family; what else is to be done stands on the card of who may know why."""
    asked = await who_and_when(session, one.asked_by, one.asked_at)
    return new_form_card(
        NewFormCard(
            one.number,
            await _pupil(session, one),
            long_date(one.heard_on),
            todo=_TODO if _may_know(person, one) else (),
            can_ask=not asked,
            note=f"Family asked: {asked}" if asked else "",
        )
    )


def _may_know(person: Person, one: Refresh) -> bool:
    return not person.roles_at(one.school_id).isdisjoint(_SETTLE)


async def _leads(session: AsyncSession, one: Refresh) -> tuple[Person, ...]:
    for role in _SETTLE:
        if holders := await people.holding(session, one.school_id, role):
            return holders
    return ()


async def _facts(session: AsyncSession, one: Refresh) -> tuple[tuple[str, str], ...]:
    school = await schools.by_id(session, one.school_id)
    return (
        ("Pupil", await _pupil(session, one)),
        ("School", "" if school is None else school.name),
        ("Heard on", long_date(one.heard_on)),
        ("Reported", await who_and_when(session, one.reported_by, one.reported_at)),
    )


async def _pupil(session: AsyncSession, one: Refresh) -> str:
    pupil = next(iter(await pupils.by_ids(session, [one.pupil_id])), None)
    return "" if pupil is None else f"{pupil.display_name}, {pupil.class_name}"
