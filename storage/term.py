"""A term's cases, and who used the bot in it: what a week alone cannot show."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import func, or_, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from storage.cases import CaseEventRow, CaseKind, CaseRow, Entry
from storage.people import MembershipRow
from storage.questions import QuestionRow

_C: Final = CaseRow.__table__.c
_E: Final = CaseEventRow.__table__.c
_M: Final = MembershipRow.__table__.c
_Q: Final = QuestionRow.__table__.c


@dataclass(frozen=True, slots=True)
class Spanning:
    """A case that was open at some time of the term."""

    number: int
    kind: CaseKind
    opened_at: datetime
    closed_at: datetime | None


async def told_of(
    session: AsyncSession, school_ids: Collection[int], kinds: Collection[str], *, since: datetime, until: datetime
) -> dict[int, dict[int, list[Entry]]]:
    """Return, by school and case, what happened of these kinds to the breaches reported in that time, in order.

    What happened to them later is there as well: whoever has a part in a case by now is not told of it.
    """
    found: dict[int, dict[int, list[Entry]]] = {}
    events = (
        select(_C.school_id, _C.id, _E.kind, _E.at, _E.actor_id, _E.data)
        .join(CaseEventRow, _E.case_id == _C.id)
        .where(
            _C.school_id.in_(school_ids),
            _C.kind == CaseKind.BREACH.value,
            _C.opened_at.between(since, until),
            _E.kind.in_(kinds),
        )
        .order_by(_C.id, _E.place)
    )
    for school, number, kind, at, actor, data in await session.execute(events):
        entry = Entry(kind, at, actor, msgspec.json.decode(data))
        found.setdefault(school, {}).setdefault(number, []).append(entry)
    return found


async def spanning(
    session: AsyncSession, school_id: int, kinds: Collection[CaseKind], *, since: datetime, until: datetime
) -> tuple[Spanning, ...]:
    """Return the cases of these kinds that were open at any time of it, by number."""
    cases = select(_C.id, _C.kind, _C.opened_at, _C.closed_at).where(
        _C.school_id == school_id,
        _C.kind.in_([kind.value for kind in kinds]),
        _C.opened_at <= until,
        or_(_C.closed_at.is_(None), _C.closed_at >= since),
    )
    found = await session.execute(cases.order_by(_C.id))
    return tuple(Spanning(number, CaseKind(kind), opened, closed) for number, kind, opened, closed in found)


async def happened(
    session: AsyncSession, school_ids: Collection[int], kinds: Collection[str], *, after: datetime
) -> dict[int, list[Entry]]:
    """Return, by school, what of these kinds was written into any case after that moment."""
    found: dict[int, list[Entry]] = {}
    events = (
        select(_C.school_id, _E.kind, _E.at, _E.actor_id, _E.data)
        .join(CaseEventRow, _E.case_id == _C.id)
        .where(_C.school_id.in_(school_ids), _E.kind.in_(kinds), _E.at > after)
        .order_by(_E.case_id, _E.place)
    )
    for school, kind, at, actor, data in await session.execute(events):
        found.setdefault(school, []).append(Entry(kind, at, actor, msgspec.json.decode(data)))
    return found


async def asked_at(
    session: AsyncSession, school_id: int, *, but: Collection[str], since: datetime, until: datetime
) -> tuple[datetime, ...]:
    """Return when each question of that time was asked, but for those of these intents; nothing else of them."""
    asked = select(_Q.asked_at).where(
        _Q.school_id == school_id, _Q.asked_at.between(since, until), _Q.intent.not_in(but)
    )
    return tuple(await session.scalars(asked.order_by(_Q.asked_at)))


async def active(
    session: AsyncSession, since: Iterable[tuple[datetime, Collection[int]]], until: datetime
) -> dict[int, Counter[str]]:
    """Count, by school and roles, the staff who asked or reported from their school's beginning of term `until`."""
    counted: dict[int, Counter[str]] = {}
    for began, school_ids in since:
        who = union(
            select(_Q.school_id.label("school"), _Q.person_id.label("person")).where(
                _Q.school_id.in_(school_ids), _Q.asked_at >= began, _Q.asked_at <= until
            ),
            select(_C.school_id, _C.reporter_id).where(
                _C.school_id.in_(school_ids), _C.opened_at >= began, _C.opened_at <= until
            ),
        ).subquery()
        here = (_M.school_id == who.c.school) & (_M.person_id == who.c.person) & (_M.roles != "")
        by_roles = select(who.c.school, _M.roles, func.count()).join(MembershipRow, here)
        for school, roles, count in await session.execute(by_roles.group_by(who.c.school, _M.roles)):
            counted.setdefault(school, Counter())[roles] = count
    return counted
