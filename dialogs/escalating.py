"""To the DPO: a use that only the DPO decides, or a question that the bot could not answer."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.addressees import in_line
from dialogs.cards.escalation import escalation_card
from dialogs.cards.sent_to_dpo import dpo_has_read_card, sent_to_dpo_card
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.letters import post
from dialogs.pressed import number_in, own_question
from dialogs.said import moment, who_and_when
from dialogs.thought import instead, reply
from policy.roles import May, Role, may
from storage import audit, people, questions, reviews
from storage.people import Person
from storage.reviews import Review, ReviewKind
from storage.schools import School

# Whoever comes first and exists gets it: a question must not wait for a post that nobody holds (C29).
_LINE: Final = (Role.DPO, Role.HEADTEACHER, Role.DATA_LEAD)


async def escalate(session: AsyncSession, school: School, *, question: int, asker: Person, now: datetime) -> int:
    """Write the request and its letters, in the caller's transaction; return its number."""
    role, addressees = await in_line(session, school.id, _LINE, but=asker)
    review, is_new = await reviews.open_review(
        session,
        kind=ReviewKind.ESCALATION,
        school_id=school.id,
        question_id=question,
        asker_id=asker.id,
        role=role,
        now=now,
    )
    if is_new:
        card = await _card(session, review, school)
        for person in addressees:
            await post(
                session, key=f"escalation/{review.number}/{person.id}", to=person, card=card, about="question", now=now
            )
    return review.number


async def ask(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Send the asker's own question up, once however often it is pressed."""
    question = await own_question(session, known, pressed)
    if question is None or question.school_id is None:
        return None
    school = known.school(question.school_id)
    number = await escalate(session, school, question=number_in(pressed, "question"), asker=known.person, now=turn.now)
    return reply(sent_to_dpo_card(escalation=number))


async def read(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Note that it was read, once, and tell the asker. It decides nothing."""
    review = await reviews.by_number(session, number_in(pressed, "escalation"))
    if review is None or review.kind is not ReviewKind.ESCALATION or not _may_read(known.person, review):
        return None
    if await reviews.seen(session, review.number, by=known.person.id, now=turn.now):
        await audit.record(
            session,
            f"person/{known.person.id}",
            "escalation.read",
            f"review/{review.number}",
            now=turn.now,
            school_id=review.school_id,
        )
        asker = await people.by_id(session, review.asker_id)
        if asker is not None:
            card = dpo_has_read_card(escalation=review.number)
            await post(session, key=f"escalation/{review.number}/read", to=asker, card=card, about="news", now=turn.now)
    done = await reviews.by_number(session, review.number)
    return instead(reply(await _card(session, done or review, known.school(review.school_id))))


def _may_read(person: Person, review: Review) -> bool:
    roles = person.roles_at(review.school_id)
    return review.role in roles or may(roles, May.ANSWER_ESCALATIONS)


async def _card(session: AsyncSession, review: Review, school: School) -> Json:
    question = await questions.by_number(session, review.question_id)
    asker = await people.by_id(session, review.asker_id)
    return escalation_card(
        escalation=review.number,
        question="" if question is None else question.text,
        school=school.name,
        asker="" if asker is None else asker.display_name,
        asked=moment(review.opened_at),
        read=await who_and_when(session, review.seen_by, review.seen_at),
    )
