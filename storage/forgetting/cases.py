"""Closed cases that the DPO let go: the file, its forms, its letters. Their numbers stay in the audit log."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Table, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from policy.retention import Kind, Why
from storage.cases import CaseEventRow, CaseRow
from storage.drafts import DraftRow
from storage.forgetting.letters import delete_letters
from storage.forgetting.protecting import is_newest, others_point_at
from storage.forgetting.saying import says
from storage.forgetting.shelf import Due, Item
from storage.holds import HoldRow
from storage.letter_rows import LETTERS, State
from storage.people import PersonRow
from storage.retaining import COUNTS, CasePeriodRow, Decision

_TABLE: Table = CaseRow.__table__  # type: ignore[assignment]  # a Table is what it is
_C: Final = _TABLE.c
_OWN: Final = ("case_events", "case_periods", "holds")  # they go with their case; one with a hold does not go


class Cases:
    """Cases whose period is over. None goes without the DPO's word (BREACH-3.14)."""

    kind: Final = Kind.CASES

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next that were closed for long enough, whatever was decided."""
        query = (
            select(
                *(_C.id, _C.kind, _C.closed_at, _C.school_id, PersonRow.display_name, HoldRow.case_id.label("held")),
                *(CasePeriodRow.decision, CasePeriodRow.until),
                or_(others_point_at(_TABLE, but=_OWN), is_newest(session, _TABLE)).label("named"),
            )
            .join(PersonRow, PersonRow.id == _C.reporter_id)
            .outerjoin(CasePeriodRow, (CasePeriodRow.case_id == _C.id) & COUNTS)
            .outerjoin(HoldRow, HoldRow.case_id == _C.id)
            .where(_C.closed_at < due.before)
        )
        if after:
            query = query.where(_C.id > after[0])
        rows = (await session.execute(query.order_by(_C.id).limit(most))).all()
        words = await file_words(session, [row.id for row in rows])
        items = []
        for row in rows:
            let_go = row.decision == Decision.GO and row.until <= due.today
            why = Why.HOLD if row.held else Why.RECORD if row.named else None if let_go else Why.UNDECIDED
            said = says(row.display_name, words.get(row.id))
            items.append(Item((row.id, row.kind), row.closed_at.date(), frozenset({row.school_id}), said, why))
        return items

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Delete them with everything that is about them alone."""
        numbers = [item.key[0] for item in items]
        subjects = [f"{kind}/{number}" for number, kind in (item.key for item in items)]
        letters = [LETTERS.c.subject.in_(subjects), *(LETTERS.c.subject.startswith(f"{one}/") for one in subjects)]
        letters += [LETTERS.c.key.startswith(f"{one}/") for one in subjects]
        ended = select(LETTERS.c.id).where(or_(*letters), LETTERS.c.state != State.WAITING.value)
        await delete_letters(session, list(await session.scalars(ended)))
        forms = or_(DraftRow.subject.in_(subjects), *(DraftRow.subject.startswith(f"{one}/") for one in subjects))
        for change in (
            delete(DraftRow).where(forms),
            delete(CaseEventRow).where(CaseEventRow.case_id.in_(numbers)),
            delete(CasePeriodRow).where(CasePeriodRow.case_id.in_(numbers)),
            delete(CaseRow).where(CaseRow.id.in_(numbers)),
        ):
            await session.execute(change.execution_options(synchronize_session=False))


async def file_words(session: AsyncSession, numbers: Sequence[int]) -> dict[int, str]:
    """Return everything that stands in these cases' files, by number."""
    words: dict[int, list[str]] = {}
    found = await session.execute(
        select(CaseEventRow.case_id, CaseEventRow.data)
        .where(CaseEventRow.case_id.in_(numbers))
        .order_by(CaseEventRow.case_id, CaseEventRow.place)
    )
    for number, data in found:
        words.setdefault(number, []).append(says(data))
    return {number: " ".join(said) for number, said in words.items()}
