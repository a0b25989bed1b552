"""Cases: what somebody must see to, with everything that happened to them. Events are only ever added.

The row holds what is looked for (school, status, when to look again); what is known of a case is the sum of its events.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import msgspec
from sqlalchemy import ForeignKey, Index, Select, UniqueConstraint, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base, Id
from storage.engines.upsert import insert_or_skip

_TO_LOOK_AT: Final = text("due_at IS NOT NULL")


class CaseKind(StrEnum):
    """What a case is about; each kind has its own events and statuses (policy)."""

    BREACH = "breach"
    INCIDENT = "incident"
    REQUEST = "request"
    PLAN = "plan"  # a photo event


class CaseRow(Base):
    """One case, known to people by its number."""

    __tablename__ = "cases"
    __table_args__ = (
        UniqueConstraint("born_of"),
        Index("ix_cases_school", "school_id", "kind", "id"),
        # The sweep costs the same however many cases there are (performance 6).
        Index("ix_cases_due", "due_at", sqlite_where=_TO_LOOK_AT, postgresql_where=_TO_LOOK_AT),
    )
    id: Mapped[Id]
    kind: Mapped[str]
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    reporter_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    born_of: Mapped[str]  # "conversation/activity" that opened it: the same message opens no second case
    status: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]  # when the sweep looks again; None: nothing can become due
    revision: Mapped[int]  # how many events there are


class CaseEventRow(Base):
    """One event."""

    __tablename__ = "case_events"
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # 1 is the opening
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the bot
    kind: Mapped[str]
    data: Mapped[str]  # JSON


@dataclass(frozen=True, slots=True)
class Case:
    """A case's row."""

    number: int
    kind: CaseKind
    school_id: int
    reporter_id: int
    status: str
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    revision: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as it is kept; what its data means is the rules' business."""

    kind: str
    at: datetime
    actor: int | None
    data: dict[str, Any]


_T: Final = CaseRow.__table__.c
_CASE: Final[Select[*tuple[Any, ...]]] = select(
    _T.id, _T.kind, _T.school_id, _T.reporter_id, _T.status, _T.opened_at, _T.closed_at, _T.due_at, _T.revision
)
_E: Final = CaseEventRow.__table__.c
_EVENTS: Final[Select[*tuple[Any, ...]]] = select(_E.case_id, _E.kind, _E.at, _E.actor_id, _E.data).order_by(
    _E.case_id, _E.place
)


async def open_case(
    session: AsyncSession,
    *,
    kind: CaseKind,
    school_id: int,
    reporter_id: int,
    born_of: str,
    status: str,
    due_at: datetime | None,
    events: Sequence[Entry],
) -> tuple[int, bool]:
    """Open a case with its first events; return its number, and whether it is new. `events` is not empty."""
    values = {
        "kind": kind,
        "school_id": school_id,
        "reporter_id": reporter_id,
        "born_of": born_of,
        "status": status,
        "opened_at": events[0].at,
        "due_at": due_at,
        "revision": 0,
    }
    await session.execute(insert_or_skip(session, CaseRow, ["born_of"]).values(values))
    number, revision = (await session.execute(select(_T.id, _T.revision).where(_T.born_of == born_of))).one()
    if revision:
        return int(number), False
    await add(session, number, *events)
    return int(number), True


async def add(session: AsyncSession, number: int, *events: Entry) -> int:
    """Add events in their order; return the new revision. Two who add at once queue for the row."""
    taken = await session.execute(
        update(CaseRow)
        .where(CaseRow.id == number)
        .values(revision=CaseRow.revision + len(events))
        .returning(CaseRow.revision)
        .execution_options(synchronize_session=False)
    )
    revision = int(taken.scalar_one())
    first = revision - len(events) + 1
    rows = [
        {
            "case_id": number,
            "place": first + n,
            "at": event.at,
            "actor_id": event.actor,
            "kind": event.kind,
            "data": msgspec.json.encode(event.data).decode().replace("\\u0000", ""),  # PostgreSQL keeps no NUL
        }
        for n, event in enumerate(events)
    ]
    if rows:
        await session.execute(insert(CaseEventRow.__table__), rows)  # type: ignore[arg-type]  # a Table is what it is
    return revision


