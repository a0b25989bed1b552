"""The few questions to whoever was asked for data: two short pages, most of it filled in already (SAR-1.4)."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.breach.holding import forms_of
from dialogs.cards.request_first import request_left_card, request_taken_card
from dialogs.casework.staff import staff_of
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.filling import filler
from dialogs.filling.guide import Guide
from dialogs.known import Known
from dialogs.pressed import number_in
from dialogs.request import case_file, keeping, telling
from dialogs.request.at_table import table_of
from dialogs.request.concerned import named_as
from dialogs.thought import instead, reply
from policy.forms import Form, shown
from policy.request.case import Request
from policy.request.dates import dates_of
from policy.request.events import Event, Happened
from policy.request.history import after
from policy.request.holiday_guard import ASKED_THE_DPO, holiday_guard
from policy.request.intake import INTAKE, begun, opening
from policy.request.refusals import refusal
from policy.request.steps import Step
from policy.roles import Role
from storage import drafts, schools
from storage.drafts import Draft

GUIDE: Final = "request-intake"
_REASON: Final = "As whoever took it in wrote it down."


async def open_form(session: AsyncSession, who: Known, request: Request, turn: Turn) -> Draft:
    """Open the questions, as what somebody is at in this conversation."""
    details = request.details
    known = {"about": details.about, "requester_kind": details.requester_kind}
    draft = await drafts.open_draft(
        session,
        person_id=who.person.id,
        school_id=request.school_id if who.is_at(request.school_id) else who.schools[0].id,
        form=GUIDE,
        subject=telling.subject(request.number),
        context={},
        answers={
            **begun(request.kind, details.words, now=turn.now),
            **{name: value for name, value in known.items() if value},
        },
        now=turn.now,
    )
    if turn.conversation:
        await drafts.hold(session, draft.id, conversation=turn.conversation, now=turn.now)
    return draft


async def form(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Show the questions where they were left; those that were answered are not asked again."""
    await forms_of(session, known.person.id)
    request = await own(session, known, number_in(pressed, "case"))
    if request is None:
        return None
    if _is_taken(request):
        return instead(reply(request_taken_card(case=request.number)))
    draft = await open_form(session, known, request, turn)
    return instead(await filler.show(session, draft, known, turn))


async def checked(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> str | None:  # noqa: ARG001  a guide's shape
    """Say what cannot be as it was filled in; None where it can."""
    request = await case_of(session, draft)
    if request is None or request.accepted_at is not None or not request.is_open:
        return None
    return refusal(
        request,
        Step.CORRECT,
        by=known.person.id,
        roles=known.person.roles_at(request.school_id),
        now=turn.now,
        division=await case_file.division_of(session, request.school_id),
        data=_details(draft),
    )


async def completed(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:  # noqa: ARG001  see checked
    """Write it down; once the DPO has accepted the request, what comes late is added as words."""
    before = await case_of(session, draft)
    if before is None or before.taken_by != known.person.id:
        return None
    person = known.person.id
    if before.accepted_at is not None or not before.is_open:
        events = [Event(Happened.SAID, turn.now, person, {"text": _in_words(draft)})]
    else:
        details = _details(draft)
        staff = await staff_of(session, before.school_id, named=())
        new = sorted(named_as((details.get("requester", ""), details.get("about", "")), staff) - before.concerned)
        asks = named_as((details.get("requester", ""),), staff)
        events = [Event(Happened.DETAILS_CORRECTED, turn.now, person, details)]
        for one in new:
            part = "requester" if one in asks else "subject"
            events.append(Event(Happened.INVOLVED, turn.now, person, {"person": one, "part": part}))
    guard = await _guard(session, before, events)
    events += [Event(Happened.NOTED, turn.now, None, {"text": guard})] if guard else []
    request = await case_file.add(session, before, *events, now=turn.now)
    await telling.changed(session, before, request, now=turn.now, note=guard or "More about it has come in.")
    await keeping.tell_of_footage(session, request, await table_of(session, request), now=turn.now)
    asks_here = Role.DPO in known.person.roles_at(request.school_id)  # nobody else knows who is on duty
    return request_taken_card(
        case=request.number, notes=[] if guard is None else [guard if asks_here else ASKED_THE_DPO]
    )


async def left(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:  # noqa: ARG001  see checked
    """Leave the questions: the request stays (SAR-1.3)."""
    request = await case_of(session, draft)
    if request is None or request.taken_by != known.person.id:
        return None
    return request_left_card(case=request.number)


async def own(session: AsyncSession, known: Known, number: int) -> Request | None:
    """Return the request that somebody took in themselves; None for anybody else's."""
    request = await case_file.read(session, number, hold=True)
    return request if request is not None and request.taken_by == known.person.id else None


async def case_of(session: AsyncSession, draft: Draft) -> Request | None:
    """Return the request that a draft is about."""
    number = telling.number_of(draft.subject)
    return None if number is None else await case_file.read(session, number, hold=True)


def _is_taken(request: Request) -> bool:
    corrected = (event for event in request.history if event.kind is Happened.DETAILS_CORRECTED)
    return any(event.actor == request.taken_by for event in corrected)


def _details(draft: Draft) -> dict[str, Any]:
    said = {name: value for name, value in opening(draft.answers).items() if value not in ("", None, False)}
    return {**said, "reason": _REASON}


def _in_words(draft: Draft) -> str:
    lines = [(field.label, shown(field, draft.answers.get(field.name))) for field in INTAKE.asked(draft.answers)]
    return " ".join(f"{label} {words}" for label, words in lines if words)


async def _guard(session: AsyncSession, request: Request, events: list[Event]) -> str | None:
    """Say where the day to answer by falls into the holidays, once it is known (issue 4)."""
    then = request
    for event in events:
        then = after(then, event)
    division = await case_file.division_of(session, request.school_id)
    terms = [(term.starts_on, term.ends_on) for term in await schools.terms(session, request.school_id)]
    return holiday_guard(dates_of(then, division=division).target, terms)


def form_of(context: Mapping[str, Any]) -> Form:  # noqa: ARG001  a guide's shape
    """Return the questions: the same for every request."""
    return INTAKE


INTAKE_GUIDE: Final = Guide(form=form_of, completed=completed, checked=checked, left=left)
