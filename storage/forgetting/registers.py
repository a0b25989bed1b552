"""Answers that the DPO took back, the head's permissions for a day, and what digests counted."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Table, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from policy.retention import Kind, Why
from storage import digests
from storage.digests import DigestRow, RoundRow
from storage.forgetting.protecting import is_newest, others_point_at
from storage.forgetting.saying import says
from storage.forgetting.shelf import Due, Item
from storage.people import PersonRow
from storage.published import PublishedRow
from storage.schools import PermissionRow

_A_TABLE: Table = PublishedRow.__table__  # type: ignore[assignment]  # a Table is what it is
_H_TABLE: Table = PermissionRow.__table__  # type: ignore[assignment]  # see above
_A: Final = _A_TABLE.c
_H: Final = _H_TABLE.c


class Answers:
    """Retired answers; those that stand are not looked at."""

    kind: Final = Kind.ANSWERS

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next that were retired."""
        query = (
            select(_A.id, _A.retired_at, _A.school_id, _A.asks, _A.text, PersonRow.display_name)
            .add_columns(or_(others_point_at(_A_TABLE, but=()), is_newest(session, _A_TABLE)))
            .join(PersonRow, PersonRow.id == _A.published_by)
            .where(_A.retired_at < due.before)
        )
        if after:
            query = query.where(_A.id > after[0])
        found = await session.execute(query.order_by(_A.id).limit(most))
        return tuple(
            Item((number,), at.date(), frozenset({school}), says(name, asks, text), Why.RECORD if named else None)
            for number, at, school, asks, text, name, named in found
        )

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Delete them."""
        gone = PublishedRow.id.in_([item.key[0] for item in items])
        await session.execute(delete(PublishedRow).where(gone).execution_options(synchronize_session=False))


class Permissions:
    """What the headteacher allowed or forbade for a day."""

    kind: Final = Kind.PERMISSIONS

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next."""
        query = (
            select(_H.id, _H.on, _H.school_id, PersonRow.display_name)
            .add_columns(or_(others_point_at(_H_TABLE, but=()), is_newest(session, _H_TABLE)))
            .join(PersonRow, PersonRow.id == _H.decided_by)
            .where(_H.on <= due.last)
        )
        if after:
            query = query.where(_H.id > after[0])
        found = await session.execute(query.order_by(_H.id).limit(most))
        return tuple(
            Item((number,), on, frozenset({school}), name, Why.RECORD if named else None)
            for number, on, school, name, named in found
        )

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Delete them."""
        gone = PermissionRow.id.in_([item.key[0] for item in items])
        await session.execute(delete(PermissionRow).where(gone).execution_options(synchronize_session=False))


class Digests:
    """What digests counted, week by week: numbers only, so no hold is about them."""

    kind: Final = Kind.DIGESTS

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next weeks."""
        weeks = select(RoundRow.week).union(select(DigestRow.week)).subquery()
        query = select(weeks.c.week).where(weeks.c.week <= due.last)
        if after:
            query = query.where(weeks.c.week > after[0])
        found = await session.scalars(query.order_by(weeks.c.week).limit(most))
        return tuple(Item((week,), week, frozenset(), "") for week in found)

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Delete them: these weeks and whatever is older."""
        await digests.forget(session, before=max(item.key[0] for item in items) + timedelta(days=1))
