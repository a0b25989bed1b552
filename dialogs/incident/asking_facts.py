"""The reporter's few questions: place, time, device and who was told. Answers show on the case's cards at once."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.incident_first import incident_left_card, incident_sent_card
from dialogs.conversation import Json, Turn
from dialogs.desk import Desk
from dialogs.filling.guide import Guide
from dialogs.incident import case_file, telling
from dialogs.incident.at_table import Table
from dialogs.incident.case_file import happened
from dialogs.known import Known
from policy.forms import Choice, Form
from policy.incident.case import Incident
from policy.incident.events import Happened
from policy.incident.forms import illegal_form, incident_form
from policy.incident.kinds import LEADS
from storage import drafts
from storage.drafts import LEFT, Draft

ILLEGAL_GUIDE: Final = "incident-illegal"
GUIDE: Final = "incident"
_OTHER_KIND: Final = "The reporter says now what kind it is. Please open it at once."


async def open_form(session: AsyncSession, who: Known, incident: Incident, at_table: Table, turn: Turn) -> Draft:
    """Open the reporter's form, as what they are at in this conversation."""
    school = incident.school_id if who.is_at(incident.school_id) else who.schools[0].id
    draft = await drafts.open_draft(
        session,
        person_id=who.person.id,
        school_id=school,
        form=_guide(incident),
        subject=telling.subject(incident.number),
        context={
            "people": [[person, at_table.name(person)] for person in _asked_about(incident, at_table)],
            "schools": [[each.id, each.name] for each in who.schools] if len(who.schools) > 1 else [],
        },
        answers={} if incident.is_illegal else {"kind": incident.kind.value},
        now=turn.now,
    )
    if turn.conversation:
        await drafts.hold(session, draft.id, conversation=turn.conversation, now=turn.now)
    return draft


def _asked_about(incident: Incident, at_table: Table) -> list[int]:
    """List whom the report may be about: those who have the case, and those who would but for that."""
    away = sorted(person for person in incident.concerned - {incident.reporter} if person in at_table.known)
    return [*at_table.seats, *away]


async def drop_form(session: AsyncSession, who: Known, incident: Incident, turn: Turn) -> None:
    """Put away a form whose case has another now."""
    for draft in await drafts.open_of(session, who.person.id):
        if draft.subject == telling.subject(incident.number) and draft.form != _guide(incident):
            await drafts.close(session, draft.id, draft.revision, ended=LEFT, now=turn.now)
            await drafts.keep_outcome(session, draft.id, incident_left_card(case=incident.number))


async def may(desk: Desk, session: AsyncSession, known: Known, draft: Draft) -> bool:  # noqa: ARG001  a guide's shape
    """Whether the form is still its reporter's to fill in."""
    incident = await _case_of(session, draft)
    return incident is not None and incident.reporter == known.person.id


async def saved(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> None:  # noqa: ARG001  see may
    """Show what is known so far to whoever has the case; another kind goes to others at once."""
    incident = await _case_of(session, draft)
    if incident is not None and incident.is_open and incident.sent_at is None:
        await _keep(session, incident, draft, turn, sent=False)


async def completed(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:  # noqa: ARG001  see may
    """Take the answers."""
    incident = await _case_of(session, draft)
    if incident is None or incident.reporter != known.person.id:
        return None
    if incident.is_open:
        incident = await _keep(session, incident, draft, turn, sent=True)
    return incident_sent_card(case=incident.number, illegal=incident.is_illegal)


async def left(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:  # noqa: ARG001  see may
    """Leave the form: the case stays."""
    number = telling.number_of(draft.subject)
    return None if number is None else incident_left_card(case=number)


async def _keep(session: AsyncSession, before: Incident, draft: Draft, turn: Turn, *, sent: bool) -> Incident:
    answers = dict(draft.answers)
    events = [happened(Happened.FACTS, turn.now, before.reporter, answers=answers, sent=sent)]
    theirs = {str(each): each for each in (before.school_id, *before.elsewhere)}
    if before.elsewhere and answers.get("school") in theirs:
        events.append(happened(Happened.MOVED, turn.now, before.reporter, school_id=theirs[answers["school"]]))
    incident = await case_file.add(session, before, *events)
    at_table = await telling.changed(session, before, incident, now=turn.now)
    if incident.kind is not before.kind and incident.kind in LEADS:
        await telling.remind(session, incident, at_table, key=f"kind/{incident.kind}", words=_OTHER_KIND, now=turn.now)
    return incident


async def _case_of(session: AsyncSession, draft: Draft) -> Incident | None:
    number = telling.number_of(draft.subject)
    return None if number is None else await case_file.read(session, number, hold=True)


def _guide(incident: Incident) -> str:
    return ILLEGAL_GUIDE if incident.is_illegal else GUIDE


def _choices(context: Mapping[str, Any], name: str) -> list[Choice]:
    return [Choice(str(number), title) for number, title in context.get(name, ())]


def illegal_form_of(context: Mapping[str, Any]) -> Form:
    """Make the form for a draft's context: `people` and `schools`, pairs of an id and a name."""
    return illegal_form(_choices(context, "people"), _choices(context, "schools"))


def form_of(context: Mapping[str, Any]) -> Form:
    """Make the form for a draft's context: `people` and `schools`, pairs of an id and a name."""
    return incident_form(_choices(context, "people"), _choices(context, "schools"))


ILLEGAL_FACTS_GUIDE: Final = Guide(illegal_form_of, completed, saved=saved, left=left, may=may)
FACTS_GUIDE: Final = Guide(form_of, completed, saved=saved, left=left, may=may)
