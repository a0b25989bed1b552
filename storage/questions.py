"""Every question asked, with what was answered and the lists it rested on. Why is kept apart, for reviewers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import ForeignKey, Index, bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Id


class QuestionRow(Base):
    """One question, as the asker could see it."""

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_asked_in", "conversation", "person_id", "id"),)
    id: Mapped[Id]
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    conversation: Mapped[str]
    activity: Mapped[str]
    asked_at: Mapped[datetime]
    text: Mapped[str]
    intent: Mapped[str]
    understood: Mapped[str | None]  # JSON of what was understood; None: nothing to follow up
    uses: Mapped[str]  # "website;social"
    media: Mapped[str]  # "still;video"
    on: Mapped[date | None]
    pupil_ids: Mapped[str]  # JSON
    shape: Mapped[str]
    decision: Mapped[str | None]
    conditions: Mapped[str]  # "K1;K2", the full set (domain 1.7)
    answered_with: Mapped[str] = mapped_column(default="", server_default="")
    rules_version: Mapped[str]
    roll_version: Mapped[int | None]
    consents_version: Mapped[int | None]
    list_as_of: Mapped[date | None]


class QuestionCauseRow(Base):
    """Why, per question: for routing and for reviewers' eyes; no staff-facing query reads it (domain 1.6)."""

    __tablename__ = "question_causes"
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True, autoincrement=False)
    row: Mapped[str]  # of the decision table: "B7"
    causes: Mapped[str]  # JSON {pupil id: [row, cause]}


@dataclass(frozen=True, slots=True)
class Question:
    """What is noted of a question that somebody asked."""

    person_id: int
    conversation: str
    activity: str
    asked_at: datetime
    text: str
    intent: str
    shape: str
    school_id: int | None = None
    understood: dict[str, Any] | None = None
    uses: Sequence[str] = ()
    media: Sequence[str] = ()
    on: date | None = None
    pupil_ids: Sequence[int] = ()
    decision: str | None = None
    conditions: Sequence[str] = ()
    answered_with: str = ""  # an answer of the library, with its version
    rules_version: str = ""
    roll_version: int | None = None
    consents_version: int | None = None
    list_as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a question was answered as it was: the row that decided, and each pupil's row and cause."""

    row: str
    causes: dict[int, tuple[str, str]]


_NOTE: Final = insert(QuestionRow.__table__).returning(QuestionRow.id)  # type: ignore[arg-type]  # a Table is what it is
_CAUSE: Final = insert(QuestionCauseRow.__table__)  # type: ignore[arg-type]  # see above
_TEXT: Final = select(QuestionRow).where(QuestionRow.id == bindparam("question"))
_OF_SCHOOL: Final = select(QuestionRow).where(QuestionRow.school_id == bindparam("school")).order_by(QuestionRow.id)


async def note(session: AsyncSession, question: Question, reason: Reason | None = None) -> int:
    """Log a question with its answer, and apart from it the reason; return its number."""
    noted = await session.execute(
        _NOTE,
        {
            "school_id": question.school_id,
            "person_id": question.person_id,
            "conversation": question.conversation,
            "activity": question.activity,
            "asked_at": question.asked_at,
            "text": question.text.replace("\0", ""),  # PostgreSQL keeps no NUL in a text
            "intent": question.intent,
            "understood": None if question.understood is None else msgspec.json.encode(question.understood).decode(),
            "uses": ";".join(question.uses),
            "media": ";".join(question.media),
            "on": question.on,
            "pupil_ids": msgspec.json.encode(question.pupil_ids).decode(),
            "shape": question.shape,
            "decision": question.decision,
            "conditions": ";".join(question.conditions),
            "answered_with": question.answered_with,
            "rules_version": question.rules_version,
            "roll_version": question.roll_version,
            "consents_version": question.consents_version,
            "list_as_of": question.list_as_of,
        },
    )
    number = int(noted.scalar_one())
    if reason is not None:
        causes = msgspec.json.encode(reason.causes).decode()
        await session.execute(_CAUSE, {"question_id": number, "row": reason.row, "causes": causes})
    return number


async def by_number(session: AsyncSession, number: int) -> Question | None:
    """Return a question as it was noted, without its reason."""
    row = await session.scalar(_TEXT, {"question": number})
    return None if row is None else _question(row)


async def of_school(session: AsyncSession, school_id: int) -> tuple[tuple[int, Question], ...]:
    """Return every question asked at a school with its number, oldest first, without reasons."""
    found = await session.scalars(_OF_SCHOOL, {"school": school_id})
    return tuple((row.id, _question(row)) for row in found)


def _question(row: QuestionRow) -> Question:
    return Question(
        person_id=row.person_id,
        conversation=row.conversation,
        activity=row.activity,
        asked_at=row.asked_at,
        text=row.text,
        intent=row.intent,
        shape=row.shape,
        school_id=row.school_id,
        understood=None if row.understood is None else msgspec.json.decode(row.understood),
        uses=tuple(filter(None, row.uses.split(";"))),
        media=tuple(filter(None, row.media.split(";"))),
        on=row.on,
        pupil_ids=tuple(msgspec.json.decode(row.pupil_ids)),
        decision=row.decision,
        conditions=tuple(filter(None, row.conditions.split(";"))),
        answered_with=row.answered_with,
        rules_version=row.rules_version,
        roll_version=row.roll_version,
        consents_version=row.consents_version,
        list_as_of=row.list_as_of,
    )


async def reason(session: AsyncSession, number: int) -> Reason | None:
    """Return why: only for a reviewer, whose reading the caller writes into the audit log (domain 8)."""
    row = await session.get(QuestionCauseRow, number)
    if row is None:
        return None
    return Reason(row.row, {int(pupil): (at, why) for pupil, (at, why) in msgspec.json.decode(row.causes).items()})


async def rows_among(session: AsyncSession, numbers: Collection[int], rows: Collection[str]) -> dict[int, str]:
    """Return which of these rows answered each question, where one of them did: rows that depend on no pupil."""
    cause = QuestionCauseRow
    found = select(cause.question_id, cause.row).where(cause.question_id.in_(numbers), cause.row.in_(rows))
    return {question: row for question, row in await session.execute(found)}  # noqa: C416  rows are no pairs to mypy
