"""Posts that are lent: who stands in for whom, at which school, from when to when.

Whoever reads people's roles from a session that knows its moment (`as_of`) sees the lent ones among them, and only
while they are lent: nothing is switched on or off, so no replica can be late with it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Exists, ForeignKey, Index, Select, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from policy.roles import Role
from storage.database import Base, Id

_MOMENT: Final = "as_of"  # in a session's info
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)  # nothing was lent then


class HandoverRow(Base):
    """One post of one person at one school, lent. A row is kept: the history of cases says who acted for whom."""

    __tablename__ = "handovers"
    __table_args__ = (Index("ix_handovers_deputy", "deputy_id", "ends_at"), Index("ix_handovers_ends", "ends_at"))
    id: Mapped[Id]
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    role: Mapped[str]
    giver_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    deputy_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    agreed_at: Mapped[datetime]
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]  # the first instant after it
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # who ended it early
    begin_said_at: Mapped[datetime | None]
    end_said_at: Mapped[datetime | None]


@dataclass(frozen=True, slots=True)
class Handover:
    """A post that is, was or will be lent."""

    id: int
    school_id: int
    role: Role
    giver_id: int
    deputy_id: int
    agreed_at: datetime
    begins_at: datetime
    ends_at: datetime
    ended_by: int | None
    begin_said_at: datetime | None
    end_said_at: datetime | None

    def lasts(self, at: datetime) -> bool:
        """Whether it lasts at an instant."""
        return self.begins_at <= at < self.ends_at


_T: Final = HandoverRow.__table__.c
_ALL: Final[Select[*tuple[Any, ...]]] = select(*(_T[name] for name in Handover.__dataclass_fields__)).order_by(
    _T.begins_at, _T.id
)


def as_of(session: AsyncSession, now: datetime) -> None:
    """Say which moment a session is for: the roles it reads are those of then. Without it nothing is lent."""
    session.info[_MOMENT] = now


def moment(session: AsyncSession) -> datetime:
    """Return the session's moment; one at which nothing was lent where none was said."""
    at = session.info.get(_MOMENT)
    return at if isinstance(at, datetime) else _NEVER


async def lend(
    session: AsyncSession,
    *,
    school_id: int,
    role: Role,
    giver_id: int,
    deputy_id: int,
    begins_at: datetime,
    ends_at: datetime,
    now: datetime,
) -> int:
    """Write down that a post is lent; return the number. The caller has checked that it may be."""
    row = HandoverRow(
        school_id=school_id,
        role=role.value,
        giver_id=giver_id,
        deputy_id=deputy_id,
        agreed_at=now,
        begins_at=begins_at,
        ends_at=ends_at,
    )
    session.add(row)
    await session.flush()
    return row.id


async def end(session: AsyncSession, number: int, *, by: int, now: datetime) -> bool:
    """End one now; False where it is over. One that has not begun never begins."""
    ended = await session.execute(
        update(HandoverRow)
        .where(HandoverRow.id == number, HandoverRow.ends_at > now)
        .values(ends_at=now, ended_by=by)
        .execution_options(synchronize_session=False)
    )
    return bool(ended.rowcount == 1)  # type: ignore[attr-defined]  # an UPDATE's result is a CursorResult


async def overlapping(session: AsyncSession, lent: Collection[Handover], *, now: datetime) -> tuple[Handover, ...]:
    """Return every loan of these posts by the same to the same, not over, that lasts while one of these does.

    These themselves are among them. Nobody changes them until the transaction ends.
    """
    same = [
        (_T.school_id == one.school_id)
        & (_T.role == one.role.value)
        & (_T.giver_id == one.giver_id)
        & (_T.deputy_id == one.deputy_id)
        & (_T.begins_at < one.ends_at)
        & (_T.ends_at > one.begins_at)
        for one in lent
    ]
    found = await session.execute(_ALL.where(or_(*same), _T.ends_at > now).with_for_update()) if same else ()
    return tuple(map(_handover, found))


async def by_number(session: AsyncSession, number: int) -> Handover | None:
    """Return one."""
    row = (await session.execute(_ALL.where(_T.id == number))).first()
    return None if row is None else _handover(row)


async def ahead(session: AsyncSession, person_id: int, *, now: datetime) -> tuple[Handover, ...]:
    """Return what a person has lent or been lent, and is not over, the earliest first."""
    theirs = or_(_T.giver_id == person_id, _T.deputy_id == person_id)
    found = await session.execute(_ALL.where(theirs, _T.ends_at > now))
    return tuple(map(_handover, found))


async def at_schools(
    session: AsyncSession, school_ids: Collection[int], *, after: datetime | None = None
) -> tuple[Handover, ...]:
    """Return these schools' handovers, the earliest first; only those that end after a moment where one is given."""
    query = _ALL.where(_T.school_id.in_(school_ids))
    return tuple(map(_handover, await session.execute(query if after is None else query.where(_T.ends_at > after))))


async def unsaid(session: AsyncSession, *, now: datetime) -> tuple[Handover, ...]:
    """Return what began or ended, where that is still to be said: one of each arrangement."""
    begun = (_T.begin_said_at.is_(None)) & (_T.begins_at <= now)
    found = await session.execute(_ALL.where(_T.end_said_at.is_(None), begun | (_T.ends_at <= now)))
    each = {(one.giver_id, one.deputy_id, one.agreed_at): one for one in map(_handover, found)}
    return tuple(each.values())


async def arrangement(session: AsyncSession, number: int, *, hold: bool = False) -> tuple[Handover, ...]:
    """Return everything that was lent together with that one, itself among it; nothing where it is not there.

    `hold` keeps others from changing it until the transaction ends.
    """
    first = await by_number(session, number)
    if first is None:
        return ()
    query = _ALL.where(_T.giver_id == first.giver_id, _T.deputy_id == first.deputy_id, _T.agreed_at == first.agreed_at)
    return tuple(map(_handover, await session.execute(query.with_for_update() if hold else query)))


async def said(session: AsyncSession, number: int, *, now: datetime, end: bool) -> None:
    """Note that its begin, or its end (and with it the begin), was said."""
    values = {"begin_said_at": now} | ({"end_said_at": now} if end else {})
    await session.execute(
        update(HandoverRow)
        .where(HandoverRow.id == number)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def giver_holds(roles: Any, person: Any, school: Any) -> Exists:  # noqa: ANN401  columns of an alias of the memberships
    """Whether a lender still has what they lend: nobody passes on a post that they lost."""
    has = (";" + roles + ";").contains(";" + _T.role + ";")
    return exists().where(person == _T.giver_id, school == _T.school_id, has)


def _handover(row: Any) -> Handover:  # noqa: ANN401  a row of _ALL
    number, school_id, role, *rest = row
    return Handover(number, school_id, Role(role), *rest)
