"""A pupil's circumstances changed: told by staff, counted from then on, put on record or found to be none (PHOTO-4.9).

What counts is a row of `suspensions`, written and taken away here; this table says who told, who settled it, and who
asked the family for a new form. Why a form waits stands nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, ForeignKey, Select, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from policy.photos.uses import FORM_ITEMS
from storage import suspensions
from storage.consents import ConsentRow
from storage.database import Base, Id
from storage.engines.upsert import insert_or_skip
from storage.schools import consents_changed


class State(StrEnum):
    """How far it is."""

    REPORTED = "reported"  # it counts already
    RECORDED = "recorded"
    MISTAKEN = "mistaken"  # the form stands as it did


class RefreshRow(Base):
    """One report, known to people by its number."""

    __tablename__ = "refreshes"
    id: Mapped[Id]
    born_of: Mapped[str] = mapped_column(unique=True)  # the form that it was told with: sent twice, it is one
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    heard_on: Mapped[date]  # a form signed on that day or later counts
    state: Mapped[str]
    reported_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reported_at: Mapped[datetime]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    settled_at: Mapped[datetime | None]
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # asked the family for a new form
    asked_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Refresh:
    """A report as it stands."""

    number: int
    pupil_id: int
    school_id: int
    heard_on: date
    state: State
    reported_by: int
    reported_at: datetime
    settled_by: int | None
    settled_at: datetime | None
    asked_by: int | None
    asked_at: datetime | None


_T: Final = RefreshRow.__table__.c
_ROW: Final[Select[*tuple[Any, ...]]] = select(
    *(_T.id, _T.pupil_id, _T.school_id, _T.heard_on, _T.state, _T.reported_by, _T.reported_at),
    *(_T.settled_by, _T.settled_at, _T.asked_by, _T.asked_at),
)
_BACK: Final = exists().where(  # a new form
    ConsentRow.pupil_id == RefreshRow.pupil_id,
    ConsentRow.item.in_(FORM_ITEMS),
    ConsentRow.signed_on >= RefreshRow.heard_on,
)


def is_open() -> ColumnElement[bool]:
    """Say in SQL whether it still waits for the data lead, or for the family to be asked."""
    unasked = (RefreshRow.state == State.RECORDED.value) & RefreshRow.asked_at.is_(None)
    return (RefreshRow.state == State.REPORTED.value) | unasked


async def report(
    session: AsyncSession,
    *,
    pupil_id: int,
    school_id: int,
    heard_on: date,
    born_of: str,
    reported_by: int,
    now: datetime,
) -> tuple[int, bool]:
    """Take a report, which counts from now on; return its number, and whether it is new."""
    written = await session.execute(
        insert_or_skip(session, RefreshRow, ["born_of"]).values(
            born_of=born_of,
            pupil_id=pupil_id,
            school_id=school_id,
            heard_on=heard_on,
            state=State.REPORTED.value,
            reported_by=reported_by,
            reported_at=now,
        )
    )
    is_new = bool(written.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult
    number = int(await session.scalar(select(_T.id).where(_T.born_of == born_of)) or 0)
    if is_new:
        await suspensions.record(
            session, pupil_id=pupil_id, suspended_from=heard_on, recorded_by=reported_by, now=now, refresh_id=number
        )
        await consents_changed(session, school_id)
    return number, is_new


async def record(session: AsyncSession, one: Refresh, *, by: int, now: datetime) -> bool:
    """Put it on record, once; False where somebody was first. It counts on as it has since the report."""
    return await _settle(session, one, State.RECORDED, by=by, now=now)


async def mistaken(session: AsyncSession, one: Refresh, *, by: int, now: datetime) -> bool:
    """Note that the form stands as it did, once. False where somebody was first."""
    if not await _settle(session, one, State.MISTAKEN, by=by, now=now):
        return False
    await suspensions.end(session, one.number)
    return True


async def asked(session: AsyncSession, number: int, *, by: int, now: datetime) -> bool:
    """Note that the family was asked for a new form, once."""
    done = (
        update(RefreshRow)
        .where(RefreshRow.id == number, RefreshRow.state == State.RECORDED.value, _T.asked_at.is_(None))
        .values(asked_by=by, asked_at=now)
    )
    return await _changed(session, done)


async def by_number(session: AsyncSession, number: int, *, hold: bool = False) -> Refresh | None:
    """Return a report; `hold` keeps others from changing it meanwhile."""
    query = _ROW.where(_T.id == number)
    row = (await session.execute(query.with_for_update() if hold else query)).first()
    return None if row is None else _refresh(row)


async def unsettled(session: AsyncSession, school_id: int) -> tuple[Refresh, ...]:
    """Return a school's that still want something of somebody, the oldest first."""
    wants = (RefreshRow.state == State.REPORTED.value) | ~_BACK
    query = _ROW.where(_T.school_id == school_id, is_open(), wants).order_by(_T.id)
    return tuple(_refresh(row) for row in await session.execute(query))


async def waiting(session: AsyncSession, *, before: datetime) -> tuple[Refresh, ...]:
    """Return those that went on record before then and after which no new form has come back."""
    query = _ROW.where(_T.state == State.RECORDED.value, _T.settled_at <= before, ~_BACK).order_by(_T.id)
    return tuple(_refresh(row) for row in await session.execute(query))


async def _settle(session: AsyncSession, one: Refresh, state: State, *, by: int, now: datetime) -> bool:
    settled = (
        update(RefreshRow)
        .where(RefreshRow.id == one.number, RefreshRow.state == State.REPORTED.value)
        .values(state=state.value, settled_by=by, settled_at=now)
    )
    if not await _changed(session, settled):
        return False
    await consents_changed(session, one.school_id)
    return True


async def _changed(session: AsyncSession, change: Any) -> bool:  # noqa: ANN401  an UPDATE, whose type names its table
    done = await session.execute(change.execution_options(synchronize_session=False))
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE's result is a CursorResult


def _refresh(row: Sequence[Any]) -> Refresh:
    number, pupil, school, heard, state, *rest = row
    return Refresh(number, pupil, school, heard, State(state), *rest)
