"""Pupils who left: with them go their consents, restrictions, objections, withdrawals and what suspended a form."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Table, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from policy.held import is_about
from policy.retention import Kind, Why
from storage.cases import CaseRow
from storage.consents import ConsentRow
from storage.forgetting.cases import file_words
from storage.forgetting.protecting import is_newest, is_open_withdrawal, others_point_at
from storage.forgetting.shelf import Due, Item
from storage.objections import ObjectionRow, Ruling
from storage.pupils import PupilRow
from storage.refreshes import RefreshRow
from storage.restrictions import RestrictionRow
from storage.schools import SchoolRow
from storage.suspensions import SuspensionRow
from storage.withdrawals import WithdrawalRow

_TABLE: Table = PupilRow.__table__  # type: ignore[assignment]  # a Table is what it is
_WITHDRAWALS: Table = WithdrawalRow.__table__  # type: ignore[assignment]  # see above
_REFRESHES: Table = RefreshRow.__table__  # type: ignore[assignment]  # see above
_P: Final = _TABLE.c
_OWN: Final = (ConsentRow, RestrictionRow, ObjectionRow, SuspensionRow, RefreshRow, WithdrawalRow)  # what points first
_WITHDRAWS: Final = exists().where(WithdrawalRow.pupil_id == PupilRow.id, is_open_withdrawal())
_LATER: Final = aliased(ObjectionRow)
_LAST: Final = select(func.max(_LATER.id)).where(_LATER.pupil_id == PupilRow.id).correlate(PupilRow).scalar_subquery()
_OBJECTS: Final = exists().where(
    ObjectionRow.pupil_id == PupilRow.id, ObjectionRow.id == _LAST, ObjectionRow.ruling == Ruling.OPEN.value
)


class Pupils:
    """Whoever left long ago. An open case of the school that may name them keeps them, as a hold does."""

    kind: Final = Kind.PUPILS

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next who left."""
        pointed_at = others_point_at(_TABLE, but=tuple(row.__tablename__ for row in _OWN))
        named = or_(pointed_at, is_newest(session, _TABLE, _WITHDRAWALS, _REFRESHES))
        query = select(
            *(_P.id, _P.school_id, _P.left_on, _P.legal_first_name, _P.preferred_first_name, _P.last_name),
            (_WITHDRAWS | _OBJECTS).label("open"),
            named.label("named"),
        ).where(_P.left_on <= due.last)
        if after:
            query = query.where(_P.id > after[0])
        rows = (await session.execute(query.order_by(_P.id).limit(most))).all()
        told = await _open_files(session, {row.school_id for row in rows})
        items = []
        for row in rows:
            name = f"{row.legal_first_name} {row.preferred_first_name} {row.last_name}"
            is_open = row.open or any(is_about((name,), words) for words in told.get(row.school_id, ()))
            why = Why.OPEN if is_open else Why.RECORD if row.named else None
            items.append(Item((row.id, row.school_id), row.left_on, frozenset({row.school_id}), name, why))
        return items

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Delete them with what is known of them; running bots notice that the roll is another one."""
        numbers = [item.key[0] for item in items]
        for row in _OWN:
            gone = delete(row).where(row.pupil_id.in_(numbers))
            await session.execute(gone.execution_options(synchronize_session=False))
        await session.execute(
            delete(PupilRow).where(PupilRow.id.in_(numbers)).execution_options(synchronize_session=False)
        )
        await session.execute(
            update(SchoolRow)
            .where(SchoolRow.id.in_({item.key[1] for item in items}))
            .values(roll_version=SchoolRow.roll_version + 1, consents_version=SchoolRow.consents_version + 1)
            .execution_options(synchronize_session=False)
        )


async def _open_files(session: AsyncSession, schools: set[int]) -> dict[int, list[str]]:
    """Return what stands in the open cases of these schools."""
    cases = select(CaseRow.id, CaseRow.school_id).where(CaseRow.school_id.in_(schools), CaseRow.closed_at.is_(None))
    found = dict((await session.execute(cases)).all())
    told: dict[int, list[str]] = {}
    for number, words in (await file_words(session, sorted(found))).items():
        told.setdefault(found[number], []).append(words)
    return told
