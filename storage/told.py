"""What the bot told whom about one subject, read from the outbox: it is kept after delivery."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.outbox import LetterRow, State
from storage.people import PersonRow


@dataclass(frozen=True, slots=True)
class Told:
    """One letter. `name` is the addressee's, None for somebody unknown; `seen` the revision that they have, 0: none."""

    name: str | None
    summary: str
    posted_at: datetime  # of its newest revision
    sent_at: datetime | None
    state: State
    revision: int
    seen: int
    reason: str | None  # why it could not be delivered, or not yet


_L: Final = LetterRow.__table__.c
_ABOUT: Final[Select[*tuple[Any, ...]]] = (
    select(
        PersonRow.display_name,
        _L.summary,
        _L.posted_at,
        _L.sent_at,
        _L.state,
        _L.revision,
        _L.delivered,
        _L.reason,
    )
    .select_from(LetterRow)
    .outerjoin(PersonRow, PersonRow.aad_object_id == _L.addressee)
    .where(_L.subject == bindparam("subject"), _L.subject != "")
    .order_by(_L.id)
)


async def about(session: AsyncSession, subject: str) -> tuple[Told, ...]:
    """Return the letters about a subject ("breach/17") in the order in which they were first written."""
    return tuple(
        Told(name, summary, posted_at, sent_at, State(state), revision, seen, reason)
        for name, summary, posted_at, sent_at, state, revision, seen, reason in await session.execute(
            _ABOUT, {"subject": subject}
        )
    )
