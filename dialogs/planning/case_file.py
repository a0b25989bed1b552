"""One plan's file: read as the sum of its events, added to, and its place in the sweep written down."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.casework import files
from policy.planning import plan as event_plan
from policy.planning.plan import Event, Happened, Plan, next_at
from storage import cases
from storage.cases import Case, CaseKind, Entry


async def read(session: AsyncSession, number: int, *, hold: bool = False) -> Plan | None:
    """Return a plan; None where there is none of that number. `hold` keeps others from changing it meanwhile."""
    found = await files.told(session, number, CaseKind.PLAN, hold=hold)
    return None if found is None else _of(*found)


async def open_at(session: AsyncSession, school_id: int) -> tuple[Plan, ...]:
    """Return a school's plans that are neither cleared nor called off."""
    found = await cases.at_schools(session, [school_id], CaseKind.PLAN, only_open=True)
    events = await cases.events_of(session, [case.number for case in found])
    return tuple(_of(case, events[case.number]) for case in found)


async def add(session: AsyncSession, plan: Plan, *events: Event) -> Plan:
    """Add events, in the caller's transaction, and write down where the plan stands; return it as it is then."""
    if events:
        await cases.add(session, plan.number, *map(files.entry, events))
    for event in events:
        plan = event_plan.after(plan, event)
    await cases.settle(
        session,
        plan.number,
        status=plan.state.value,
        due_at=next_at(plan),
        closed_at=plan.ended_at,
        school_id=plan.school_id,
    )
    return plan


def event(kind: Happened, at: datetime, actor: int | None, /, **data: object) -> Event:
    """Make an event."""
    return Event(kind, at, actor, data)


def subject(number: int) -> str:
    """Say what the letters and drafts of a plan are about."""
    return f"plan/{number}"


def _of(case: Case, told: Iterable[Entry]) -> Plan:
    events = (Event(Happened(one.kind), one.at, one.actor, one.data) for one in told)
    return event_plan.of(case.number, case.school_id, case.reporter_id, events)
