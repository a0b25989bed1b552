"""The steps of a request's desk: each a short form of its own, whose answers become one event."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.request_news import request_step_done_card
from dialogs.casework.tables import Table, with_everybody
from dialogs.conversation import Json, Reply, Turn
from dialogs.desk import Desk
from dialogs.filling import filler
from dialogs.filling.guide import Guide
from dialogs.known import Known
from dialogs.request import case_file, telling
from dialogs.request.as_it_was import as_kept, from_kept
from dialogs.request.at_table import decides, table_of
from dialogs.request.first_answers import of_step
from dialogs.request.following import follow
from dialogs.request.refusing import refused_to
from dialogs.request.words import GOES_WITH, STEPS
from dialogs.thought import instead, reply
from policy.forms import Choice, Form
from policy.request.case import Request
from policy.request.events import Event
from policy.request.forms import data_of, form_of
from policy.request.history import of
from policy.request.refusals import undoable
from policy.request.steps import Step, event_of
from policy.roles import Role
from storage import audit
from storage.drafts import Draft

GUIDE: Final = "request-step"
_MOVED_ON: Final = "Something else was recorded meanwhile. Please open it again from the request's card."
_PLAIN: Final = frozenset({Role.STAFF, Role.GOVERNOR, Role.WEB_EDITOR})  # with nothing else they are given no task
_ABOUT_ANYBODY: Final = frozenset({Step.INVOLVE, Step.SEND_NOTICE})  # at the school
_NEEDS_PEOPLE: Final = frozenset({Step.SET_TASK, Step.SEND_NOTICE, Step.ASSIGN, Step.INVOLVE, Step.NO_LONGER_INVOLVED})


async def begin_step(
    session: AsyncSession, known: Known, *, request: Request, at_table: Table, step: Step, turn: Turn
) -> Reply:
    """Open the step's form below the request's card; what needs no words is done at once. The caller has looked."""
    if step in _ABOUT_ANYBODY:
        at_table = await with_everybody(session, at_table, named=request.people)
    context = _context(request, at_table, step, by=known.person.id, now=turn.now)
    if _form(request, context) is None:
        if step in _NEEDS_PEOPLE:
            note = "There is nobody at the school whom that could be."
            card = telling.card_for(request, at_table, known.person.id, now=turn.now, note=note)
            return instead(reply(card))
        after = await _take(session, known, request, step=step, data={}, turn=turn)
        # Below the request's card, never in its place: that one is kept up to date by its own letter.
        return reply(request_step_done_card(case=after.number, what=STEPS[step], letter=_goes_with(step)))
    card = await filler.begin(
        session,
        guide=GUIDE,
        person_id=known.person.id,
        school_id=request.school_id if known.is_at(request.school_id) else known.schools[0].id,
        subject=f"{telling.subject(request.number)}/{step.value}",
        context=context,
        answers=of_step(request, step, now=turn.now),
        conversation=turn.conversation,
        now=turn.now,
    )
    return reply(card)


async def may(desk: Desk, session: AsyncSession, known: Known, draft: Draft) -> bool:  # noqa: ARG001  a guide's shape
    """Whether the owner of the draft still acts as the request's DPO."""
    request = await _case_of(session, draft)
    return request is not None and decides(await table_of(session, request), known.person.id)


