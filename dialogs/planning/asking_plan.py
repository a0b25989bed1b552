"""Somebody plans pictures of an event: five short pages, the list check, and the school's own check (domain 7.1)."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.cards.event_plan import plan_first_card
from dialogs.cards.refused import refused_card
from dialogs.casework.files import entry
from dialogs.conversation import Json, Turn
from dialogs.desk import Desk
from dialogs.filling import filler
from dialogs.filling.guide import Guide
from dialogs.known import Known
from dialogs.planning import case_file, permissions, showing
from dialogs.planning.case_file import event
from dialogs.thought import Asked, Thought, contract, local_day
from policy.clauses import Citation
from policy.forms import Form
from policy.images import Place, Use
from policy.planning.form import LESSONS, classes_in, day_of, event_form
from policy.planning.plan import Happened, Plan
from policy.roles import May, may
from policy.understanding.heard import Intent, When
from policy.understanding.who import Group
from storage import audit, cases, drafts
from storage.cases import CaseKind
from storage.drafts import Draft

GUIDE: Final = "event-plan"
CLAUSES: Final = (Citation("photography", "5.1"), Citation("photography", "5.4"), Citation("photography", "5.5"))
_SENT: Final = "Sent. Please wait for the school's check before anybody takes a picture."


def think(asked: Asked) -> Thought:
    """Answer words about setting up pictures of an event. The form is opened in the turn's transaction."""
    asker = asked.asker
    if not asker.may(May.ASK_ABOUT_PUPILS):  # a plan shows names (domain 8)
        return Thought(asked.text, None, lambda _: refused_card(), contract(asked.heard, shape="refused"), asker)

    async def starts(session: AsyncSession, who: Known, turn: Turn) -> Json:
        draft = await drafts.open_draft(
            session,
            person_id=who.person.id,
            school_id=asker.school.id,
            form=GUIDE,
            subject=f"plan/new/{turn.conversation}/{turn.activity}",
            context={"classes": list(asked.roll.classes), "plan": 0},
            answers=_known_already(asked),
            now=turn.now,
        )
        return plan_first_card(draft=draft.id)

    cited = tuple((citation.document, citation.clause) for citation in CLAUSES)
    said = contract(asked.heard, shape="flow", citations=cited, routed_to=("data_lead",))
    return Thought(asked.text, None, lambda _: plan_first_card(draft="new"), said, asker, starts=starts)


async def change(desk: Desk, session: AsyncSession, known: Known, plan: Plan, turn: Turn) -> Json:
    """Open the form again, with what was planned."""
    school = known.school(plan.school_id)
    roll = await desk.rolls.of(session, school)
    return await filler.begin(
        session,
        guide=GUIDE,
        person_id=known.person.id,
        school_id=school.id,
        subject=f"{case_file.subject(plan.number)}/{plan.revision}",
        context={"classes": list(roll.classes), "plan": plan.number},
        answers=plan.answers,
        conversation=turn.conversation,
        now=turn.now,
    )


def form_of(context: Mapping[str, Any]) -> Form:
    """Make the form of a draft's context: `classes`, and `plan`, the number of the one that is changed or 0."""
    return event_form(context["classes"], number=context["plan"])


async def allowed(desk: Desk, session: AsyncSession, known: Known, draft: Draft) -> bool:  # noqa: ARG001  a guide's shape
    """Whether the draft's owner may still ask about pupils there, and change the plan that it is about."""
    if not may(known.person.roles_at(draft.school_id), May.ASK_ABOUT_PUPILS):
        return False
    plan = await case_file.read(session, draft.context["plan"], hold=True) if draft.context["plan"] else None
    return plan is None or plan.owner == known.person.id


async def checked(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> str | None:
    """Say why it can't be planned so; None where it can."""
    if day_of(draft.answers) < local_day(turn.now):
        return "That day is over. Please give a day to come."
    roll = await desk.rolls.of(session, known.school(draft.school_id))
    unknown = [name for name in classes_in(draft.answers) if roll.class_named(name) is None]
    if unknown or not classes_in(draft.answers):
        return f"I know no class called {', '.join(unknown)}." if unknown else "Please name at least one class."
    plan = await case_file.read(session, draft.context["plan"]) if draft.context["plan"] else None
    return None if plan is None or plan.is_ahead else "This event is over or called off."


async def completed(desk: Desk, session: AsyncSession, known: Known, draft: Draft, turn: Turn) -> Json | None:
    """Open the plan or change it; the list is checked, and the plan goes to the school's check whatever that says."""
    person, school = known.person, known.school(draft.school_id)
    sent = event(Happened.SENT, turn.now, person.id, answers=dict(draft.answers))
    plan = await case_file.read(session, draft.context["plan"], hold=True) if draft.context["plan"] else None
    if plan is None:
        number, _ = await cases.open_case(
            session,
            kind=CaseKind.PLAN,
            school_id=school.id,
            reporter_id=person.id,
            born_of=f"draft/{draft.id}",
            status="awaiting",
            due_at=None,
            events=[entry(sent)],
        )
        plan = await case_file.read(session, number, hold=True)
        if plan is None:
            return None
        plan = await case_file.add(session, plan)
    else:
        plan = await case_file.add(session, plan, sent)
    plan = await permissions.ask_the_head(desk, session, plan, known, turn)
    actor, subject = f"person/{person.id}", case_file.subject(plan.number)
    await audit.record(session, actor, "plan.sent", subject, now=turn.now, school_id=school.id)
    seen = await showing.see(desk, session, plan, now=turn.now)
    if seen is None:
        return None
    await showing.tell(desk, session, seen)
    return await showing.card_for(desk, session, seen, person, note=_SENT)


def _known_already(asked: Asked) -> dict[str, Any]:
    """Fill in what the words say already; nothing is taken as settled by it."""
    heard = asked.heard
    answers: dict[str, Any] = {"lead": asked.asker.person.display_name}
    if heard.when is When.SAID:
        answers["on"] = heard.on.isoformat()
    if heard.place is Place.VISIT:
        answers["place"] = Place.VISIT.value
    match heard.who:
        case Group(_, classes) if all(name in asked.roll.classes for name in classes):
            answers["classes"] = list(classes) if "classes" in _listed(asked) else ", ".join(classes)
        case _:
            pass
    offered = {choice.value for choice in next(f for f in event_form(()).fields if f.name == "uses").choices}
    lessons = {Use.EDU_SITE, Use.EDU_VISIT}
    uses = {LESSONS if use in lessons else use.value for use in heard.uses or ()} & offered
    if uses:
        answers["uses"] = sorted(uses)
    return answers


def _listed(asked: Asked) -> frozenset[str]:
    form = event_form(asked.roll.classes)
    return frozenset(field.name for field in form.fields if field.choices)


PLAN_GUIDE: Final = Guide(
    form=form_of, completed=completed, checked=checked, may=allowed, hears=frozenset({Intent.PLAN_EVENT})
)
