"""What retention itself has to remember: when it ran, who left when, and what the DPO said about a closed case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ForeignKey, Select, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.cases import Case, CaseKind, CaseRow
from storage.database import Base
from storage.engines.upsert import insert_or_skip, insert_or_update
from storage.people import MembershipRow, PersonRow

LEASE: Final = timedelta(hours=1)  # a run that is not done by then was killed: somebody else takes it over

AHEAD: Final = timedelta(hours=1)  # replicas' clocks may differ; what is noted later than that was by a wrong one
SILENT: Final = timedelta(days=365)  # after so long without an answer the DPO, who may be a new one, is asked again [S]


class RunRow(Base):
    """One night's run: whoever writes this row does it."""

    __tablename__ = "retention_runs"
    day: Mapped[date] = mapped_column(primary_key=True)
    began_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class DepartureRow(Base):
    """A member of staff without any role, since the bot first saw it; the row goes when they come back."""

    __tablename__ = "departures"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    noticed_at: Mapped[datetime]


class Decision(StrEnum):
    """What the DPO said about a closed case whose period ends."""

    ASKED = "asked"
    KEEP = "keep"
    GO = "go"


class CasePeriodRow(Base):
    """One closed case about which the DPO was asked."""

    __tablename__ = "case_periods"
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    lot: Mapped[str] = mapped_column(index=True)  # the cases that were asked about on one card
    asked_at: Mapped[datetime]
    decision: Mapped[str]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    until: Mapped[date | None]  # kept: asked again then; to go: deleted from then on


@dataclass(frozen=True, slots=True)
class Asked:
    """A case as it stands on a card."""

    case: Case
    decision: Decision
    until: date | None


_RUN: Final = RunRow.__table__.c
_C: Final = CaseRow.__table__.c
_P: Final = CasePeriodRow.__table__.c
COUNTS: Final = _P.asked_at >= _C.closed_at  # what was asked before the last closing is over (BREACH-3.14)
_CASE: Final[Select[*tuple[Any, ...]]] = select(
    *(_C[name] for name in ("id", "kind", "school_id", "reporter_id", "status")),
    *(_C[name] for name in ("opened_at", "closed_at", "due_at", "revision")),
)


