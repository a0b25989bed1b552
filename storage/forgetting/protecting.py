"""What keeps things from deletion: legal holds, records that are open, and rows that point at a row."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, ScalarSelect, Table, exists, false, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from policy.held import is_about
from policy.retention import Why
from storage import holds, refreshes
from storage.cases import CaseEventRow, CaseKind, CaseRow
from storage.drafts import DraftRow
from storage.forgetting.saying import numbers
from storage.holds import Hold
from storage.refreshes import RefreshRow
from storage.reviews import ReviewKind, ReviewRow, ReviewState
from storage.withdrawals import State, WithdrawalRow

_SUBJECT: Final = re.compile(r"(\w+)/(\d+)(?:/|$)")

_AT_ONCE: Final = 100  # people looked for in one statement


@dataclass(frozen=True, slots=True)
class Holds:
    """The holds that stand."""

    standing: tuple[Hold, ...]

    def cover(self, schools: Collection[int], words: str) -> bool:
        """Whether any may cover what says so at one of these schools; no school given: any school's hold counts."""
        return any((not schools or hold.school_id in schools) and is_about(hold.about, words) for hold in self.standing)

    def of_case(self, number: int) -> bool:
        """Whether a case has a hold itself."""
        return any(hold.case == number for hold in self.standing)


async def standing(session: AsyncSession, *, deletes: bool) -> Holds:
    """Read the holds; where the transaction deletes, no hold can begin before its end."""
    if deletes and session.get_bind().dialect.name == "postgresql":  # SQLite has one writer
        await session.execute(text("LOCK TABLE holds IN SHARE MODE"))
    return Holds(await holds.standing(session))


def others_point_at(table: Table, *, but: Collection[str]) -> ColumnElement[bool]:
    """Say in SQL whether a row of any table but these points at a row: whatever later versions add is looked at too."""
    from storage.tables import METADATA  # noqa: PLC0415  it imports every module that has a table

    pointing = [
        exists(select(1).where(key.parent == key.column).correlate(table))
        for other in METADATA.sorted_tables
        if other.name not in but
        for key in sorted(other.foreign_keys, key=lambda each: each.parent.name)
        if key.column.table is table and key.parent.table is not table
    ]
    return or_(false(), *pointing)


def is_newest(session: AsyncSession, table: Table, *own: Table) -> ColumnElement[bool]:
    """Say in SQL whether a row has the highest number, or a row of `own` that goes with it has.

    SQLite gives the next row the number after the highest there is. A number that was deleted would come back, and
    whatever still names it (the audit log, a letter's key, a list in JSON) would mean another. PostgreSQL counts on.
    """
    if session.get_bind().dialect.name != "sqlite":
        return false()
    going = [
        exists(select(1).where(key.parent == key.column, other.c.id == _highest(other)).correlate(table))
        for other in own
        for key in other.foreign_keys
        if key.column.table is table
    ]
    return or_(table.c.id == _highest(table), *going)


def _highest(table: Table) -> ScalarSelect[int]:
    every = table.alias()
    return select(func.max(every.c.id)).scalar_subquery()


async def named_in_cases(session: AsyncSession, people: Collection[int]) -> frozenset[int]:
    """Return who of these people may be named, by number, in what happened to a case or in a form; no key says so."""
    named = frozenset[int]()
    for column in (CaseEventRow.data, DraftRow.context, DraftRow.answers):
        wanted = [column.contains(str(number)) for number in sorted(people)]
        for first in range(0, len(wanted), _AT_ONCE):
            may = or_(*wanted[first : first + _AT_ONCE])
            for said in await session.scalars(select(column).where(may)):
                named |= numbers(said)
    return named & frozenset(people)


async def kept_subjects(session: AsyncSession, subjects: Collection[str]) -> dict[str, Why]:
    """Return which subjects ("breach/17/closed") are of a record that is open, or that is still there."""
    split = {subject: found.groups() for subject in subjects if (found := _SUBJECT.match(subject))}
    numbers: dict[str, set[int]] = {}
    for kind, number in split.values():
        numbers.setdefault(kind, set()).add(int(number))
    states = {kind: await _states(session, kind, wanted) for kind, wanted in numbers.items()}
    found_states = {subject: states[kind].get(int(number)) for subject, (kind, number) in split.items()}
    return {subject: why for subject, why in found_states.items() if why is not None}


async def _states(session: AsyncSession, kind: str, numbers: set[int]) -> dict[int, Why]:
    query: Any
    match kind:
        case CaseKind.BREACH | CaseKind.REQUEST | CaseKind.INCIDENT | CaseKind.PLAN:
            query = select(CaseRow.id, CaseRow.closed_at.is_(None)).where(CaseRow.id.in_(numbers))
        case "withdrawal":
            is_open = is_open_withdrawal()
            query = select(WithdrawalRow.id, is_open).where(WithdrawalRow.id.in_(numbers), is_open)
        case "refresh":
            is_open = refreshes.is_open()
            query = select(RefreshRow.id, is_open).where(RefreshRow.id.in_(numbers), is_open)
        case "escalation" | "review" | "permission":
            is_open = is_open_review()
            query = select(ReviewRow.id, is_open).where(ReviewRow.id.in_(numbers), is_open)
        case _:
            return {}
    return {number: Why.OPEN if is_open else Why.RECORD for number, is_open in await session.execute(query)}


def is_open_review() -> ColumnElement[bool]:
    """Say in SQL whether somebody still waits: a look ends a review, an answer everything else."""
    looked_at = (ReviewRow.kind == ReviewKind.REVIEW.value) & (ReviewRow.state != ReviewState.OPEN.value)
    return (ReviewRow.state != ReviewState.ANSWERED.value) & ~looked_at


def is_open_withdrawal() -> ColumnElement[bool]:
    """Say in SQL whether a withdrawal still waits for the data lead, for stored pictures or for the DPO (C12)."""
    recorded = WithdrawalRow.state == State.RECORDED.value
    waits = WithdrawalRow.removed_at.is_(None) | (WithdrawalRow.published == "")
    return (WithdrawalRow.state == State.REPORTED.value) | (recorded & waits)