async def settle(
    session: AsyncSession,
    number: int,
    *,
    status: str,
    due_at: datetime | None,
    closed_at: datetime | None,
    school_id: int,
) -> None:
    """Write down where a case stands after its events, and when to look at it again."""
    await session.execute(
        update(CaseRow)
        .where(CaseRow.id == number)
        .values(status=status, due_at=due_at, closed_at=closed_at, school_id=school_id)
        .execution_options(synchronize_session=False)
    )


async def by_number(session: AsyncSession, number: int, *, hold: bool = False) -> Case | None:
    """Return a case; `hold` keeps everybody else from changing it until the transaction ends."""
    query = _CASE.where(_T.id == number)
    row = (await session.execute(query.with_for_update() if hold else query)).first()
    return None if row is None else _case(row)


async def born_of(session: AsyncSession, birth: str) -> int | None:
    """Return the number of the case that this message opened."""
    found: int | None = await session.scalar(select(_T.id).where(_T.born_of == birth))
    return found


async def events(session: AsyncSession, number: int) -> tuple[Entry, ...]:
    """Return everything that happened to a case, in order."""
    return (await events_of(session, (number,))).get(number, ())


async def events_of(session: AsyncSession, numbers: Collection[int]) -> dict[int, tuple[Entry, ...]]:
    """Return everything that happened to these cases, in order, by number."""
    told: dict[int, list[Entry]] = {}
    for case_id, kind, at, actor, data in await session.execute(_EVENTS.where(_E.case_id.in_(numbers))):
        told.setdefault(case_id, []).append(Entry(kind, at, actor, msgspec.json.decode(data)))
    return {number: tuple(entries) for number, entries in told.items()}


async def reported_by(session: AsyncSession, person_id: int, *, most: int = 20) -> tuple[Case, ...]:
    """Return a person's own reports, newest first."""
    found = await session.execute(_CASE.where(_T.reporter_id == person_id).order_by(_T.id.desc()).limit(most))
    return tuple(map(_case, found))


async def at_schools(
    session: AsyncSession, school_ids: Collection[int], kind: CaseKind, *, only_open: bool = False
) -> tuple[Case, ...]:
    """Return these schools' cases of a kind, by number."""
    query = _CASE.where(_T.school_id.in_(school_ids), _T.kind == kind).order_by(_T.id)
    if only_open:
        query = query.where(_T.closed_at.is_(None))
    return tuple(map(_case, await session.execute(query)))


async def claim_due(session: AsyncSession, *, now: datetime, most: int = 1) -> tuple[int, ...]:
    """Hold cases that are due, the longest due first, until the transaction ends; nobody else gets the same ones."""
    due = (
        select(_T.id)
        .where(_TO_LOOK_AT, _T.due_at <= now)
        .order_by(_T.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return tuple(await session.scalars(due))


async def put_off(session: AsyncSession, number: int, *, until: datetime, if_due: datetime) -> None:
    """Look at a case again then, where nothing put it off already."""
    await session.execute(
        update(CaseRow)
        .where(CaseRow.id == number, CaseRow.due_at <= if_due)
        .values(due_at=until)
        .execution_options(synchronize_session=False)
    )


async def look_again(
    session: AsyncSession, school_id: int, *, now: datetime, closed_since: datetime | None = None
) -> None:
    """Have the sweep look at every open case of a school, and those closed since: who has a seat has changed."""
    still_open = CaseRow.closed_at.is_(None)
    await session.execute(
        update(CaseRow)
        .where(
            CaseRow.school_id == school_id,
            still_open if closed_since is None else or_(still_open, CaseRow.closed_at >= closed_since),
        )
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )


async def is_due(session: AsyncSession, *, now: datetime) -> bool:
    """Say whether a claim would find anything: a look that does not make SQLite's one writer wait."""
    return await session.scalar(select(_T.id).where(_TO_LOOK_AT, _T.due_at <= now).limit(1)) is not None


def _case(row: Sequence[Any]) -> Case:
    number, kind, *rest = row
    return Case(number, CaseKind(kind), *rest)