async def claim_run(session: AsyncSession, day: date, *, now: datetime) -> bool:
    """Take that day's run; False where somebody has done it or is at it."""
    fresh = insert_or_skip(session, RunRow, ["day"]).values(day=day, began_at=now).returning(_RUN.day)
    if await session.scalar(fresh) is not None:
        return True
    taken_over = (
        update(RunRow)
        .where(RunRow.day == day, RunRow.done_at.is_(None), RunRow.began_at <= now - LEASE)
        .values(began_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool((await session.execute(taken_over)).rowcount)  # type: ignore[attr-defined]  # a CursorResult


async def finish_run(session: AsyncSession, day: date, *, now: datetime) -> None:
    """Note that a day's run is done, whoever began it."""
    values = {"day": day, "began_at": now, "done_at": now}
    await session.execute(insert_or_update(session, RunRow, ["day"], values))


async def last_runs(session: AsyncSession, *, now: datetime) -> tuple[datetime, ...]:
    """Return when the last two runs were finished, the newest first; those of a clock that ran ahead are none."""
    ended = select(_RUN.done_at).where(_RUN.done_at <= now + AHEAD).order_by(_RUN.done_at.desc()).limit(2)
    return tuple(min(at, now) for at in await session.scalars(ended))


async def forget_later(session: AsyncSession, *, now: datetime) -> None:
    """Forget what was noted by a clock that ran ahead: a second one like it would seem to go on from there."""
    later = delete(RunRow).where(RunRow.done_at > now + AHEAD)
    await session.execute(later.execution_options(synchronize_session=False))


async def note_departures(session: AsyncSession, *, now: datetime) -> None:
    """Note who has no role at any school any more, and forget whoever came back."""
    has_role = exists().where(MembershipRow.person_id == PersonRow.id, MembershipRow.roles != "")
    noted = exists().where(DepartureRow.person_id == PersonRow.id)
    for person in (await session.scalars(select(PersonRow.id).where(~has_role, ~noted))).all():
        await session.execute(
            insert_or_skip(session, DepartureRow, ["person_id"]).values(person_id=person, noticed_at=now)
        )
    back = exists().where(MembershipRow.person_id == DepartureRow.person_id, MembershipRow.roles != "")
    await session.execute(delete(DepartureRow).where(back).execution_options(synchronize_session=False))


async def to_ask_about(session: AsyncSession, *, before: datetime, today: date) -> tuple[Case, ...]:
    """Return the cases that were closed before then, and about which it is time to ask, for the first time or again.

    What was said before a case was opened again and closed is no word about it now.
    """
    long_ago = datetime.combine(today - SILENT, time(), UTC)
    again = or_(
        (_P.decision == Decision.KEEP.value) & (_P.until <= today),
        (_P.decision == Decision.ASKED.value) & (_P.asked_at < long_ago),
    )
    wanted = (
        _CASE.outerjoin(CasePeriodRow, (_P.case_id == _C.id) & COUNTS)
        .where(_C.closed_at < before)
        .where(or_(_P.case_id.is_(None), again))
        .order_by(_C.school_id, _C.id)
    )
    return tuple(_case(row) for row in await session.execute(wanted))


async def ask(session: AsyncSession, numbers: Collection[int], *, lot: str, now: datetime) -> None:
    """Note that the DPO is asked about these cases on one card."""
    await session.execute(delete(CasePeriodRow).where(CasePeriodRow.case_id.in_(sorted(numbers))))
    rows = [{"case_id": n, "lot": lot, "asked_at": now, "decision": Decision.ASKED.value} for n in sorted(numbers)]
    if rows:
        await session.execute(insert(CasePeriodRow), rows)


async def unanswered(session: AsyncSession, school_ids: Collection[int]) -> tuple[tuple[str, Case], ...]:
    """Return the closed cases of these schools of which the DPO has said nothing yet, each with its card's lot."""
    columns = [*_CASE.selected_columns, _P.lot]
    query = select(*columns).join(CasePeriodRow, (_P.case_id == _C.id) & COUNTS)
    query = query.where(_P.decision == Decision.ASKED.value, _C.school_id.in_(sorted(school_ids))).order_by(_C.id)
    return tuple((row[-1], _case(row[:-1])) for row in await session.execute(query))


async def of_lot(session: AsyncSession, lot: str, *, hold: bool = False) -> tuple[Asked, ...]:
    """Return the cases of a card that it still asks about; `hold` keeps others from deciding meanwhile."""
    columns = [*_CASE.selected_columns, _P.decision, _P.until]
    query = select(*columns).join(CasePeriodRow, _P.case_id == _C.id).where(_P.lot == lot)
    query = query.where(or_(_C.closed_at.is_(None), COUNTS)).order_by(_C.id)
    if hold:
        query = query.with_for_update(of=CasePeriodRow)
    found = (await session.execute(query)).all()
    return tuple(Asked(_case(row[:-2]), Decision(row[-2]), row[-1]) for row in found)


async def decide(
    session: AsyncSession, numbers: Collection[int], *, decision: Decision, until: date, by: int, now: datetime
) -> None:
    """Note what the DPO said about these cases."""
    await session.execute(
        update(CasePeriodRow)
        .where(CasePeriodRow.case_id.in_(sorted(numbers)))
        .values(decision=decision.value, until=until, decided_by=by, decided_at=now)
        .execution_options(synchronize_session=False)
    )


def _case(row: Sequence[Any]) -> Case:
    number, kind, *rest = row
    return Case(number, CaseKind(kind), *rest)
