"""Answers that somebody asked to have looked at, and questions passed up to the DPO; each routed by role."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, ForeignKey, Index, Select, UniqueConstraint, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from policy.roles import Role
from storage.database import Base, BigId, Id
from storage.engines.upsert import insert_or_skip
from storage.questions import QuestionRow

_MOST_LISTED: Final = 500
_IS_DUE: Final = text("due_at IS NOT NULL")


class ReviewKind(StrEnum):
    """Why somebody should look."""

    REVIEW = "review"  # "Request review" under a no (domain 1.6.2)
    PERMISSION = "permission"  # what only the headteacher allows (A2, A3, A4, A8)
    ESCALATION = "escalation"  # a use that only the DPO decides (A6)


class ReviewState(StrEnum):
    """How far it is."""

    OPEN = "open"
    SEEN = "seen"
    ANSWERED = "answered"


class ReviewRow(Base):
    """One request to one role about one question: asked twice, it is still one."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("question_id", "kind", "role"),
        Index("ix_reviews_to_do", "school_id", "role", "state"),
        Index("ix_reviews_due", "due_at", sqlite_where=_IS_DUE, postgresql_where=_IS_DUE),
    )
    id: Mapped[Id]
    kind: Mapped[str]
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str]
    state: Mapped[str]
    opened_at: Mapped[datetime]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    seen_at: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    answer: Mapped[str]
    assigned_to: Mapped[int | None] = mapped_column(BigId)  # a person: the DPO handed it over
    due_at: Mapped[datetime | None]  # when whoever it waits for is reminded; None: nothing is waited for
    chased: Mapped[int] = mapped_column(default=0, server_default="0")  # how often


@dataclass(frozen=True, slots=True)
class Review:
    """A request, known to people by its number."""

    number: int
    kind: ReviewKind
    school_id: int
    question_id: int
    asker_id: int
    role: Role
    state: ReviewState
    opened_at: datetime
    seen_by: int | None
    seen_at: datetime | None
    answered_by: int | None
    answered_at: datetime | None
    answer: str
    assigned_to: int | None = None
    due_at: datetime | None = None
    chased: int = 0


_REVIEW: Final[Select[*tuple[Any, ...]]] = select(ReviewRow.__table__)


