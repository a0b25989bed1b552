"""Who sees a withdrawal, and what each of them reads: cards that are sent once and stay true where they are."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.withdrawal import AfterCard, WithdrawalCard, withdrawal_after_card, withdrawal_card
from dialogs.casework.living import keep_current
from dialogs.conversation import Json
from dialogs.letters import post
from dialogs.said import who_and_when
from policy.calendar import academic_year, long_date
from policy.images import Medium, Use
from policy.labels import media_label, use_label
from policy.photos.uses import PUBLICATION
from policy.refreshing import may_record as may_refresh
from policy.roles import Role
from policy.withdrawal import METHODS, in_words, may_record
from storage import people, pupils, schools, withdrawals
from storage.people import Person
from storage.withdrawals import Recorded, State

_LEADS: Final = (Role.DATA_LEAD, Role.HEADTEACHER, Role.DPO)
_MOST: Final = 8
_FROM: Final = {"parent": "a parent or carer", "pupil": "the pupil", "other": "somebody else"}
_TODO: Final = (
    "Send the new list to all staff: what may be shown has changed.",  # PHOTO-4.11
    "Take this pupil's stored pictures for these uses off the drive. Ask the DPO first if anything is on hold.",  # C17
    "Give the family a new form to fill in when they wish.",
)
_TAKE_DOWN: Final = "Please take the published copies down too."
_DECIDED: Final = {"stay": "Copies that are out may stay", "take_down": "Copies that are out come down"}


def subject(number: int) -> str:
    """Say what the letters about a withdrawal are about."""
    return f"withdrawal/{number}"


async def tell(session: AsyncSession, one: Recorded, *, now: datetime) -> None:
    """Send each reader their card, once, and bring those that are out up to date."""
    waiting = one.state is State.REPORTED
    by_id = {person.id: person for person in await _everybody(session, one)}
    recorders = await _recorders(session, one) if waiting else ()
    cards = {person.id: await card_for(session, one, person) for person in (*by_id.values(), *recorders)}
    await keep_current(
        session,
        subject=subject(one.number),
        readers={person.id: person for person in recorders},
        card=lambda person: cards.get(person) or withdrawal_card(WithdrawalCard(one.number, (), note="It is settled.")),
        about="task",
        now=now,
    )
    if one.state is not State.RECORDED:
        return
    readers = {person.id: person for person in await _afterwards(session, one)}
    after = {person.id: await after_card_for(session, one, person) for person in (*by_id.values(), *readers.values())}
    await keep_current(
        session,
        subject=f"{subject(one.number)}/after",
        readers=readers,
        card=lambda person: after.get(person) or withdrawal_after_card(AfterCard(one.number, ())),
        about="task",
        now=now,
    )
    for lead in await leads(session, one) if one.published == "take_down" else ():
        key = f"{subject(one.number)}/take-down/{lead.id}"
        await post(session, key=key, to=lead, card=after[lead.id], about="task", now=now)


async def leads(session: AsyncSession, one: Recorded) -> tuple[Person, ...]:
    """Return who sees to the list and the stored pictures: the data lead, else the next in line."""
    for role in _LEADS:
        if holders := await people.holding(session, one.told.school_id, role):
            return holders
    return ()


async def card_for(session: AsyncSession, one: Recorded, person: Person) -> Json:
    """Draw the report for one of those who may record it."""
    roles, waiting = person.roles_at(one.told.school_id), one.state is State.REPORTED
    done = await who_and_when(session, one.settled_by, one.settled_at)
    note = {State.REPORTED: "", State.RECORDED: f"Recorded: {done}", State.MISTAKEN: f"It was not one: {done}"}
    return withdrawal_card(
        WithdrawalCard(
            one.number,
            await _facts(session, one),
            can_record=waiting and may_record(roles),
            can_refuse=waiting and Role.DATA_LEAD in roles,
            can_refresh=waiting and may_refresh(roles),
            note=note[one.state],
        )
    )


async def after_card_for(session: AsyncSession, one: Recorded, person: Person) -> Json:
    """Draw what is left to do, for one reader."""
    is_lead = person.id in {lead.id for lead in await leads(session, one)}
    is_dpo = Role.DPO in person.roles_at(one.told.school_id)
    down = (_TAKE_DOWN,) if one.published == "take_down" else ()
    return withdrawal_after_card(
        AfterCard(
            one.number,
            await _facts(session, one),
            todo=(*_TODO, *down) if is_lead else (),
            allowed=await _allowed(session, one) if is_dpo else (),
            done=await _done(session, one),
            can_remove=is_lead and one.removed_at is None,
            can_decide=is_dpo and not one.published,
            can_refresh=may_refresh(person.roles_at(one.told.school_id)),
        )
    )


async def _facts(session: AsyncSession, one: Recorded) -> tuple[tuple[str, str], ...]:
    told = one.told
    school = await schools.by_id(session, told.school_id)
    pupil = next(iter(await pupils.by_ids(session, [told.pupil_id])), None)
    method = next((choice.title for choice in METHODS if choice.value == told.method), told.method)
    by = ", ".join(filter(None, (_FROM[told.capacity], told.given_by)))
    return (
        ("Pupil", "" if pupil is None else f"{pupil.display_name}, {pupil.class_name}"),
        ("School", "" if school is None else school.name),
        ("No longer", in_words(told.items)),
        ("Received", f"{long_date(told.received_on)}: {method}"),
        ("From", by),
        ("Reported", await who_and_when(session, one.reported_by, one.reported_at)),
        *((("Also", "they want data deleted: a request of its own"),) if told.erasure == "yes" else ()),
    )


async def _done(session: AsyncSession, one: Recorded) -> tuple[str, ...]:
    lines = [f"Recorded: {await who_and_when(session, one.settled_by, one.settled_at)}"]
    if one.removed_at is not None:
        lines.append(f"Stored pictures removed: {await who_and_when(session, one.removed_by, one.removed_at)}")
    if one.published:
        ruled = one.published_by is None
        decided = "the school's rule" if ruled else await who_and_when(session, one.published_by, one.published_at)
        lines.append(f"{_DECIDED[one.published]}: {decided}")
    return tuple(lines)


async def _allowed(session: AsyncSession, one: Recorded) -> tuple[str, ...]:
    """List the published uses that were allowed this academic year, the last first (PHOTO-9.6)."""
    began = datetime(int(academic_year(one.reported_at.date())[:4]), 9, 1, tzinfo=UTC)
    found = await withdrawals.allowed_before(
        session, school_id=one.told.school_id, pupil_id=one.told.pupil_id, since=began
    )
    lines = []
    for uses, media, on in found:
        shown = frozenset(Use(use) for use in uses.split(";") if use) & PUBLICATION
        if shown:
            pictures = media_label(frozenset(Medium(medium) for medium in media.split(";") if medium))
            lines.append(f"{pictures} for {use_label(shown)}, {long_date(on)}")
    return tuple(dict.fromkeys(lines))[:_MOST] or (f"nothing that I was asked about since {long_date(began.date())}",)


async def _recorders(session: AsyncSession, one: Recorded) -> tuple[Person, ...]:
    """Return who may put it on record; where nobody can, those who must see to it."""
    found: dict[int, Person] = {}
    for role in (Role.OFFICE, Role.DATA_LEAD):
        found |= {person.id: person for person in await people.holding(session, one.told.school_id, role)}
    return tuple(found.values()) or await leads(session, one)


async def _afterwards(session: AsyncSession, one: Recorded) -> tuple[Person, ...]:
    """Return who hears that it is on record: the data lead, the DPO and the head (C13)."""
    found = {person.id: person for person in await leads(session, one)}
    for role in (Role.DPO, Role.HEADTEACHER):
        found |= {person.id: person for person in await people.holding(session, one.told.school_id, role)}
    return tuple(found.values())


async def _everybody(session: AsyncSession, one: Recorded) -> tuple[Person, ...]:
    """Return whoever may have had a card, and still is somebody at the school."""
    return tuple(
        person
        for person in await people.at_school(session, one.told.school_id)
        if person.roles_at(one.told.school_id) & {Role.OFFICE, *_LEADS}
    )
