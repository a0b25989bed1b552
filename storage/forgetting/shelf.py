"""One kind of thing that goes by age: how to look at what is due, and how to take it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from policy.retention import Kind, Why


@dataclass(frozen=True, slots=True)
class Due:
    """What may go now: whatever began before the instant, or on the day or earlier."""

    before: datetime
    last: date  # London's
    now: datetime
    today: date  # London's


@dataclass(frozen=True, slots=True)
class Item:
    """One thing whose period is over."""

    key: tuple[Any, ...]  # its primary key, and its place in the order
    began: date
    schools: frozenset[int]  # whose it is; none of them: any school's hold counts
    words: str  # what a hold is compared with
    why: Why | None = None  # what else keeps it


class Shelf(Protocol):
    """All of one kind."""

    @property
    def kind(self) -> Kind:
        """Which."""

    async def look(self, session: AsyncSession, due: Due, after: tuple[Any, ...], most: int) -> Sequence[Item]:
        """Return the next due things behind `after`, in the order of their keys; () is the beginning."""

    async def drop(self, session: AsyncSession, items: Sequence[Item]) -> None:
        """Delete them with what belongs to them; nothing else points at them."""
