"""Whether somebody looks after the database: since when it is in use, and when it was last copied and tidied."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import audit, retaining
from storage.audit import AuditRow

_BACKED_UP: Final = "database.backed_up"


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Moments; None where there was none."""

    since: datetime | None  # the first line of the audit log
    backed_up: datetime | None
    tidied: datetime | None  # when deletion by age was last done


async def note_backup(session: AsyncSession, *, now: datetime) -> None:
    """Note that a copy was made, for whoever asks how old the newest is."""
    await audit.record(session, "administrator", _BACKED_UP, "database", now=now)


async def nights(session: AsyncSession, *, now: datetime) -> tuple[datetime, ...]:
    """Return now and the last two runs; where there were fewer, since when the database is in use, if that is known."""
    runs = await retaining.last_runs(session, now=now)
    since = (await upkeep(session, now=now)).since
    return (now, *runs, *((since,) if since is not None and len(runs) < 2 else ()))  # noqa: PLR2004  as many as there are


async def upkeep(session: AsyncSession, *, now: datetime) -> Upkeep:
    """Look."""
    since: datetime | None = await session.scalar(select(func.min(AuditRow.at)))
    backed_up: datetime | None = await session.scalar(
        select(func.max(AuditRow.at)).where(AuditRow.action == _BACKED_UP)
    )
    tidied = await retaining.last_runs(session, now=now)
    return Upkeep(since, backed_up, tidied[0] if tidied else None)
