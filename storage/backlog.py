"""How much waits: letters not delivered yet, and what was due and not looked at. For whoever watches over it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.cases import CaseRow
from storage.letter_rows import IS_WAITING, LETTERS


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits now. The seconds are 0 where nothing is due."""

    letters: int  # not delivered yet, those put off included
    oldest_letter: float  # seconds for which the letter that waits longest could have gone
    oldest_case: float  # seconds for which the case that was due first was not looked at


_L: Final = LETTERS.c
_C: Final = CaseRow.__table__.c
_WAITING: Final = select(func.count()).select_from(LETTERS).where(IS_WAITING).scalar_subquery()
# A fresh letter has no next try: it was due when it was posted.
_SINCE: Final = select(func.min(func.coalesce(_L.next_try_at, _L.posted_at), type_=_L.posted_at.type)).where(IS_WAITING)
# As its index says.
_DUE: Final = select(func.min(_C.due_at, type_=_C.due_at.type)).where(text("due_at IS NOT NULL"))
_ALL: Final = select(_WAITING, _SINCE.scalar_subquery(), _DUE.scalar_subquery())


async def backlog(session: AsyncSession, *, now: datetime, letters_now: datetime) -> Backlog:
    """Count what waits. `now` is the school's, by which cases are due; letters run on the wall clock."""
    waiting, letter, case = (await session.execute(_ALL)).one()
    return Backlog(int(waiting), _since(letter, letters_now), _since(case, now))


def _since(moment: datetime | None, now: datetime) -> float:
    return 0.0 if moment is None else max(0.0, (now - moment).total_seconds())
