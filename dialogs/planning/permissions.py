"""What only the head allows at an event, families filming and live streams: asked for with the plan (PHOTO-3.1)."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.addressees import in_line
from dialogs.cards.permission import permission_card
from dialogs.conversation import Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.letters import post
from dialogs.permitting import LINE, WHAT
from dialogs.planning import case_file
from dialogs.planning.case_file import event
from policy.calendar import long_date
from policy.images import Use
from policy.packs import FamilyFilming
from policy.planning.form import uses_in
from policy.planning.plan import Happened, Plan
from policy.roles import Role
from policy.understanding.heard import Intent
from storage import questions, reviews
from storage.questions import Question, Reason
from storage.reviews import ReviewKind

_FILMING: Final = "A4"  # rows of the decision table that the head alone lifts
_LIVE: Final = "A8"


async def ask_the_head(desk: Desk, session: AsyncSession, plan: Plan, known: Known, turn: Turn) -> Plan:
    """Put to the head what the plan wants and nobody has allowed for that day, once a day."""
    school = known.school(plan.school_id)
    lists = await desk.lists(session, school)
    wanted = []
    by_event = desk.rules_at(school).family_filming is FamilyFilming.PER_EVENT_DECISION
    if plan.answers["family"] == "yes" and by_event and plan.on not in lists.family_filming:
        wanted.append(_FILMING)
    if Use.LIVE in uses_in(plan.answers) and ("live", plan.on) not in lists.permissions:
        wanted.append(_LIVE)
    for row in wanted:
        what = f"{row}/{plan.on.isoformat()}"
        if what not in plan.asked_head:
            await _ask(session, plan, row, known, turn)
            asked = event(Happened.HEAD_ASKED, turn.now, known.person.id, what=what)
            plan = await case_file.add(session, plan, asked)
    return plan


async def _ask(session: AsyncSession, plan: Plan, row: str, known: Known, turn: Turn) -> None:
    """Note it as a question that was answered no, so that the head's card and answer are those of any such question."""
    school, words = known.school(plan.school_id), f"{plan.title}: {WHAT[row]}"
    question = await questions.note(
        session,
        Question(
            person_id=known.person.id,
            conversation=turn.conversation,
            activity=turn.activity,
            asked_at=turn.now,
            text=words,
            intent=Intent.PLAN_EVENT.value,
            shape="P",
            school_id=school.id,
            on=plan.on,
            decision="no",
        ),
        Reason(row, {}),
    )
    role, heads = await in_line(session, school.id, LINE, but=known.person)
    if any(role in known.person.roles_at(school.id) for role in LINE):
        role, heads = Role.HEADTEACHER, (known.person,)  # a head's own event is the head's own decision
    review, _ = await reviews.open_review(
        session,
        kind=ReviewKind.PERMISSION,
        school_id=school.id,
        question_id=question,
        asker_id=known.person.id,
        role=role,
        now=turn.now,
    )
    card = permission_card(
        request=review.number,
        what=WHAT[row],
        on=long_date(plan.on),
        question=words,
        asker=known.person.display_name,
        school=school.name,
    )
    for person in heads:
        key = f"permission/{review.number}/{person.id}"
        await post(session, key=key, to=person, card=card, about="question", now=turn.now)
