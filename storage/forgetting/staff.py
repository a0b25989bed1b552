"""Staff who left: nobody goes whom a record still names."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import String, Table, cast, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from policy.retention import Kind, Why
from storage.chats import ChatRow
from storage.forgetting.protecting import is_newest, named_in_cases, others_point_at
from storage.forgetting.shelf import Due, Item
from storage.people import MembershipRow, PersonRow
from storage.retaining import DepartureRow

_TABLE: Table = PersonRow.__table__  # type: ignore[assignment]  # a Table is what it is
_P: Final = _TABLE.c
_OWN: Final = ("memberships", "departures")
_BACK: Final = exists().where(MembershipRow.person_id == _P.id, MembershipRow.roles != "")  # since the run began


class Staff:
    """Whoever has had no role for long. With them goes where their chat is."""

    kind: Final = Kind.STAFF

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next who left."""
        schools = (
            select(func.aggregate_strings(cast(MembershipRow.school_id, String), ";"))
            .where(MembershipRow.person_id == _P.id)
            .scalar_subquery()
        )
        query = (
            select(_P.id, DepartureRow.noticed_at, _P.display_name, _P.aad_object_id)
            .add_columns(
                schools.label("schools"),
                or_(others_point_at(_TABLE, but=_OWN), is_newest(session, _TABLE)).label("named"),
            )
            .join(DepartureRow, DepartureRow.person_id == _P.id)
            .where(DepartureRow.noticed_at < due.before, ~_BACK)
        )
        if after:
            query = query.where(_P.id > after[0])
        rows = (await session.execute(query.order_by(_P.id).limit(most))).all()
        said = await named_in_cases(session, [row.id for row in rows if not row.named])
        return tuple(
            Item(
                (row.id, row.aad_object_id),
                row.noticed_at.date(),
                frozenset(int(number) for number in (row.schools or "").split(";") if number),
                row.display_name,
                Why.RECORD if row.named or row.id in said else None,
            )
            for row in rows
        )

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Delete them."""
        numbers, known = [item.key[0] for item in items], [item.key[1] for item in items]
        for change in (
            delete(DepartureRow).where(DepartureRow.person_id.in_(numbers)),
            delete(MembershipRow).where(MembershipRow.person_id.in_(numbers)),
            delete(ChatRow).where(ChatRow.aad_object_id.in_(known)),
            delete(PersonRow).where(PersonRow.id.in_(numbers)),
        ):
            await session.execute(change.execution_options(synchronize_session=False))
