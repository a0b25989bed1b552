"""Replies and deliveries: what every message leaves behind, for a month (SAR-8.1.3 keeps what a hold may cover)."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import delete, exists, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from policy.retention import Kind, Why
from storage.deliveries import DeliveryRow
from storage.forgetting.saying import says
from storage.forgetting.shelf import Due, Item
from storage.people import MembershipRow, PersonRow
from storage.turns import TurnRow

_T: Final = TurnRow.__table__.c
_D: Final = DeliveryRow.__table__.c


class Replies:
    """What was said to whom; covered by a hold where it was said to, or names, somebody at the hold's school."""

    kind: Final = Kind.REPLIES

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next replies, the oldest first."""
        some = select(_T.at, _T.conversation, _T.activity, _T.reply, _T.person_id).where(_T.at < due.before)
        if after:
            some = some.where(tuple_(_T.at, _T.conversation, _T.activity) > after)
        page = some.order_by(_T.at, _T.conversation, _T.activity).limit(most).cte("page")
        found = await session.execute(
            select(*(page.c[name] for name in ("at", "conversation", "activity", "reply")), PersonRow.display_name)
            .add_columns(MembershipRow.school_id)
            .select_from(page)
            .outerjoin(PersonRow, PersonRow.id == page.c.person_id)
            .outerjoin(MembershipRow, MembershipRow.person_id == page.c.person_id)
            .order_by(page.c.at, page.c.conversation, page.c.activity)
        )
        items: dict[tuple[Any, ...], Item] = {}
        for at, conversation, activity, reply, name, school in found:
            key = (at, conversation, activity)
            schools = items[key].schools if key in items else frozenset[int]()
            own = schools if school is None else schools | {school}
            items[key] = Item(key, at.date(), own, says(name, reply))
        return tuple(items.values())

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Delete them."""
        gone = tuple_(_T.conversation, _T.activity).in_([item.key[1:] for item in items])
        await session.execute(delete(TurnRow).where(gone).execution_options(synchronize_session=False))


class Deliveries:
    """Which reply is which message in Teams; those of a turn that is still there stay with it."""

    kind: Final = Kind.DELIVERIES

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next deliveries, the oldest first."""
        turn = exists().where(_T.conversation == _D.conversation, _T.activity == _D.activity)
        order = (_D.at, _D.conversation, _D.activity, _D.place)
        some = select(*order, turn).where(_D.at < due.before)
        if after:
            some = some.where(tuple_(*order) > after)
        found = await session.execute(some.order_by(*order).limit(most))
        return tuple(
            Item(tuple(key), key[0].date(), frozenset(), "", Why.RECORD if stays else None) for *key, stays in found
        )

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Delete them."""
        gone = tuple_(_D.conversation, _D.activity, _D.place).in_([item.key[1:] for item in items])
        await session.execute(delete(DeliveryRow).where(gone).execution_options(synchronize_session=False))
