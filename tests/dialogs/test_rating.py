"""Thumbs under an answer: kept once a person, with the answer's version, and only under one's own question."""

import pytest
from sqlalchemy import select

from dialogs.conversation import Rated
from storage import deliveries
from storage.database import Database
from storage.deliveries import Delivery
from storage.feedback import FeedbackRow
from tests.dialogs.conftest import MONDAY, Chat

QUESTION = "can I keep school data on a memory stick"


async def answered(teacher: Chat, db: Database) -> None:
    told = await teacher.says(QUESTION)
    assert told.asks_feedback
    sent = Delivery(f"chat/{teacher.email}", f"m{teacher.turns}", 0, "1:77", at=MONDAY)
    async with db.write() as session:
        await deliveries.note(session, [sent])


async def test_a_thumb_is_kept_with_the_answers_version(teacher: Chat, hartfield: Database) -> None:
    await answered(teacher, hartfield)
    await teacher.does(Rated("1:77", helpful=False, words="Too long"))
    await teacher.does(Rated("1:77", helpful=True, words="Clear now"))
    async with hartfield.read() as session:
        (row,) = (await session.scalars(select(FeedbackRow))).all()
    assert (row.helpful, row.words) == (True, "Clear now")
    assert "@" in row.answer


@pytest.mark.parametrize("message", ["1:78", "", "1:77' OR 1=1"])
async def test_a_thumb_under_something_else_is_let_go(teacher: Chat, hartfield: Database, message: str) -> None:
    await answered(teacher, hartfield)
    await teacher.does(Rated(message, helpful=True, words=""))
    async with hartfield.read() as session:
        assert (await session.scalars(select(FeedbackRow))).all() == []


async def test_a_neutral_no_asks_for_nothing(teacher: Chat) -> None:
    told = await teacher.says("can I put a photo of Tom Bell on the website")
    assert not told.asks_feedback
