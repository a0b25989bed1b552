"""Consent that a family took back: from the report on it counts, and the office or the data lead records it.

A row is an event of a pupil's history (domain 1.1). It names items and changes nobody's answers, so it can neither
settle a dispute nor put a refusal into the mouth of a parent who said nothing. What stage B reads of it is its mark.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ForeignKey, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from policy.records import Withdrawal
from policy.withdrawal import NO_PICTURES
from storage import objections
from storage.database import Base, Id
from storage.engines.upsert import insert_or_skip
from storage.objections import Ruling
from storage.pupils import PupilRow
from storage.questions import QuestionRow
from storage.schools import consents_changed

_BETWEEN: Final = "|"  # marks, where several stand


class State(StrEnum):
    """How far it is."""

    REPORTED = "reported"  # it counts already (PHOTO-4.10)
    RECORDED = "recorded"
    MISTAKEN = "mistaken"  # the data lead found that it was none; it counts no more


class WithdrawalRow(Base):
    """One withdrawal, known to people by its number."""

    __tablename__ = "withdrawals"
    id: Mapped[Id]
    born_of: Mapped[str] = mapped_column(unique=True)  # the form that it was reported with: sent twice, it is one
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    items: Mapped[str]  # "website_image;website_video"
    mark: Mapped[str]  # "2026-11-23:website_image;website_video", what counts; empty: nothing (any more)
    received_on: Mapped[date]
    method: Mapped[str]
    given_by: Mapped[str]
    capacity: Mapped[str]
    erasure: Mapped[str]  # whether the family wants data erased: "yes", "no", "not-said"
    state: Mapped[str]
    reported_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reported_at: Mapped[datetime]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # recorded it, or found it mistaken
    settled_at: Mapped[datetime | None]
    removed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # took the stored pictures away
    removed_at: Mapped[datetime | None]
    published: Mapped[str]  # the DPO about copies that are out: "", "stay" or "take_down" (C12)
    published_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Told:
    """What a report says."""

    pupil_id: int
    school_id: int
    items: tuple[str, ...]
    received_on: date
    method: str
    given_by: str
    capacity: str
    erasure: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A withdrawal as it stands."""

    number: int
    told: Told
    state: State
    reported_by: int
    reported_at: datetime
    settled_by: int | None
    settled_at: datetime | None
    removed_by: int | None
    removed_at: datetime | None
    published: str
    published_by: int | None
    published_at: datetime | None


_T: Final = WithdrawalRow.__table__.c
_PUPILS: Final = PupilRow.__table__
# For queries that read pupils: every mark that counts, or nothing.
MARKS: Final = (
    select(func.aggregate_strings(_T.mark, _BETWEEN))
    .where(_T.pupil_id == _PUPILS.c.id, _T.mark != "")
    .correlate(_PUPILS)
    .scalar_subquery()
)
_ROW: Final[Select[*tuple[Any, ...]]] = select(
    _T.id,
    *(_T.pupil_id, _T.school_id, _T["items"], _T.received_on, _T.method, _T.given_by, _T.capacity, _T.erasure),
    *(_T.state, _T.reported_by, _T.reported_at, _T.settled_by, _T.settled_at, _T.removed_by, _T.removed_at),
    *(_T.published, _T.published_by, _T.published_at),
)


def marked(marks: str | None) -> tuple[tuple[Withdrawal, ...], bool]:
    """Read MARKS: what was taken back, and whether the family wants no pictures at all."""
    if not marks:
        return (), False
    found = []
    for mark in marks.split(_BETWEEN):
        day, _, items = mark.partition(":")
        found.append(Withdrawal(frozenset(items.split(";")), date.fromisoformat(day)))
    return tuple(found), any(NO_PICTURES in one.items for one in found)


async def report(
    session: AsyncSession, told: Told, *, born_of: str, today: date, reported_by: int, now: datetime
) -> tuple[int, bool]:
    """Take a report, which counts from now on; return its number, and whether it is new."""
    items = ";".join(told.items)
    written = await session.execute(
        insert_or_skip(session, WithdrawalRow, ["born_of"]).values(
            born_of=born_of,
            pupil_id=told.pupil_id,
            school_id=told.school_id,
            items=items,
            mark=f"{today.isoformat()}:{items}",
            received_on=told.received_on,
            method=told.method,
            given_by=told.given_by,
            capacity=told.capacity,
            erasure=told.erasure,
            state=State.REPORTED.value,
            reported_by=reported_by,
            reported_at=now,
            published="",
        )
    )
    is_new = bool(written.rowcount == 1)  # type: ignore[attr-defined]  # a CursorResult
    if is_new:
        await consents_changed(session, told.school_id)
    number = await session.scalar(select(_T.id).where(_T.born_of == born_of))
    return int(number or 0), is_new