async def checked(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> str | None:  # noqa: ARG001  see may
    """Say why the step can't be taken as it was filled in; None where it can."""
    request = await _case_of(session, draft)
    if request is None:
        return "This request is not there any more."
    at_table, person, step = await table_of(session, request), known.person.id, _step_of(draft)
    untimely = refused_to(request, step, at_table, person, turn)
    if untimely is not None:
        return untimely
    if step is Step.UNDO and draft.context["last"] != _last(request, at_table, person, turn.now):
        return _MOVED_ON
    try:
        data = _data(request, step, draft)
    except (KeyError, ValueError):  # what was chosen is not in the list any more
        return _MOVED_ON
    return refused_to(request, step, at_table, person, turn, data=data)


async def completed(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:  # noqa: ARG001  see may
    """Record the step and tell whoever it concerns."""
    request, step = await _case_of(session, draft), _step_of(draft)
    if request is None:
        return None
    after = await _take(session, known, request, step=step, data=_data(request, step, draft), turn=turn)
    return request_step_done_card(case=after.number, what=STEPS[step], letter=_goes_with(step))


def form_for(context: Mapping[str, Any]) -> Form:
    """Make the form of a draft. Raises ValueError for a step that has none."""
    made = _form(_as_it_was(context), context)
    if made is None:
        raise ValueError(f"{context['step']} has no form")
    return made


async def _take(
    session: AsyncSession, known: Known, before: Request, *, step: Step, data: dict[str, Any], turn: Turn
) -> Request:
    kind = event_of(step)
    if kind is None:
        raise ValueError(f"{step} leaves no event")
    event = Event(kind, turn.now, known.person.id, data)
    request = await case_file.add(session, before, event, now=turn.now)
    await telling.changed(session, before, request, now=turn.now)
    await follow(session, request, event, known.person, now=turn.now)
    await audit.record(
        session,
        f"person/{known.person.id}",
        f"request.{kind.value}",
        f"case/{request.number}",
        now=turn.now,
        school_id=request.school_id,
    )
    return request


def _form(request: Request, context: Mapping[str, Any]) -> Form | None:
    step = Step(context["step"])
    return form_of(step, request, people=[Choice(str(number), name) for number, name in context["people"]])


def _context(request: Request, at_table: Table, step: Step, *, by: int, now: datetime) -> dict[str, Any]:
    return {
        "step": step.value,
        "case": request.number,
        "school": request.school_id,
        "events": as_kept(request),
        "people": _people(request, at_table, step, by=by),
        "last": _last(request, at_table, by, now) if step is Step.UNDO else 0,
    }


def _as_it_was(context: Mapping[str, Any]) -> Request:
    """Add up the request that a form was opened for: what can be chosen does not change while it is filled in."""
    return of(context["case"], context["school"], from_kept(context["events"]))


def _people(request: Request, at_table: Table, step: Step, *, by: int) -> list[list[object]]:
    """Whom a step can be about: those with a part in the case, everybody, or those who have a post."""
    everybody = at_table.known.values()
    match step:
        case Step.NO_LONGER_INVOLVED:
            listed = [person for person in everybody if person.id in request.involved]
        case Step.INVOLVE:
            listed = [person for person in everybody if person.id not in request.involved]
        case Step.SET_TASK | Step.ASSIGN:
            listed = [
                person
                for person in everybody
                if (person.roles_at(request.school_id) - _PLAIN or person.id == by)
                and person.id not in request.involved
            ]
        case Step.SEND_NOTICE:
            waits = {one.person for one in request.notices if one.confirmed_at is None}
            listed = [person for person in everybody if person.id not in {*request.involved, *waits}]
        case _:
            listed = []
    return [[person.id, person.display_name] for person in listed]


def _last(request: Request, at_table: Table, by: int, now: datetime) -> int:
    """Return the place of the last step that can be taken back; 0 where there is none."""
    return next(iter(undoable(request, by=by, now=now, division=at_table.staff.division)), 0)


def _data(request: Request, step: Step, draft: Draft) -> dict[str, Any]:
    data = data_of(step, request, draft.answers)
    return {**data, "of": draft.context["last"]} if step is Step.UNDO else data


async def _case_of(session: AsyncSession, draft: Draft) -> Request | None:
    number = telling.number_of(draft.subject)
    return None if number is None else await case_file.read(session, number, hold=True)


def _step_of(draft: Draft) -> Step:
    return Step(draft.context["step"])


def _goes_with(step: Step) -> str:
    letter = GOES_WITH.get(step)
    return "" if letter is None else letter.value


STEP_GUIDE: Final = Guide(form=form_for, completed=completed, checked=checked, may=may)
