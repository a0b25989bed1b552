"""To the DPO: a use that only the DPO decides, or a question that the bot could not answer; and the answer back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.addressees import in_line
from dialogs.cards.escalation import dpo_answers_card, escalation_card, unanswered_card
from dialogs.cards.sent_to_dpo import dpo_has_read_card, sent_to_dpo_card
from dialogs.casework.living import keep_current
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.letters import post
from dialogs.pressed import number_in, own_question, words_in
from dialogs.said import moment, who_and_when
from dialogs.thought import instead, reply
from policy.clocks.answering_time import ask_after
from policy.clocks.working_days import Division
from policy.roles import May, Role, may
from storage import audit, people, questions, reviews, schools
from storage.people import Person
from storage.reviews import Review, ReviewKind, ReviewState
from storage.schools import School

# Whoever comes first and exists gets it: a question must not wait for a post that nobody holds (C29).
_LINE: Final = (Role.DPO, Role.HEADTEACHER, Role.DATA_LEAD)
_HAND_TO: Final = (Role.DPO, Role.DATA_LEAD, Role.HEADTEACHER, Role.DSL, Role.SLT, Role.ONLINE_SAFETY_CHAMPION)
_MOST_OTHERS: Final = 20
_CHASES: Final = 3  # reminders to the DPO; the last goes to the head as well
_WOULD_SAY: Final[Mapping[str, str]] = {
    "D": "This use needs the DPO's decision.",
    "unknown": "I don't know that one.",
    "clarify": "I asked back what was meant.",
}


async def escalate(session: AsyncSession, school: School, *, question: int, asker: Person, now: datetime) -> int:
    """Write the request and its letters, in the caller's transaction; return its number."""
    role, _ = await in_line(session, school.id, _LINE, but=asker)
    review, is_new = await reviews.open_review(
        session,
        kind=ReviewKind.ESCALATION,
        school_id=school.id,
        question_id=question,
        asker_id=asker.id,
        role=role,
        now=now,
        due_at=ask_after(now, division=Division(school.division)),
    )
    if is_new:
        await _tell(session, review, school, now=now)
    return review.number