async def record(session: AsyncSession, one: Recorded, *, by: int, now: datetime) -> bool:
    """Put it on record, once; False where somebody was first. It counts on as it has since the report."""
    items = [item for item in one.told.items if item != NO_PICTURES]
    mark = func.replace(WithdrawalRow.mark, f";{NO_PICTURES}", "")
    if not await _settle(session, one, State.RECORDED, mark=mark, by=by, now=now):
        return False
    if len(items) < len(one.told.items):  # from here on the objection itself stands, until the DPO rules (DP-12.5)
        await objections.record(
            session,
            pupil_id=one.told.pupil_id,
            received_on=one.told.received_on,
            ruling=Ruling.OPEN,
            recorded_by=by,
            now=now,
        )
    return True


async def mistaken(session: AsyncSession, one: Recorded, *, by: int, now: datetime) -> bool:
    """Note that it was no withdrawal, once: it counts no more. False where somebody was first."""
    return await _settle(session, one, State.MISTAKEN, mark="", by=by, now=now)


async def removed(session: AsyncSession, number: int, *, by: int, now: datetime) -> bool:
    """Note that the stored pictures are gone (PHOTO-9.5), once."""
    done = (
        update(WithdrawalRow)
        .where(WithdrawalRow.id == number, WithdrawalRow.state == State.RECORDED.value, _T.removed_at.is_(None))
        .values(removed_by=by, removed_at=now)
    )
    return await _changed(session, done)


async def decide_published(session: AsyncSession, number: int, *, answer: str, by: int | None, now: datetime) -> bool:
    """Note what the DPO, or without `by` the school's rule, says of copies that are out, once (C12)."""
    decided = (
        update(WithdrawalRow)
        .where(WithdrawalRow.id == number, WithdrawalRow.state == State.RECORDED.value, WithdrawalRow.published == "")
        .values(published=answer, published_by=by, published_at=now)
    )
    return await _changed(session, decided)


async def by_number(session: AsyncSession, number: int, *, hold: bool = False) -> Recorded | None:
    """Return a withdrawal; `hold` keeps others from changing it meanwhile."""
    query = _ROW.where(_T.id == number)
    row = (await session.execute(query.with_for_update() if hold else query)).first()
    return None if row is None else _recorded(row)


async def unsettled(session: AsyncSession, school_id: int) -> tuple[Recorded, ...]:
    """Return a school's withdrawals that somebody still has to record, to see to or to decide on, oldest first."""
    to_see_to = (_T.state == State.RECORDED.value) & (_T.removed_at.is_(None) | (_T.published == ""))
    query = _ROW.where(_T.school_id == school_id, (_T.state == State.REPORTED.value) | to_see_to)
    return tuple(_recorded(row) for row in await session.execute(query.order_by(_T.id)))


async def unremoved(session: AsyncSession, *, before: datetime) -> tuple[int, ...]:
    """Return the withdrawals that went on record before then and whose stored pictures nobody has removed."""
    query = select(_T.id).where(_T.state == State.RECORDED.value, _T.removed_at.is_(None), _T.settled_at <= before)
    return tuple(await session.scalars(query.order_by(_T.id)))


async def allowed_before(
    session: AsyncSession, *, school_id: int, pupil_id: int, since: datetime
) -> tuple[tuple[str, str, date], ...]:
    """Return what was asked about a pupil and allowed since then: uses ("website;social"), media, and the day."""
    found = await session.execute(
        select(QuestionRow.uses, QuestionRow.media, QuestionRow.on, QuestionRow.pupil_ids)
        .where(
            QuestionRow.school_id == school_id,
            QuestionRow.decision == "yes",
            QuestionRow.asked_at >= since,
            QuestionRow.pupil_ids.contains(str(pupil_id)),
        )
        .order_by(QuestionRow.id.desc())
    )
    return tuple(
        (uses, media, on)
        for uses, media, on, ids in found
        if on is not None and str(pupil_id) in ids.strip("[]").split(",")
    )


async def _settle(
    session: AsyncSession,
    one: Recorded,
    state: State,
    *,
    mark: Any,  # noqa: ANN401  a value, or an expression of SQL
    by: int,
    now: datetime,
) -> bool:
    settled = (
        update(WithdrawalRow)
        .where(WithdrawalRow.id == one.number, WithdrawalRow.state == State.REPORTED.value)
        .values(state=state.value, mark=mark, settled_by=by, settled_at=now)
    )
    if not await _changed(session, settled):
        return False
    await consents_changed(session, one.told.school_id)
    return True


async def _changed(session: AsyncSession, change: Any) -> bool:  # noqa: ANN401  an UPDATE, whose type names its table
    done = await session.execute(change.execution_options(synchronize_session=False))
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE's result is a CursorResult


def _recorded(row: Sequence[Any]) -> Recorded:
    number, pupil, school, items, received, method, by, capacity, erasure, state, *rest = row
    told = Told(pupil, school, tuple(items.split(";")), received, method, by, capacity, erasure)
    return Recorded(number, told, State(state), *rest)
