"""Somebody whom Teams will not deliver to: the next in line gets the case, and a person is told to see to it."""

from sqlalchemy import select

from dialogs.unreached import pass_on
from storage.database import Database
from storage.outbox import Letter, LetterRow
from storage.people import PersonRow
from tests.dialogs.conftest import MONDAY, Chat
from tests.dialogs.letterbox import words_to
from tests.dialogs.test_breach_report import WORDS


async def refused(db: Database, person: str) -> None:
    """Teams refuses this person's first letter for good."""
    async with db.write() as session:
        row = (
            await session.scalars(
                select(LetterRow)
                .join(PersonRow, PersonRow.aad_object_id == LetterRow.addressee)
                .where(PersonRow.email == f"{person}@hartfield.example")
                .order_by(LetterRow.id)
            )
        ).first()
        assert row is not None
        letter = Letter(
            row.id, row.key, row.addressee, row.card, row.text, row.summary, 1, row.posted_at, subject=row.subject
        )
        await pass_on(session, letter, "status 403", MONDAY)


async def test_a_dpo_out_of_reach_is_passed_by_and_a_person_is_told(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    await refused(hartfield, "p.owen")
    told = await words_to(hartfield)
    head = told["h.moss"]
    assert head[0].startswith("Case 1")
    assert "Petra Owen could not be reached" in head[0]
    assert [text for text in head if "Petra Owen:" in text and "in person or by phone" in text]


async def test_it_is_passed_on_once(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    await refused(hartfield, "p.owen")
    once = await words_to(hartfield)
    await refused(hartfield, "p.owen")
    assert await words_to(hartfield) == once


async def test_a_head_out_of_reach_is_a_task_for_the_dpo(teacher: Chat, hartfield: Database) -> None:
    await teacher.says(WORDS)
    await refused(hartfield, "h.moss")
    told = await words_to(hartfield)
    assert [text for text in told["p.owen"] if "Hetty Moss:" in text]
    assert "s.bird" in told, "a member of the leadership team has the case now"
