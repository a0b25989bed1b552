"""Deleting old turns, but for those that a legal hold may cover: rather too many stay (SAR-8.1.3)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from policy.held import is_about
from storage import turns
from storage.holds import Hold
from storage.people import MembershipRow, PersonRow
from storage.turns import TurnRow

_T: Final = TurnRow.__table__.c
_OLD: Final = (
    select(_T.conversation, _T.activity, _T.reply, PersonRow.display_name, MembershipRow.school_id)
    .select_from(TurnRow)
    .outerjoin(PersonRow, PersonRow.id == _T.person_id)
    .outerjoin(MembershipRow, MembershipRow.person_id == _T.person_id)
    .where(_T.at < bindparam("moment"))
)
_ONE: Final = delete(TurnRow.__table__).where(  # type: ignore[arg-type]  # a Table is what it is
    _T.conversation == bindparam("conversation_"), _T.activity == bindparam("activity_")
)


async def forget_turns(session: AsyncSession, moment: datetime, holds: Sequence[Hold]) -> int:
    """Delete the turns taken before a moment; return how many stayed because a hold may cover them.

    Covered is what was said to somebody at the hold's school whom it names, or what names them.
    """
    if not holds:
        await turns.forget_before(session, moment)
        return 0
    old: dict[tuple[str, str], bool] = {}
    for conversation, activity, reply, name, school_id in await session.execute(_OLD, {"moment": moment}):
        turn = (conversation, activity)
        old[turn] = old.get(turn, False) or _is_held(holds, school_id, f"{name or ''} {reply or ''}")
    free = [{"conversation_": turn[0], "activity_": turn[1]} for turn, is_held in old.items() if not is_held]
    if free:
        await session.execute(_ONE, free)
    return len(old) - len(free)


def _is_held(holds: Sequence[Hold], school_id: int | None, text: str) -> bool:
    """Whether any hold may cover a turn; somebody who left every school counts for each of them."""
    return any(school_id in {None, hold.school_id} and is_about(hold.about, text) for hold in holds)
