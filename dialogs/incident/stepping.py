"""The steps of an incident: each a short form of its own, whose answers become one event."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.incident_news import incident_step_done_card
from dialogs.conversation import Json, Reply, Turn
from dialogs.desk import Desk
from dialogs.filling import filler
from dialogs.filling.guide import Guide
from dialogs.incident import case_file, telling
from dialogs.incident.at_table import table_of
from dialogs.incident.case_file import happened
from dialogs.incident.reporting import note
from dialogs.known import Known
from dialogs.thought import instead, reply
from policy.forms import Form
from policy.incident.case import Incident
from policy.incident.events import Happened
from policy.incident.forms import data_of, step_form
from policy.incident.steps import OFFERED, Step, refusal
from storage.drafts import Draft

STEP_GUIDE: Final = "incident-step"


async def begin_step(session: AsyncSession, known: Known, incident: Incident, step: Step, turn: Turn) -> Reply:
    """Open the step's form below the case's card; what needs no words is done at once. The caller has looked."""
    if step_form(step) is None:
        incident = await _take(session, known, incident, step, turn, data={})
        at_table = await table_of(session, incident)
        return instead(reply(telling.card_for(incident, at_table, known.person.id)))
    card = await filler.begin(
        session,
        guide=STEP_GUIDE,
        person_id=known.person.id,
        school_id=incident.school_id if known.is_at(incident.school_id) else known.schools[0].id,
        subject=f"{telling.subject(incident.number)}/{step.value}",
        context={"step": step.value},
        answers={"at": {"at": turn.now.isoformat()}} if step is Step.EXTERNAL else {},
        conversation=turn.conversation,
        now=turn.now,
    )
    return reply(card)


async def may(desk: Desk, session: AsyncSession, known: Known, draft: Draft) -> bool:  # noqa: ARG001  a guide's shape
    """Whether the owner of the draft still has the case."""
    incident = await _case_of(session, draft)
    return incident is not None and known.person.id in (await table_of(session, incident)).seats


async def checked(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> str | None:  # noqa: ARG001  see may
    """Say why the step can't be taken any more; None where it can."""
    incident = await _case_of(session, draft)
    if incident is None:
        return "This case is not there any more."
    at_table = await table_of(session, incident)
    return refusal(incident, _step_of(draft), by=known.person.id, seats=at_table.seats)


async def completed(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:  # noqa: ARG001  see may
    """Record the step and tell whoever it concerns."""
    incident, step = await _case_of(session, draft), _step_of(draft)
    if incident is None:
        return None
    incident = await _take(session, known, incident, step, turn, data=data_of(step, draft.answers))
    return incident_step_done_card(case=incident.number, what=OFFERED[step])


def form_for(context: Mapping[str, Any]) -> Form:
    """Make the form of a draft. Raises ValueError for a step that has none."""
    made = step_form(Step(context["step"]))
    if made is None:
        raise ValueError(f"{context['step']} has no form")
    return made


async def _take(
    session: AsyncSession, known: Known, before: Incident, step: Step, turn: Turn, *, data: dict[str, Any]
) -> Incident:
    incident = await case_file.add(session, before, *_events(step, known.person.id, data, turn))
    await telling.changed(session, before, incident, now=turn.now)
    await note(session, incident, known.person.id, f"incident.{step.value}", turn)
    return incident


def _events(step: Step, person: int, data: dict[str, Any], turn: Turn) -> tuple[Any, ...]:
    event = happened(Happened(step.value), turn.now, person, **({} if step is Step.CLOSE else data))
    if step is Step.CLOSE:
        return (happened(Happened.TAGGED, turn.now, person, **data), event)
    return (event,)


async def _case_of(session: AsyncSession, draft: Draft) -> Incident | None:
    number = telling.number_of(draft.subject)
    return None if number is None else await case_file.read(session, number, hold=True)


def _step_of(draft: Draft) -> Step:
    return Step(draft.context["step"])


STEPS_GUIDE: Final = Guide(form=form_for, completed=completed, checked=checked, may=may)