async def open_review(
    session: AsyncSession,
    *,
    kind: ReviewKind,
    school_id: int,
    question_id: int,
    asker_id: int,
    role: Role,
    now: datetime,
    due_at: datetime | None = None,
) -> tuple[Review, bool]:
    """Return the request to that role about that question, and whether it is new."""
    opened = await session.execute(
        insert_or_skip(session, ReviewRow, ["question_id", "kind", "role"]).values(
            kind=kind.value,
            school_id=school_id,
            question_id=question_id,
            asker_id=asker_id,
            role=role.value,
            state=ReviewState.OPEN.value,
            opened_at=now,
            answer="",
            due_at=due_at,
            chased=0,
        )
    )
    found = await session.execute(
        _REVIEW.where(ReviewRow.question_id == question_id, ReviewRow.kind == kind.value, ReviewRow.role == role.value)
    )
    return _review(found.one()), bool(opened.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult


async def by_number(session: AsyncSession, number: int) -> Review | None:
    """Return the request with that number."""
    row = (await session.execute(_REVIEW.where(ReviewRow.id == number))).first()
    return _review(row) if row else None


async def to_do(session: AsyncSession, school_id: int, roles: Collection[Role]) -> tuple[Review, ...]:
    """Return what still waits for an answer from one of these roles, oldest first."""
    found = await session.execute(
        _REVIEW.where(
            ReviewRow.school_id == school_id,
            ReviewRow.role.in_([role.value for role in roles]),
            ReviewRow.state != ReviewState.ANSWERED.value,
        ).order_by(ReviewRow.id)
    )
    return tuple(_review(row) for row in found)


async def waiting(session: AsyncSession, school_id: int) -> tuple[Review, ...]:
    """Return everything at a school that somebody has not looked at, decided or answered yet, oldest first."""
    found = await session.execute(
        _REVIEW.where(
            ReviewRow.school_id == school_id,
            or_(
                ReviewRow.state == ReviewState.OPEN.value,
                (ReviewRow.state == ReviewState.SEEN.value) & (ReviewRow.kind != ReviewKind.REVIEW.value),
            ),
        ).order_by(ReviewRow.id)
    )
    return tuple(_review(row) for row in found)


async def asked_by(session: AsyncSession, asker_id: int) -> tuple[Review, ...]:
    """Return a person's own requests, newest first."""
    found = await session.execute(_REVIEW.where(ReviewRow.asker_id == asker_id).order_by(ReviewRow.id.desc()))
    return tuple(_review(row) for row in found)


async def escalations(
    session: AsyncSession, school_ids: Collection[int], *, most: int = _MOST_LISTED
) -> tuple[tuple[Review, str], ...]:
    """Return the questions passed to the DPO at these schools with their words, newest first."""
    return await _with_words(session, ReviewRow.school_id.in_(school_ids), most)


async def escalations_of(
    session: AsyncSession, asker_id: int, *, most: int = _MOST_LISTED
) -> tuple[tuple[Review, str], ...]:
    """Return the questions that a person passed to the DPO with their words, newest first."""
    return await _with_words(session, ReviewRow.asker_id == asker_id, most)


async def _with_words(session: AsyncSession, where: ColumnElement[bool], most: int) -> tuple[tuple[Review, str], ...]:
    found = await session.execute(
        _REVIEW.add_columns(QuestionRow.text)
        .join(QuestionRow, QuestionRow.id == ReviewRow.question_id)
        .where(where, ReviewRow.kind == ReviewKind.ESCALATION.value)
        .order_by(ReviewRow.id.desc())
        .limit(most)
    )
    return tuple((_review(row[:-1]), str(row[-1])) for row in found)


async def seen(session: AsyncSession, number: int, *, by: int, now: datetime) -> bool:
    """Note who looked first; False if somebody already had."""
    changed = await session.execute(
        update(ReviewRow)
        .where(ReviewRow.id == number, ReviewRow.state == ReviewState.OPEN.value)
        .values(state=ReviewState.SEEN.value, seen_by=by, seen_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult


async def answer(session: AsyncSession, number: int, *, words: str, by: int, now: datetime) -> bool:
    """Keep the answer and close the request; False if somebody already had."""
    changed = await session.execute(
        update(ReviewRow)
        .where(ReviewRow.id == number, ReviewRow.state != ReviewState.ANSWERED.value)
        .values(state=ReviewState.ANSWERED.value, answered_by=by, answered_at=now, answer=words, due_at=None)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult


async def assign(session: AsyncSession, number: int, *, to: int) -> bool:
    """Hand a request over that is not answered yet; False where it is."""
    changed = await session.execute(
        update(ReviewRow)
        .where(ReviewRow.id == number, ReviewRow.state != ReviewState.ANSWERED.value)
        .values(assigned_to=to)
        .execution_options(synchronize_session=False)
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult


async def is_due(session: AsyncSession, *, now: datetime) -> bool:
    """Say whether anybody is to be reminded."""
    return await session.scalar(select(ReviewRow.id).where(_IS_DUE, ReviewRow.due_at <= now).limit(1)) is not None


async def claim_due(session: AsyncSession, *, now: datetime) -> Review | None:
    """Hold the request that is due longest until the transaction ends; None where none is, or others have them."""
    due = _REVIEW.where(_IS_DUE, ReviewRow.due_at <= now).order_by(ReviewRow.due_at).limit(1)
    row = (await session.execute(due.with_for_update(skip_locked=True))).first()
    return _review(row) if row else None


async def chase(session: AsyncSession, number: int, *, again_at: datetime | None) -> None:
    """Note that somebody was reminded, and when to remind next."""
    await session.execute(
        update(ReviewRow)
        .where(ReviewRow.id == number)
        .values(chased=ReviewRow.chased + 1, due_at=again_at)
        .execution_options(synchronize_session=False)
    )


def _review(row: Sequence[Any]) -> Review:
    number, kind, school, question, asker, role, state, *rest = row
    return Review(number, ReviewKind(kind), school, question, asker, Role(role), ReviewState(state), *rest)
