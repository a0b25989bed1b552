"""The steps of a case: each a short form of its own, whose answers become one event."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach import case_file, first_answers, telling
from dialogs.breach.at_table import table_of
from dialogs.breach.following import follow
from dialogs.breach.refusing import refused_to
from dialogs.breach.words import STEPS
from dialogs.cards.breach_news import breach_step_done_card
from dialogs.casework.tables import Table, with_everybody
from dialogs.conversation import Json, Reply, Turn
from dialogs.desk import Desk
from dialogs.filling import filler
from dialogs.filling.guide import Guide
from dialogs.known import Known
from dialogs.thought import instead, reply
from policy.breach.case import Breach
from policy.breach.events import Event, Happened
from policy.breach.form_b import form_b, is_late
from policy.breach.forms import data_of, event_of, form_of
from policy.breach.steps import Step
from policy.forms import Choice, Form
from policy.roles import Role
from storage import audit
from storage.drafts import Draft

GUIDE: Final = "breach-step"
_LATE_NOW: Final = "The 72 hours ended meanwhile, so the form asks one thing more. Please open it again from the case."
_PLAIN: Final = frozenset({Role.STAFF, Role.GOVERNOR, Role.WEB_EDITOR})  # with nothing else they are given no task


async def begin_step(
    session: AsyncSession, known: Known, *, breach: Breach, at_table: Table, step: Step, turn: Turn
) -> Reply:
    """Open the step's form below the case's card; what needs no words is done at once. The caller has looked."""
    if step is Step.INVOLVE:  # anybody at the school may have a part in it
        at_table = await with_everybody(session, at_table, named=breach.people)
    context = _context(breach, at_table, step, turn.now)
    if _form(context) is None:
        breach = await _take(session, known, breach, step=step, data={}, turn=turn)
        at_table = await table_of(session, breach, now=turn.now)
        return instead(reply(telling.card_for(breach, at_table, known.person.id, now=turn.now)))
    card = await filler.begin(
        session,
        guide=GUIDE,
        person_id=known.person.id,
        school_id=_school_of(known, breach),
        subject=f"{telling.subject(breach.number)}/{step.value}",
        context=context,
        answers=await first_answers.of_step(session, breach, at_table, step, known.person, now=turn.now),
        conversation=turn.conversation,
        now=turn.now,
    )
    return reply(card)


async def may(desk: Desk, session: AsyncSession, known: Known, draft: Draft) -> bool:  # noqa: ARG001  a guide's shape
    """Whether the owner of the draft still has a seat in the case."""
    breach = await _case_of(session, draft)
    if breach is None:
        return False
    at_table = await table_of(session, breach, now=draft.touched_at)
    return known.person.id in at_table.seats


async def checked(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> str | None:  # noqa: ARG001  see may
    """Say why the step can't be taken as it was filled in; None where it can."""
    breach, step = await _case_of(session, draft), _step_of(draft)
    if breach is None:
        return "This case is not there any more."
    data = _data(breach, step, draft)
    at_table = await table_of(session, breach, now=turn.now)
    if step is Step.SAVE_FORM_B and is_late(breach.t0, turn.now) and not draft.context["late"]:
        return _LATE_NOW
    return refused_to(breach, step, at_table, known.person.id, turn, data=data)


async def completed(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:  # noqa: ARG001  see may
    """Record the step and tell whoever it concerns."""
    breach, step = await _case_of(session, draft), _step_of(draft)
    if breach is None:
        return None
    breach = await _take(session, known, breach, step=step, data=_data(breach, step, draft), turn=turn)
    return breach_step_done_card(case=breach.number, what=STEPS[step])


def form_for(context: Mapping[str, Any]) -> Form:
    """Make the form of a draft. Raises ValueError for a step that has none."""
    made = _form(context)
    if made is None:
        raise ValueError(f"{context['step']} has no form")
    return made


async def _take(
    session: AsyncSession, known: Known, before: Breach, *, step: Step, data: dict[str, Any], turn: Turn
) -> Breach:
    kind = event_of(step)
    if kind is None:
        raise ValueError(f"{step} leaves no event")
    event = Event(kind, turn.now, known.person.id, data)
    events = [event]
    if step is Step.DECIDE_DSL and data.get("outcome") == "yes" and not before.child_at_risk:
        events.append(Event(Happened.CHILD_AT_RISK, turn.now, known.person.id))
    breach = await case_file.add(session, before, *events, now=turn.now)
    await telling.changed(session, before, breach, now=turn.now)
    await follow(session, breach, event, known.person, now=turn.now)
    await audit.record(
        session,
        f"person/{known.person.id}",
        f"breach.{kind.value}",
        f"case/{breach.number}",
        {"what": data["what"]} if kind is Happened.DECIDED else {},
        now=turn.now,
        school_id=breach.school_id,
    )
    return breach


def _form(context: Mapping[str, Any]) -> Form | None:
    step = Step(context["step"])
    if step is Step.SAVE_FORM_B:
        return form_b(late=bool(context["late"]))
    people = [Choice(str(number), name) for number, name in context["people"]]
    return form_of(step, people=people, organisations=context["organisations"])


def _context(breach: Breach, at_table: Table, step: Step, now: datetime) -> dict[str, Any]:
    return {
        "step": step.value,
        "people": _people(breach, at_table, step),
        "organisations": list(breach.owed),
        "late": is_late(breach.t0, now),
    }


def _people(breach: Breach, at_table: Table, step: Step) -> list[list[object]]:
    """Whom a step can be about: those with a part in the case, everybody, or those who have a post."""
    match step:
        case Step.NO_LONGER_INVOLVED:
            listed = [person for person in at_table.known.values() if person.id in breach.involved]
        case Step.INVOLVE:
            listed = [person for person in at_table.known.values() if person.id != breach.reporter]
        case Step.SET_TASK | Step.REVIEW:
            listed = [
                person
                for person in at_table.known.values()
                if (person.roles_at(breach.school_id) - _PLAIN or person.id == breach.reporter)
                and person.id not in breach.involved
            ]
        case _:
            listed = []
    return [[person.id, person.display_name] for person in listed]


def _data(breach: Breach, step: Step, draft: Draft) -> dict[str, Any]:
    if step is Step.SAVE_FORM_B:
        return {"answers": dict(draft.answers), "final": True}
    data = data_of(step, draft.answers, organisations=draft.context["organisations"])
    return {**data, "task": len(breach.tasks) + 1} if step is Step.SET_TASK else data


async def _case_of(session: AsyncSession, draft: Draft) -> Breach | None:
    number = telling.number_of(draft.subject)
    return None if number is None else await case_file.read(session, number, hold=True)


def _step_of(draft: Draft) -> Step:
    return Step(draft.context["step"])


def _school_of(known: Known, breach: Breach) -> int:
    return breach.school_id if known.is_at(breach.school_id) else known.schools[0].id


STEP_GUIDE: Final = Guide(form=form_for, completed=completed, checked=checked, may=may)
