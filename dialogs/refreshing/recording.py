"""Changed circumstances go on record, or were none: who may press, what follows, and who is told (PHOTO-4.9)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.planning import changing
from dialogs.pressed import number_in
from dialogs.refreshing import telling
from dialogs.thought import instead, reply
from policy.refreshing import may_record
from storage import audit, pupils, refreshes
from storage.people import Person
from storage.refreshes import Refresh, State


async def put_on_record(session: AsyncSession, number: int, *, by: Person, now: datetime) -> None:
    """Put a report on record, once."""
    one = await refreshes.by_number(session, number, hold=True)
    if one is not None and await refreshes.record(session, one, by=by.id, now=now):
        await _note(session, one, by, "refresh.recorded", now=now)


async def tell(session: AsyncSession, number: int, *, now: datetime) -> None:
    """Bring everybody's cards up to date, and tell the leads of events that the list has changed (PHOTO-4.11)."""
    one = await refreshes.by_number(session, number)
    if one is None:
        return
    await telling.tell(session, one, now=now)
    for pupil in await pupils.by_ids(session, [one.pupil_id]):
        again = "/mistaken" if one.state is State.MISTAKEN else ""
        key = f"{telling.subject(number)}{again}"
        await changing.list_changed(session, school_id=one.school_id, class_name=pupil.class_name, key=key, now=now)


async def record(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Put a report on record; a second press shows what was done."""
    one = await _settled_by(session, known, pressed)
    if one is None:
        return None
    await put_on_record(session, one.number, by=known.person, now=turn.now)
    return await _told(session, one.number, known, turn)


async def refuse(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see record
    """Note that the form stands as it did."""
    one = await _settled_by(session, known, pressed)
    if one is None:
        return None
    if await refreshes.mistaken(session, one, by=known.person.id, now=turn.now):
        await _note(session, one, known.person, "refresh.mistaken", now=turn.now)
    return await _told(session, one.number, known, turn)


async def asked(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see record
    """Note that the family was asked for a new form (PHOTO-B-refresh)."""
    one = await _pressed(session, known, pressed)
    if one is None or one.state is not State.RECORDED:
        return None
    if known.person.id not in {person.id for person in await telling.askers(session, one)}:
        return None
    if await refreshes.asked(session, one.number, by=known.person.id, now=turn.now):
        await _note(session, one, known.person, "refresh.family_asked", now=turn.now)
    await tell(session, one.number, now=turn.now)
    done = await refreshes.by_number(session, one.number)
    return None if done is None else instead(reply(await telling.new_form_card_for(session, done, known.person)))


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see record
    """Show a report, or the request to ask the family, to somebody for whom it waits."""
    one = await _pressed(session, known, pressed)
    if one is None or not await wanted(session, one, known.person):
        return None
    draw = telling.card_for if one.state is State.REPORTED else telling.new_form_card_for
    return reply(await draw(session, one, known.person))


async def wanted(session: AsyncSession, one: Refresh, person: Person) -> str:
    """Say what a report still wants of a person; to the office no more than that a form is needed."""
    match one.state:
        case State.REPORTED if may_record(person.roles_at(one.school_id)):
            return "Changed circumstances are to be put on record."
        case State.RECORDED if one.asked_at is None:
            asks = person.id in {asker.id for asker in await telling.askers(session, one)}
            return "A family is to be asked for a new photo form." if asks else ""
        case _:
            return ""


async def _settled_by(session: AsyncSession, known: Known, pressed: Pressed) -> Refresh | None:
    one = await _pressed(session, known, pressed)
    return one if one is not None and may_record(known.person.roles_at(one.school_id)) else None


async def _pressed(session: AsyncSession, known: Known, pressed: Pressed) -> Refresh | None:
    one = await refreshes.by_number(session, number_in(pressed, "refresh"), hold=True)
    return one if one is not None and known.is_at(one.school_id) else None


async def _told(session: AsyncSession, number: int, known: Known, turn: Turn) -> Reply | None:
    await tell(session, number, now=turn.now)
    one = await refreshes.by_number(session, number)
    return None if one is None else instead(reply(await telling.card_for(session, one, known.person)))


async def _note(session: AsyncSession, one: Refresh, by: Person, what: str, *, now: datetime) -> None:
    actor, subject = f"person/{by.id}", telling.subject(one.number)
    await audit.record(session, actor, what, subject, now=now, school_id=one.school_id)