async def ask(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Send the asker's own question up, once however often it is pressed."""
    question = await own_question(session, known, pressed)
    if question is None or question.school_id is None:
        return None
    school = known.school(question.school_id)
    number = await escalate(session, school, question=number_in(pressed, "question"), asker=known.person, now=turn.now)
    return reply(sent_to_dpo_card(escalation=number))


async def read(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see ask
    """Note that it was read, once, and tell the asker. It decides nothing."""
    review = await theirs(session, known, pressed)
    if review is None:
        return None
    school = await _school(session, review)
    if await reviews.seen(session, review.number, by=known.person.id, now=turn.now):
        await _note(session, review, known, "escalation.read", turn)
        await _to_asker(session, review, dpo_has_read_card(escalation=review.number), key="read", now=turn.now)
    return instead(reply(await _tell(session, review, school, now=turn.now, reader=known.person)))


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see ask
    """Show the question as it stands."""
    review = await theirs(session, known, pressed)
    return None if review is None else reply(await _card(session, review, await _school(session, review), known.person))


async def answer(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see ask
    """Keep the answer with name and time, and bring it to whoever asked, once."""
    review = await theirs(session, known, pressed)
    if review is None:
        return None
    school, words = await _school(session, review), words_in(pressed, "answer").strip()
    if not words:
        note = "Please write your answer first."
        return instead(reply(await _card(session, review, school, known.person, note=note)))
    note = ""
    if await reviews.answer(session, review.number, words=words, by=known.person.id, now=turn.now):
        await _note(session, review, known, "escalation.answered", turn)
        question = await questions.by_number(session, review.question_id)
        asked = "" if question is None else question.text
        card = dpo_answers_card(escalation=review.number, question=asked, answer=words, by=known.person.display_name)
        await _to_asker(session, review, card, key="answer", now=turn.now)
    else:
        note = "It was answered already; that answer stands."
    return instead(reply(await _tell(session, review, school, now=turn.now, reader=known.person, note=note)))


async def assign(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see ask
    """Hand a question to a colleague at the school; whoever handed it over keeps the card."""
    review = await theirs(session, known, pressed)
    if review is None:
        return None
    school, chosen = await _school(session, review), number_in(pressed, "to")
    to = next((person for person in await _others(session, review) if person.id == chosen), None)
    if to is None:
        note = "Please choose somebody to hand it to."
        return instead(reply(await _card(session, review, school, known.person, note=note)))
    handed = await reviews.assign(session, review.number, to=to.id)
    if handed:
        await _note(session, review, known, "escalation.assigned", turn)
    note = f"Handed to {to.display_name}." if handed else "It was answered already."
    return instead(reply(await _tell(session, review, school, now=turn.now, reader=known.person, note=note)))


async def show_again(session: AsyncSession, school_id: int, role: Role, *, now: datetime) -> None:
    """Bring the cards of a post's open questions to whoever holds it now: it was lent, or given back."""
    for review in await reviews.to_do(session, school_id, (role,)):
        if review.kind is ReviewKind.ESCALATION:
            await _tell(session, review, await _school(session, review), now=now)


async def mind(session: AsyncSession, now: datetime) -> bool:
    """Remind of the question that is due longest; False where none is."""
    review = await reviews.claim_due(session, now=now)
    if review is None:
        return False
    school = await _school(session, review)
    last = review.chased + 1 >= _CHASES
    again_at = None if last else ask_after(now, division=Division(school.division))
    to = {person.id: person for person in await _readers(session, review)}
    if last:
        to |= {person.id: person for person in await people.holding(session, review.school_id, Role.HEADTEACHER)}
    to.pop(review.asker_id, None)
    for person in to.values():
        card = unanswered_card(escalation=review.number, asked=moment(review.opened_at))
        key = f"escalation/{review.number}/reminder/{review.chased}/{person.id}"
        await post(session, key=key, to=person, card=card, about="reminder", now=now)
    await reviews.chase(session, review.number, again_at=again_at)
    return True


async def theirs(session: AsyncSession, known: Known, pressed: Pressed) -> Review | None:
    """Return the question that was pressed, if this person may answer it (domain 8): never its asker."""
    review = await reviews.by_number(session, number_in(pressed, "escalation"))
    if review is None or review.kind is not ReviewKind.ESCALATION:
        return None
    return review if may_answer(review, known.person) else None


def may_answer(review: Review, person: Person) -> bool:
    """Whether a question is this person's to answer (domain 8): never its asker's."""
    roles = person.roles_at(review.school_id)
    is_theirs = review.role in roles or may(roles, May.ANSWER_ESCALATIONS)
    handed = review.assigned_to == person.id and bool(roles)
    return person.id != review.asker_id and (is_theirs or handed or _was_reminded(review, roles))


def _was_reminded(review: Review, roles: frozenset[Role]) -> bool:
    return review.chased >= _CHASES and Role.HEADTEACHER in roles


async def _tell(
    session: AsyncSession,
    before: Review,
    school: School,
    *,
    now: datetime,
    reader: Person | None = None,
    note: str = "",
) -> Json:
    """Bring every card of the question up to date; return the reader's."""
    review = await reviews.by_number(session, before.number) or before
    readers = {person.id: person for person in await _readers(session, review)}
    drawn = {number: await _card(session, review, school, person) for number, person in readers.items()}
    passed = await _card(session, review, school, None)
    await keep_current(
        session,
        subject=f"escalation/{review.number}",
        readers=readers,
        card=lambda person: drawn.get(person, passed),
        about="question",
        now=now,
    )
    return await _card(session, review, school, reader, note=note)


async def _readers(session: AsyncSession, review: Review) -> tuple[Person, ...]:
    asker = await people.by_id(session, review.asker_id)
    holders = [one for one in await people.holding(session, review.school_id, review.role) if one != asker]
    handed = None if review.assigned_to is None else await people.by_id(session, review.assigned_to)
    return tuple(dict.fromkeys((*holders, *([handed] if handed is not None else []))))


async def _others(session: AsyncSession, review: Review) -> tuple[Person, ...]:
    """Return whom a question can be handed to."""
    posts = [await people.holding(session, review.school_id, role) for role in _HAND_TO]
    listed = dict.fromkeys(person for holders in posts for person in holders if person.id != review.asker_id)
    return tuple(listed)[:_MOST_OTHERS]


async def _to_asker(session: AsyncSession, review: Review, card: Json, *, key: str, now: datetime) -> None:
    asker = await people.by_id(session, review.asker_id)
    if asker is not None:
        await post(session, key=f"escalation/{review.number}/{key}", to=asker, card=card, about="news", now=now)


async def _note(session: AsyncSession, review: Review, known: Known, what: str, turn: Turn) -> None:
    await audit.record(
        session,
        f"person/{known.person.id}",
        what,
        f"review/{review.number}",
        now=turn.now,
        school_id=review.school_id,
    )


async def _school(session: AsyncSession, review: Review) -> School:
    school = await schools.by_id(session, review.school_id)
    if school is None:
        raise LookupError(f"school {review.school_id} is not there")
    return school


async def _card(
    session: AsyncSession, review: Review, school: School, reader: Person | None, *, note: str = ""
) -> Json:
    question = await questions.by_number(session, review.question_id)
    asker = await people.by_id(session, review.asker_id)
    answers = reader is not None and may(reader.roles_at(review.school_id), May.ANSWER_ESCALATIONS)
    done = review.state is ReviewState.ANSWERED
    others = () if done or not answers or reader is None else await _others(session, review)
    return escalation_card(
        escalation=review.number,
        question="" if question is None else question.text,
        school=school.name,
        asker="" if asker is None else asker.display_name,
        asked=moment(review.opened_at),
        would_say="" if question is None else _WOULD_SAY.get(question.shape, ""),
        read=await who_and_when(session, review.seen_by, review.seen_at),
        answered=await who_and_when(session, review.answered_by, review.answered_at) if done else "",
        answer=review.answer,
        others=[(one.display_name, str(one.id)) for one in others if reader is None or one.id != reader.id],
        can_publish=answers and done,
        note=note,
    )
