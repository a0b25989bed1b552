"""A case's file, whatever its kind: its rows, which the kind's own rules add up."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from storage import cases
from storage.cases import Case, CaseKind, Entry


class Event(Protocol):
    """One thing that happened, as every kind of case has it."""

    @property
    def kind(self) -> StrEnum:
        """What it is."""

    @property
    def at(self) -> datetime:
        """When, in UTC."""

    @property
    def actor(self) -> int | None:
        """Who: a person's id; None: the bot."""

    @property
    def data(self) -> Mapping[str, Any]:
        """What the kind says of it."""


async def told(
    session: AsyncSession, number: int, kind: CaseKind, *, hold: bool = False
) -> tuple[Case, tuple[Entry, ...]] | None:
    """Return a case with everything that happened to it; None where there is none of that kind.

    `hold` keeps others from changing it meanwhile.
    """
    case = await cases.by_number(session, number, hold=hold)
    if case is None or case.kind is not kind:
        return None
    return case, await cases.events(session, number)


def entry(event: Event) -> Entry:
    """Return an event as it is stored."""
    return Entry(event.kind.value, event.at, event.actor, dict(event.data))
