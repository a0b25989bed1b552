"""Who syncs staff from Entra, and what they last saw. One at a time: whoever has the row, for as long as a lease.

A sync that dies loses the row with its lease; one that was merely slow finds that it lost it before it writes anything.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import CursorResult, or_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base
from storage.engines.upsert import insert_or_skip

LEASE: Final = timedelta(seconds=60)  # whoever lives renews it three times in that
AGAIN: Final = timedelta(minutes=30)  # after one that wrote nothing, though it should have
_ONLY: Final = 1


class DirectoryRow(Base):
    """One row: who syncs now, and what the last sync saw."""

    __tablename__ = "directory_syncs"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    holder: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    tried_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    fingerprint: Mapped[str | None]
    links: Mapped[list[Any] | None]
    watched: Mapped[dict[str, Any] | None]
    refused: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a full reading leaves behind, for Graph to be asked only what has changed since."""

    read_at: datetime
    fingerprint: str  # of the rules that it was read under
    links: tuple[str, ...]  # Graph's own, to ask for changes since the round before; none: read everything
    onward: tuple[str, ...] = ()  # those of this round, to be asked with in the one after the next
    groups: frozenset[str] = frozenset()  # every group whose members count, those inside others too
    kept_out: frozenset[str] = frozenset()  # accounts in them that may not come in, lest that change
    seats: str = ""  # a hash of who had which roles when it was written


@dataclass(frozen=True, slots=True)
class Standing:
    """How syncing stands."""

    holder: str | None = None
    lease_until: datetime | None = None
    tried_at: datetime | None = None  # when one last ended, however
    done_at: datetime | None = None  # when the rows were last known to be as the groups say
    refused: str | None = None  # why the last one wrote nothing, if it should have
    seen: Seen | None = None


async def standing(session: AsyncSession) -> Standing:
    """Return how syncing stands."""
    row = await session.get(DirectoryRow, _ONLY)
    if row is None:
        return Standing()
    seen = None
    if row.read_at is not None and row.fingerprint is not None:
        watched = row.watched or {}
        seen = Seen(
            row.read_at,
            row.fingerprint,
            tuple(str(link) for link in row.links or ()),
            tuple(str(link) for link in watched.get("onward", ())),
            frozenset(watched.get("groups", ())),
            frozenset(watched.get("kept_out", ())),
            str(watched.get("seats", "")),
        )
    return Standing(row.holder, row.lease_until, row.tried_at, row.done_at, row.refused, seen)


async def claim(session: AsyncSession, holder: str, *, now: datetime) -> bool:
    """Take the row, where nobody else has it or their lease is over."""
    await session.execute(insert_or_skip(session, DirectoryRow, ["id"]), {"id": _ONLY})
    free = or_(DirectoryRow.holder.is_(None), DirectoryRow.lease_until.is_(None), DirectoryRow.lease_until <= now)
    return await _change(session, free, holder=holder, lease_until=now + LEASE)


async def renew(session: AsyncSession, holder: str, *, now: datetime) -> bool:
    """Keep the row; False where somebody else has it by now."""
    return await _change(session, DirectoryRow.holder == holder, lease_until=now + LEASE)


async def still_holds(session: AsyncSession, holder: str) -> bool:
    """Say whether the row is still this one's, and let nobody else take it before this transaction ends."""
    return await _change(session, DirectoryRow.holder == holder, holder=holder)


async def release(
    session: AsyncSession,
    holder: str,
    *,
    now: datetime,
    seen: Seen | None = None,
    done: bool = False,
    refused: str | None = None,
) -> bool:
    """Give the row back with what came of it; False where it was somebody else's by then, and nothing is changed."""
    values: dict[str, object] = {"holder": None, "lease_until": None, "tried_at": now, "refused": refused}
    if done:
        values["done_at"] = now
    if seen is not None:
        values |= {
            "read_at": seen.read_at,
            "fingerprint": seen.fingerprint,
            "links": list(seen.links),
            "watched": {
                "groups": sorted(seen.groups),
                "kept_out": sorted(seen.kept_out),
                "seats": seen.seats,
                "onward": list(seen.onward),
            },
        }
    return await _change(session, DirectoryRow.holder == holder, **values)


async def let_go(session: AsyncSession, holder: str) -> None:
    """Give the row back as it was: nothing came of it."""
    await _change(session, DirectoryRow.holder == holder, holder=None, lease_until=None)


async def is_due(session: AsyncSession, *, every: timedelta, now: datetime) -> bool:
    """Say whether it is time, and nobody is at it. What went wrong is tried again sooner."""
    now_is = await standing(session)
    if now_is.holder is not None and now_is.lease_until is not None and now_is.lease_until > now:
        return False
    if now_is.tried_at is None or now_is.tried_at > now:  # a clock that was put back
        return True
    return now_is.tried_at + (every if now_is.refused is None else min(every, AGAIN)) <= now


async def _change(session: AsyncSession, condition: Any, **values: object) -> bool:  # noqa: ANN401  SQLAlchemy's condition
    changed = await session.execute(
        update(DirectoryRow)
        .where(DirectoryRow.id == _ONLY, condition)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", changed).rowcount == 1
