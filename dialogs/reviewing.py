"""Pass a neutral no on for review, by its cause, without a word about that to the asker (domain 1.6.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.addressees import in_line
from dialogs.cards.passed_on import looked_at_card, passed_on_card
from dialogs.cards.review import review_card
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.letters import post
from dialogs.pressed import number_in, own_question
from dialogs.said import who_and_when
from dialogs.thought import instead, reply
from policy.calendar import long_date
from policy.labels import what
from policy.photos import causes
from policy.photos.decision import Cause
from policy.refreshing import may_record
from policy.roles import Role
from policy.understanding.heard import Heard
from storage import audit, people, questions, reviews
from storage.people import Person
from storage.questions import Question
from storage.records import records
from storage.reviews import Review, ReviewKind
from storage.schools import School

_CONSENT_LINE: Final = (Role.DATA_LEAD, Role.HEADTEACHER, Role.DPO)
_RESTRICTION_LINE: Final = (Role.DSL, Role.DEPUTY_DSL, Role.HEADTEACHER)
_OBJECTION_LINE: Final = (Role.DPO, Role.DATA_LEAD, Role.HEADTEACHER)  # only the DPO rules on one (DP-12.3)
_LINES: Final[Mapping[Cause, Sequence[Role]]] = {
    Cause.ENROLMENT: _CONSENT_LINE,
    Cause.CONSENT: _CONSENT_LINE,
    Cause.RESTRICTION: _RESTRICTION_LINE,
    Cause.OBJECTION: _OBJECTION_LINE,
    Cause.HOLD: _OBJECTION_LINE,
}


@dataclass(frozen=True, slots=True)
class _Matter:
    """The answer that is to be looked at again."""

    number: int
    question: Question
    school: School
    asker: Person
    stopped: Mapping[Cause, tuple[int, ...]]  # pupils by cause: for routing alone

    def pupils_for(self, role: Role) -> list[int]:
        """Return the pupils whose cause belongs to that role."""
        return [pupil for cause, pupils in self.stopped.items() if role in _LINES[cause] for pupil in pupils]


async def request(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Open a review of one's own question, once; the words back are the same whoever gets it."""
    question = await own_question(session, known, pressed)
    if question is None or question.school_id is None or question.shape != "R":
        return None
    number = number_in(pressed, "question")
    school = known.school(question.school_id)
    matter = _Matter(number, question, school, known.person, await _stopped(session, number))
    for line in dict.fromkeys(_LINES[cause] for cause in matter.stopped):
        await _pass_on(desk, session, matter, line, turn)
    return reply(passed_on_card())


async def seen(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Note that a holder of the role it went to has looked, once, and tell the asker so."""
    found = await _theirs(session, known, pressed)
    if found is None:
        return None
    review, matter = found
    if await reviews.seen(session, review.number, by=known.person.id, now=turn.now):
        await _note(session, review, known, "review.seen", turn)
        # One word a question, whoever looked: two would tell that it went to two (domain 1.6.2).
        key = f"question/{review.question_id}/looked-at"
        await post(session, key=key, to=matter.asker, card=looked_at_card(), about="news", now=turn.now)
    else:  # the card tells what is recorded, and every read of a cause is logged (domain 8)
        await _note(session, review, known, "cause.read", turn)
    done = await reviews.by_number(session, review.number)
    return instead(reply(await _card(desk, session, matter, done or review)))


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Show a review as it stands: every read of a cause is logged (domain 8)."""
    found = await _theirs(session, known, pressed)
    if found is None:
        return None
    review, matter = found
    await _note(session, review, known, "cause.read", turn)
    return reply(await _card(desk, session, matter, review))


async def _theirs(session: AsyncSession, known: Known, pressed: Pressed) -> tuple[Review, _Matter] | None:
    """Return what was pressed, if it went to a role that this person holds."""
    review = await reviews.by_number(session, number_in(pressed, "review"))
    if review is None or review.kind is not ReviewKind.REVIEW:
        return None
    if review.role not in known.person.roles_at(review.school_id):
        return None
    question = await questions.by_number(session, review.question_id)
    asker = await people.by_id(session, review.asker_id)
    if question is None or asker is None:
        return None
    school = known.school(review.school_id)
    return review, _Matter(review.question_id, question, school, asker, await _stopped(session, review.question_id))


async def _note(session: AsyncSession, review: Review, known: Known, what: str, turn: Turn) -> None:
    actor, subject = f"person/{known.person.id}", f"review/{review.number}"
    await audit.record(session, actor, what, subject, now=turn.now, school_id=review.school_id)


async def _stopped(session: AsyncSession, number: int) -> dict[Cause, tuple[int, ...]]:
    why = await questions.reason(session, number)
    stopped: dict[Cause, tuple[int, ...]] = {}
    for pupil, (_, cause) in (why.causes if why else {}).items():
        if cause:
            stopped[Cause(cause)] = (*stopped.get(Cause(cause), ()), pupil)
    return stopped


async def _pass_on(desk: Desk, session: AsyncSession, matter: _Matter, line: Sequence[Role], turn: Turn) -> None:
    role, addressees = await in_line(session, matter.school.id, line, but=matter.asker)
    review, is_new = await reviews.open_review(
        session,
        kind=ReviewKind.REVIEW,
        school_id=matter.school.id,
        question_id=matter.number,
        asker_id=matter.asker.id,
        role=role,
        now=turn.now,
    )
    if not is_new:
        return
    card = await _card(desk, session, matter, review)
    for person in addressees:
        key = f"review/{review.number}/{person.id}"
        await post(session, key=key, to=person, card=card, about="review", now=turn.now)
        # The card tells what is recorded, and every read of a cause is logged (domain 8).
        told = {"to": person.id}
        await audit.record(
            session, "bot", "cause.sent", f"review/{review.number}", told, now=turn.now, school_id=matter.school.id
        )


async def _card(desk: Desk, session: AsyncSession, matter: _Matter, review: Review) -> Json:
    rows = await records(session, matter.pupils_for(review.role))
    rules = desk.rules_at(matter.school)
    recorded: list[str] = []
    use = ""
    if matter.question.understood is not None and "intent" in matter.question.understood:  # else it is about the rules
        heard = Heard.from_json(matter.question.understood, await desk.rolls.of(session, matter.school))
        request = replace(heard.circumstances(), group=len(rows) > 1)
        use = what(request)
        lists, roles = await desk.lists(session, matter.school), frozenset({review.role})
        for row in rows:
            lines = causes.recorded(request, row, school=lists, rules=rules, roles=roles)
            recorded += [f"{row.pupil.display_name}: {line}" if len(rows) > 1 else line for line in lines]
    return review_card(
        review=review.number,
        asker=matter.asker.display_name,
        pupils=[f"{row.pupil.display_name} ({row.pupil.class_name})" for row in rows],
        use=use,
        on="" if matter.question.on is None else long_date(matter.question.on),
        recorded=recorded,
        reviewed=await who_and_when(session, review.seen_by, review.seen_at),
        can_refresh=may_record(frozenset({review.role})),
    )
