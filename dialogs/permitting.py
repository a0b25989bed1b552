"""What only the headteacher allows (A2, A3, A4, A8): asked for with one press, decided in the card, for one day."""

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.addressees import in_line
from dialogs.cards.permission import asked_the_head_card, decided_card, permission_card
from dialogs.conversation import Json, Pressed, Reply, Turn
from dialogs.desk import Desk
from dialogs.known import Known
from dialogs.letters import post
from dialogs.pressed import number_in, own_question, words_in
from dialogs.said import who_and_when
from dialogs.thought import instead, reply
from policy.calendar import long_date
from policy.images import Device
from policy.packs import PersonalDevice, SchoolRules
from policy.photos.decision import PhotoAnswer, Shape
from policy.roles import Role
from policy.understanding.heard import When
from storage import audit, people, questions, reviews, schools
from storage.people import Person
from storage.questions import Question
from storage.reviews import Review, ReviewKind
from storage.schools import FAMILY_FILMING, School

LINE: Final = (Role.HEADTEACHER, Role.ACADEMY_LEADER)
# The row that said no -> the permission that would lift it, and its words.
_KINDS: Final = {
    "A2": ("private_place", "pictures in a changing, toilet or pool area, with a second adult"),  # PHOTO-7.8
    "A3": ("personal_camera", "a camera of one's own"),  # PHOTO-7.6: never a phone
    "A4": (FAMILY_FILMING, "families filming at the event"),  # PHOTO-3.1-c
    "A8": ("live", "a live stream or video call that shows pupils"),  # ONLINE-VC-b
}
WHAT: Final = {row: words for row, (_, words) in _KINDS.items()}
_YES: Final = "yes"


def can_be_asked(answer: PhotoAnswer, rules: SchoolRules) -> bool:
    """Whether the head may lift this no; a personal device only where the school chose that exception (C1)."""
    if answer.shape is not Shape.P or answer.row not in _KINDS:
        return False
    return answer.row != "A3" or (rules.personal_device is PersonalDevice.HT_EXCEPTION and answer.detail == "camera")


async def request(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:
    """Pass one's own question to the head, once; a head is asked at once, in the same place."""
    question = await own_question(session, known, pressed)
    if question is None or question.school_id is None or question.shape != "P":
        return None
    number = number_in(pressed, "question")
    school = known.school(question.school_id)
    if not await _may_be_asked(session, number, question, desk.rules_at(school)):
        return None
    is_head = any(role in known.person.roles_at(school.id) for role in LINE)
    role, addressees = (Role.HEADTEACHER, ()) if is_head else await in_line(session, school.id, LINE, but=known.person)
    review, is_new = await reviews.open_review(
        session,
        kind=ReviewKind.PERMISSION,
        school_id=school.id,
        question_id=number,
        asker_id=known.person.id,
        role=role,
        now=turn.now,
    )
    card = await _card(session, review, question, school)
    for person in addressees if is_new else ():
        key = f"permission/{review.number}/{person.id}"
        await post(session, key=key, to=person, card=card, about="question", now=turn.now)
    return reply(card if is_head else asked_the_head_card())


async def decide(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  every verb's handler has this shape
    """Record what the head decided, the first time; a later press shows what was decided."""
    review = await reviews.by_number(session, number_in(pressed, "request"))
    said = words_in(pressed, "allowed")
    if review is None or review.kind is not ReviewKind.PERMISSION or said not in {_YES, "no"}:
        return None
    if not any(role in known.person.roles_at(review.school_id) for role in LINE):
        return None
    question = await questions.by_number(session, review.question_id)
    kind = await _kind(session, review.question_id)
    if question is None or question.on is None or kind is None:
        return None
    if await reviews.answer(session, review.number, words=said, by=known.person.id, now=turn.now):
        await schools.decide_permission(
            session,
            school_id=review.school_id,
            kind=kind[0],
            on=question.on,
            allowed=said == _YES,
            decided_by=known.person.id,
            now=turn.now,
        )
        await _tell(session, review, question, by=known.person, allowed=said == _YES, what=kind[1], turn=turn)
    done = await reviews.by_number(session, review.number)
    return instead(reply(await _card(session, done or review, question, known.school(review.school_id))))


async def show(desk: Desk, session: AsyncSession, known: Known, pressed: Pressed, turn: Turn) -> Reply | None:  # noqa: ARG001  see decide
    """Show a request to the head as it stands: still to be decided, or with what was decided."""
    review = await reviews.by_number(session, number_in(pressed, "request"))
    if review is None or review.kind is not ReviewKind.PERMISSION or not known.is_at(review.school_id):
        return None
    if not any(role in known.person.roles_at(review.school_id) for role in LINE):
        return None
    question = await questions.by_number(session, review.question_id)
    if question is None:
        return None
    return reply(await _card(session, review, question, known.school(review.school_id)))


async def _may_be_asked(session: AsyncSession, number: int, question: Question, rules: SchoolRules) -> bool:
    """Check the rows, not the card: a forged press could ask for what no button offers."""
    kind, understood = await _kind(session, number), question.understood
    if kind is None or not understood or understood.get("when", When.UNCLEAR) == When.UNCLEAR:
        return False
    if kind[0] != _KINDS["A3"][0]:
        return True
    return rules.personal_device is PersonalDevice.HT_EXCEPTION and understood["device"] == Device.PERSONAL_CAMERA


async def _kind(session: AsyncSession, question: int) -> tuple[str, str] | None:
    why = await questions.reason(session, question)
    return None if why is None else _KINDS.get(why.row)


async def _tell(
    session: AsyncSession, review: Review, question: Question, *, by: Person, allowed: bool, what: str, turn: Turn
) -> None:
    await audit.record(
        session,
        f"person/{by.id}",
        "permission.decided",
        f"review/{review.number}",
        {"allowed": allowed},
        now=turn.now,
        school_id=review.school_id,
    )
    asker = await people.by_id(session, review.asker_id)
    if asker is not None and asker.id != by.id and question.on is not None:
        card = decided_card(what=what, on=long_date(question.on), allowed=allowed)
        await post(session, key=f"permission/{review.number}/decided", to=asker, card=card, about="news", now=turn.now)


async def _card(session: AsyncSession, review: Review, question: Question, school: School) -> Json:
    kind = await _kind(session, review.question_id)
    asker = await people.by_id(session, review.asker_id)
    by = await who_and_when(session, review.answered_by, review.answered_at)
    return permission_card(
        request=review.number,
        what="" if kind is None else kind[1],
        on="" if question.on is None else long_date(question.on),
        question=question.text,
        asker="" if asker is None else asker.display_name,
        school=school.name,
        decided=f"{'Yes' if review.answer == _YES else 'No'}: {by}" if by else "",
    )
