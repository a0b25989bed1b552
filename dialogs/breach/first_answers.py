"""What a step's form begins with: what was typed before, and for Form B what is known already (FORMB)."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.casework.tables import Table
from policy.breach.case import Breach, of
from policy.breach.events import Event, Happened
from policy.breach.form_b_first import EarlierReport, SchoolFacts, current
from policy.breach.forms import analysis_answers
from policy.breach.letter import drafted
from policy.breach.seats import Seat
from policy.breach.steps import Step
from policy.clocks.local_time import london
from policy.roles import Role
from storage import cases, school_names
from storage.cases import CaseKind
from storage.people import Person


async def of_step(
    session: AsyncSession, breach: Breach, at_table: Table, step: Step, person: Person, *, now: datetime
) -> dict[str, Any]:
    """Return the answers that a step's form begins with."""
    match step:
        case Step.ANALYSE:
            return dict(analysis_answers(breach.criteria))
        case Step.WRITE_LETTER:
            dpo = _named_dpo(breach, at_table, person)
            return {**drafted(dpo=dpo.display_name, contact=dpo.email), **(breach.letter or {})}
        case Step.SAVE_FORM_B:
            return dict(current(breach, await facts(session, breach, at_table, person)))
        case Step.CORRECT_T0:
            return {"at": {"at": breach.t0.isoformat()}}
        case Step.TELL_SUBJECTS | Step.TELL_OTHERS | Step.SEND_ICO | Step.FOLLOW_UP:
            return {"at": {"at": now.isoformat()}}
        case _:
            return {}


async def facts(session: AsyncSession, breach: Breach, at_table: Table, person: Person) -> SchoolFacts:
    """Return what the school's registers know for Form B."""
    dpo = _named_dpo(breach, at_table, person)
    school = await school_names.called(session, breach.school_id)
    return SchoolFacts(
        organisation=school.controller or at_table.school,
        controller_number=school.controller_number,
        dpo=dpo.display_name,
        contact=dpo.email,
        earlier=await _earlier(session, breach),
    )


def _named_dpo(breach: Breach, at_table: Table, person: Person) -> Person:
    """Return whom papers name as the DPO: whoever is one, also while somebody stands in for them."""
    sitting = at_table.sitting(Seat.DPO)
    own = [one for one in sitting if Role.DPO not in one.lent_at(breach.school_id)]
    return next(iter((*own, *sitting)), person)


async def _earlier(session: AsyncSession, breach: Breach) -> tuple[EarlierReport, ...]:
    """Return the controller's reports to the regulator before this one (FORMB-6a)."""
    schools = await school_names.of_one_controller(session, breach.school_id)
    others = [
        case for case in await cases.at_schools(session, schools, CaseKind.BREACH) if case.number != breach.number
    ]
    told = await cases.events_of(session, [case.number for case in others])
    earlier = []
    for case in others:
        events = [Event(Happened(one.kind), one.at, one.actor, one.data) for one in told[case.number]]
        other = of(case.number, case.school_id, events)
        if other.ico_sent_at is not None:
            brief = f"case {other.number}"
            earlier.append(EarlierReport(london(other.ico_sent_at).date(), brief, other.ico_reference))
    return tuple(earlier)
