"""What is pressed on a plan's cards. Each press is checked against the rows, for a card proves nothing."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.conversation import Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.planning import asking_plan, case_file, showing
from dialogs.planning.case_file import event
from dialogs.planning.showing import Seen
from dialogs.pressed import number_in, words_in
from dialogs.thought import instead, local_day, reply
from policy.planning.plan import Step, happened, offered, too_early
from storage import audit

_MOST: Final = 600
_STALE: Final = "Nothing was changed: the plan has moved on. This is how it stands."
_NO_NOTE: Final = "Please write what should change, then press again."
_EARLY: Final = "That day is still to come."
_NEWS: Final = {
    Step.APPROVE: "Approved. Please check the list again on the morning itself; I'll send it.",
    Step.ASK_CHANGE: "The school's check asks for a change.",
}


async def step(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Take one step of a plan, if it is this person's to take and the card shows the plan as it is."""
    seen, wanted = await _seen(desk, session, known, pressed, turn), words_in(pressed, "step")
    if seen is None or wanted not in {one.value for one in Step}:
        return None
    one, plan, person = Step(wanted), seen.plan, known.person
    if not _is_theirs(seen, one, known):
        return None
    looks = not showing.approves(seen, person)
    open_to = offered(plan, person=person.id, approves=not looks, looks=looks)
    note = words_in(pressed, "note").strip()[:_MOST]
    if one not in open_to or number_in(pressed, "rev") != plan.revision:
        refusal = _STALE
    elif one is Step.ASK_CHANGE and not note:
        refusal = _NO_NOTE
    else:
        refusal = _EARLY if too_early(plan, one, today=local_day(turn.now)) else ""
    if refusal:
        return instead(reply(await showing.card_for(desk, session, seen, person, note=refusal)))
    data = {"note": note} if one is Step.ASK_CHANGE else {}
    plan = await case_file.add(session, plan, event(happened(one), turn.now, person.id, **data))
    await audit.record(
        session,
        f"person/{person.id}",
        f"plan.{happened(one).value}",
        case_file.subject(plan.number),
        now=turn.now,
        school_id=plan.school_id,
    )
    after = await showing.see(desk, session, plan, now=turn.now)
    if after is None:
        return None
    await showing.tell(desk, session, after)
    if one in _NEWS:
        key = f"{one.value}/{turn.activity}" if one is Step.ASK_CHANGE else one.value
        await showing.tell_owner(desk, session, after, key=key, note=_NEWS[one])
    return instead(reply(await showing.card_for(desk, session, after, person)))


async def edit(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Open the form again for whoever sent the plan."""
    seen = await _seen(desk, session, known, pressed, turn)
    if seen is None or seen.plan.owner != known.person.id:
        return None
    if not seen.plan.is_ahead:
        return instead(reply(await showing.card_for(desk, session, seen, known.person, note=_STALE)))
    return reply(await asking_plan.change(desk, session, known, seen.plan, turn))


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Show the plan as it is now, with the list checked anew."""
    seen = await _seen(desk, session, known, pressed, turn)
    if seen is None:
        return None
    return reply(await showing.card_for(desk, session, seen, known.person))


def _is_theirs(seen: Seen, one: Step, known: Known) -> bool:
    """Whether a step belongs to this person at some time or other; whether it does now is another question."""
    if one is Step.APPROVE:
        return showing.approves(seen, known.person)
    if one is Step.ASK_CHANGE:
        return known.person.id != seen.plan.owner
    return known.person.id == seen.plan.owner


async def _seen(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Seen | None:
    plan = await case_file.read(session, number_in(pressed, "plan"), hold=True)
    if plan is None or not known.is_at(plan.school_id):
        return None
    seen = await showing.see(desk, session, plan, now=turn.now)
    return seen if seen is not None and showing.may_see(seen, known.person) else None
