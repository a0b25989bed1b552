"""Answers that wait for a second pair of eyes before a school gives them: one row a school, decided once.

They are no published answers yet, not even hidden ones: a replica of the version before must not give one away.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, ForeignKey, Index, Select, UniqueConstraint, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, BigId, Id

_IS_DUE: Final = text("due_at IS NOT NULL")


class ProposalState(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    SUPERSEDED = "superseded"  # its writer sent another one, or took it back


class ProposalRow(Base):
    """One answer that one school may give, once somebody besides its writer has approved it."""

    __tablename__ = "answer_proposals"
    __table_args__ = (
        UniqueConstraint("lot", "school_id"),
        Index("ix_answer_proposals_review", "review_id"),
        Index("ix_answer_proposals_due", "due_at", sqlite_where=_IS_DUE, postgresql_where=_IS_DUE),
    )
    id: Mapped[Id]
    lot: Mapped[str]  # what was sent at once, for one school or for many
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    review_id: Mapped[int | None] = mapped_column(BigId)  # the question that it began with
    asks: Mapped[str]  # JSON: how staff ask it, the first is its title
    text: Mapped[str]
    document: Mapped[str]  # "" where no clause is cited
    clause: Mapped[str]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    state: Mapped[str]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    note: Mapped[str]  # why not yet
    due_at: Mapped[datetime | None]  # when whoever approves is reminded; None: nothing is waited for
    chased: Mapped[int] = mapped_column(default=0, server_default="0")  # how often they were


@dataclass(frozen=True, slots=True)
class Proposal:
    """One answer as it waits, or was decided on."""

    number: int
    lot: str
    school_id: int
    review: int | None
    asks: tuple[str, ...]
    text: str
    document: str
    clause: str
    proposed_by: int
    proposed_at: datetime
    state: ProposalState
    decided_by: int | None
    decided_at: datetime | None
    note: str
    due_at: datetime | None
    chased: int


_T: Final = ProposalRow.__table__.c
_ROWS: Final[Select[*tuple[Any, ...]]] = select(ProposalRow.__table__).order_by(_T.id)


async def propose(
    session: AsyncSession,
    *,
    lot: str,
    due: Mapping[int, datetime | None],
    review: int | None,
    asks: Sequence[str],
    text: str,
    cites: tuple[str, str] = ("", ""),
    by: int,
    now: datetime,
) -> None:
    """Let an answer wait at each of these schools, until a reminder is due there.

    What waited there for the same question is superseded.
    """
    await supersede(session, review, due, by=by, now=now)
    shared = {
        "lot": lot,
        "review_id": review,
        "asks": msgspec.json.encode(list(asks)).decode(),
        "text": text,
        "document": cites[0],
        "clause": cites[1],
        "proposed_by": by,
        "proposed_at": now,
        "state": ProposalState.WAITING.value,
        "note": "",
    }
    rows = [{**shared, "school_id": school, "due_at": due_at} for school, due_at in sorted(due.items())]
    if rows:
        await session.execute(insert(ProposalRow.__table__), rows)  # type: ignore[arg-type]  # a Table is what it is


async def supersede(
    session: AsyncSession, review: int | None, school_ids: Collection[int], *, by: int, now: datetime
) -> None:
    """Withdraw what waits at these schools for the same question: a newer answer takes its place."""
    if review is not None:
        await _decide(
            session,
            (_T.review_id == review) & _T.school_id.in_(sorted(school_ids)),
            ProposalState.SUPERSEDED,
            by=by,
            now=now,
        )


async def by_number(session: AsyncSession, number: int) -> Proposal | None:
    """Return one, decided ones too."""
    row = (await session.execute(_ROWS.where(_T.id == number))).first()
    return None if row is None else _proposal(row)


async def of_lot(session: AsyncSession, lot: str) -> tuple[Proposal, ...]:
    """Return everything that was sent at once."""
    return tuple(map(_proposal, await session.execute(_ROWS.where(_T.lot == lot))))


async def waiting(session: AsyncSession, school_ids: Collection[int]) -> tuple[Proposal, ...]:
    """Return what nobody has decided on yet at these schools, oldest first."""
    undecided = _ROWS.where(_T.state == ProposalState.WAITING.value, _T.school_id.in_(sorted(school_ids)))
    return tuple(map(_proposal, await session.execute(undecided)))


async def decide(
    session: AsyncSession, number: int, state: ProposalState, *, by: int, now: datetime, note: str = ""
) -> bool:
    """Decide on one, once; False where somebody already had."""
    return await _decide(session, _T.id == number, state, by=by, now=now, note=note) == 1


async def is_due(session: AsyncSession, *, now: datetime) -> bool:
    """Say whether anybody is to be reminded."""
    return await session.scalar(select(_T.id).where(_IS_DUE, _T.due_at <= now).limit(1)) is not None


async def claim_due(session: AsyncSession, *, now: datetime) -> Proposal | None:
    """Hold the one that is due longest until the transaction ends; None where none is, or others have them."""
    due = select(ProposalRow.__table__).where(_IS_DUE, _T.due_at <= now).order_by(_T.due_at).limit(1)
    row = (await session.execute(due.with_for_update(skip_locked=True))).first()
    return None if row is None else _proposal(row)


async def chase(session: AsyncSession, number: int, *, again_at: datetime | None) -> None:
    """Note that somebody was reminded, and when to remind next."""
    await session.execute(
        update(ProposalRow)
        .where(_T.id == number)
        .values(chased=ProposalRow.chased + 1, due_at=again_at)
        .execution_options(synchronize_session=False)
    )


async def _decide(
    session: AsyncSession, which: ColumnElement[bool], state: ProposalState, *, by: int, now: datetime, note: str = ""
) -> int:
    changed = await session.execute(
        update(ProposalRow)
        .where(which, _T.state == ProposalState.WAITING.value)
        .values(state=state.value, decided_by=by, decided_at=now, note=note, due_at=None)
        .execution_options(synchronize_session=False)
    )
    return int(changed.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result is a CursorResult


def _proposal(row: Sequence[Any]) -> Proposal:
    number, lot, school, review, asks, text, document, clause, by, at, state, *rest = row
    told = tuple(msgspec.json.decode(asks))
    return Proposal(number, lot, school, review, told, text, document, clause, by, at, ProposalState(state), *rest)
