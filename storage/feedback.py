"""What people said of an answer: helpful or not, with the version of what they were answered."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base
from storage.deliveries import DeliveryRow
from storage.engines.upsert import insert_or_update
from storage.questions import QuestionRow


class FeedbackRow(Base):
    """One person's word on one answer; a later word stands instead."""

    __tablename__ = "feedback"
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    helpful: Mapped[bool] = mapped_column(Boolean(create_constraint=False))
    words: Mapped[str]
    answer: Mapped[str]  # which answer in which version: a file's name with its mark, "own-7@2", or ""
    at: Mapped[datetime]


async def question_of(session: AsyncSession, conversation: str, message: str) -> int | None:
    """Return the question that a message of ours answered, where we know."""
    answered: Select[int] = (
        select(QuestionRow.id)
        .join(
            DeliveryRow,
            (DeliveryRow.conversation == QuestionRow.conversation) & (DeliveryRow.activity == QuestionRow.activity),
        )
        .where(DeliveryRow.conversation == conversation, DeliveryRow.message == message)
        .limit(1)
    )
    found: int | None = await session.scalar(answered)
    return found


async def keep(
    session: AsyncSession, *, question: int, person: int, helpful: bool, words: str, answer: str, now: datetime
) -> None:
    """Keep what somebody said of an answer to a question of theirs."""
    values = {
        "question_id": question,
        "person_id": person,
        "helpful": helpful,
        "words": words,
        "answer": answer,
        "at": now,
    }
    await session.execute(insert_or_update(session, FeedbackRow, ["question_id", "person_id"], values))
