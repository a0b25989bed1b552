"""The bot's own questions that nobody answered any more, and forms that were sent or left."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from policy.retention import Kind, Why
from storage.drafts import DraftRow
from storage.forgetting.protecting import kept_subjects
from storage.forgetting.saying import says
from storage.forgetting.shelf import Due, Item
from storage.pending import PendingRow
from storage.people import PersonRow

_P: Final = PendingRow.__table__.c
_D: Final = DraftRow.__table__.c


class Choices:
    """Questions of the bot's that take no answer any more."""

    kind: Final = Kind.CHOICES

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next that ended."""
        query = (
            select(_P.id, _P.expires_at, _P.school_id, _P.payload, PersonRow.display_name)
            .join(PersonRow, PersonRow.id == _P.person_id)
            .where(_P.expires_at < due.before)
        )
        if after:
            query = query.where(_P.id > after[0])
        found = await session.execute(query.order_by(_P.id).limit(most))
        return tuple(
            Item((number,), at.date(), frozenset(filter(None, (school,))), says(name, payload))
            for number, at, school, payload, name in found
        )

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Delete them."""
        gone = PendingRow.id.in_([item.key[0] for item in items])
        await session.execute(delete(PendingRow).where(gone).execution_options(synchronize_session=False))


class Forms:
    """Forms that were sent or left. One about a case stays as long as the case is open: its answers may be needed."""

    kind: Final = Kind.FORMS

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next that ended."""
        query = (
            select(
                *(_D.id, _D.touched_at, _D.school_id, _D.subject, _D.context, _D.answers, _D.outcome),
                PersonRow.display_name,
            )
            .join(PersonRow, PersonRow.id == _D.person_id)
            .where(~DraftRow.open, _D.touched_at < due.before)
        )
        if after:
            query = query.where(_D.id > after[0])
        rows = (await session.execute(query.order_by(_D.id).limit(most))).all()
        stays = await kept_subjects(session, {row.subject for row in rows})
        return tuple(
            Item(
                (row.id,),
                row.touched_at.date(),
                frozenset({row.school_id}),
                says(row.display_name, row.context, row.answers, row.outcome),
                stays.get(row.subject) if stays.get(row.subject) is Why.OPEN else None,
            )
            for row in rows
        )

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Delete them."""
        gone = DraftRow.id.in_([item.key[0] for item in items])
        await session.execute(delete(DraftRow).where(gone).execution_options(synchronize_session=False))
