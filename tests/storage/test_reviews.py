import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from policy.roles import Role
from storage import people, questions, reviews
from storage.database import Database
from storage.questions import Question
from storage.reviews import Review, ReviewKind, ReviewState

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
Give = Callable[..., Awaitable[object]]


async def _asked(db: Database) -> tuple[int, int, int]:
    async with db.write() as session:
        person = await people.by_aad(session, "0000-01")
        assert person is not None
        question = Question(person.id, "chat", "1", NOW, "?", "photo_permission", "R")
        return await questions.note(session, question), person.id, person.memberships[0].school_id


async def _request(db: Database, question: int, asker: int, school: int, role: Role = Role.DSL) -> tuple[Review, bool]:
    async with db.write() as session:
        return await reviews.open_review(
            session,
            kind=ReviewKind.REVIEW,
            school_id=school,
            question_id=question,
            asker_id=asker,
            role=role,
            now=NOW,
        )


async def test_a_review_asked_for_twice_is_one(db: Database, larkfield: Give) -> None:
    asked = await _asked(db)
    told = await asyncio.gather(*(_request(db, *asked) for _ in range(4)))
    assert sorted(new for _, new in told) == [False, False, False, True]
    assert len({review.number for review, _ in told}) == 1


async def test_a_review_waits_for_its_role_until_somebody_answers(db: Database, larkfield: Give) -> None:
    question, asker, school = await _asked(db)
    review, _ = await _request(db, question, asker, school)
    async with db.write() as session:
        assert await reviews.to_do(session, school, [Role.DPO]) == ()
        assert await reviews.to_do(session, school, [Role.DSL]) == (review,)
        assert await reviews.seen(session, review.number, by=asker, now=NOW)
        assert not await reviews.seen(session, review.number, by=asker, now=NOW)
        assert await reviews.answer(session, review.number, words="Stays a no.", by=asker, now=NOW)
        assert not await reviews.answer(session, review.number, words="Yes.", by=asker, now=NOW)
        assert await reviews.to_do(session, school, [Role.DSL]) == ()
    async with db.read() as session:
        (kept,) = await reviews.asked_by(session, asker)
        assert await reviews.by_number(session, review.number) == kept
        assert await reviews.by_number(session, review.number + 1) is None
    assert (kept.state, kept.answer, kept.seen_at) == (ReviewState.ANSWERED, "Stays a no.", NOW)
