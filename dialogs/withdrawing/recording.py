"""A withdrawal goes on record: who may press, what follows, and who is told (domain 1.8, C12, C13)."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.planning import changing
from dialogs.pressed import number_in, words_in
from dialogs.thought import instead, reply
from dialogs.withdrawing import telling
from policy.packs import PublishedCopies
from policy.roles import Role
from policy.withdrawal import may_record
from storage import audit, pupils, withdrawals
from storage.people import Person
from storage.withdrawals import Recorded, State

_ANSWERS: Final = frozenset({"stay", "take_down"})


async def put_on_record(desk: Desk, session: AsyncSession, number: int, *, by: Person, now: datetime) -> None:
    """Put a withdrawal on record, once. Where the school's rule says so, copies that are out come down with it."""
    one = await withdrawals.by_number(session, number, hold=True)
    if one is None or not await withdrawals.record(session, one, by=by.id, now=now):
        return
    await _note(session, one, by, "withdrawal.recorded", now=now)
    if desk.rules.published_copies is PublishedCopies.TAKE_DOWN:  # C12
        await withdrawals.decide_published(session, number, answer="take_down", by=None, now=now)


async def tell(session: AsyncSession, number: int, *, now: datetime) -> None:
    """Bring everybody's cards up to date, and tell the leads of events that the list has changed (PHOTO-4.11)."""
    one = await withdrawals.by_number(session, number)
    if one is None:
        return
    await telling.tell(session, one, now=now)
    for pupil in await pupils.by_ids(session, [one.told.pupil_id]):
        await changing.list_changed(
            session,
            school_id=one.told.school_id,
            class_name=pupil.class_name,
            key=f"{telling.subject(number)}{'/mistaken' if one.state is State.MISTAKEN else ''}",
            now=now,
        )


async def record(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Put a report on record; a second press shows what was done."""
    one = await _pressed(session, known, pressed)
    if one is None or not may_record(known.person.roles_at(one.told.school_id)):
        return None
    await put_on_record(desk, session, one.number, by=known.person, now=turn.now)
    return await _told(session, one.number, known, turn)


async def refuse(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see record
    """Note that it was no withdrawal: the data lead alone may give an answer back."""
    one = await _pressed(session, known, pressed)
    if one is None or Role.DATA_LEAD not in known.person.roles_at(one.told.school_id):
        return None
    if await withdrawals.mistaken(session, one, by=known.person.id, now=turn.now):
        await _note(session, one, known.person, "withdrawal.mistaken", now=turn.now)
    return await _told(session, one.number, known, turn)


async def removed(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see record
    """Note that the stored pictures are gone (PHOTO-9.5)."""
    one = await _pressed(session, known, pressed)
    if one is None or known.person.id not in {lead.id for lead in await telling.leads(session, one)}:
        return None
    if await withdrawals.removed(session, one.number, by=known.person.id, now=turn.now):
        await _note(session, one, known.person, "withdrawal.pictures_removed", now=turn.now)
    return await _told(session, one.number, known, turn, after=True)


async def published(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see record
    """Note what the DPO decides about copies that are out already (C12, PHOTO-9.6)."""
    one, answer = await _pressed(session, known, pressed), words_in(pressed, "answer")
    if one is None or answer not in _ANSWERS or Role.DPO not in known.person.roles_at(one.told.school_id):
        return None
    if await withdrawals.decide_published(session, one.number, answer=answer, by=known.person.id, now=turn.now):
        await _note(session, one, known.person, "withdrawal.published_decided", now=turn.now, answer=answer)
    return await _told(session, one.number, known, turn, after=True)


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see record
    """Show a withdrawal to somebody for whom it waits."""
    one = await _pressed(session, known, pressed)
    if one is None or not await wanted(session, one, known.person):
        return None
    draw = telling.card_for if one.state is State.REPORTED else telling.after_card_for
    return reply(await draw(session, one, known.person))


async def wanted(session: AsyncSession, one: Recorded, person: Person) -> tuple[str, ...]:
    """Say what a withdrawal still wants of a person."""
    roles = person.roles_at(one.told.school_id)
    if one.state is State.REPORTED:
        return ("to be put on record",) if may_record(roles) else ()
    found = []
    if one.removed_at is None and person.id in {lead.id for lead in await telling.leads(session, one)}:
        found.append("stored pictures to be removed")
    if not one.published and Role.DPO in roles:
        found.append("your word on copies that are out")
    return tuple(found) if one.state is State.RECORDED else ()


async def _pressed(session: AsyncSession, known: Known, pressed: Pressed) -> Recorded | None:
    one = await withdrawals.by_number(session, number_in(pressed, "withdrawal"), hold=True)
    return one if one is not None and known.is_at(one.told.school_id) else None


async def _told(session: AsyncSession, number: int, known: Known, turn: Turn, *, after: bool = False) -> Reply | None:
    await tell(session, number, now=turn.now)
    one = await withdrawals.by_number(session, number)
    if one is None:
        return None
    draw = telling.after_card_for if after else telling.card_for
    return instead(reply(await draw(session, one, known.person)))


async def _note(session: AsyncSession, one: Recorded, by: Person, what: str, *, now: datetime, **more: str) -> None:
    actor, subject = f"person/{by.id}", telling.subject(one.number)
    await audit.record(session, actor, what, subject, dict(more), now=now, school_id=one.told.school_id)
