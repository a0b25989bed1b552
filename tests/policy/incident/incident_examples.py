"""Incidents made of events, as short as they can be."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from policy.incident.case import Incident, of
from policy.incident.events import Event, Happened
from policy.incident.kinds import IncidentKind

START: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEACHER, HEAD, DSL, DEPUTY, CHAMPION, TECH, SLT, DPO = range(1, 9)


def happened(kind: Happened, by: int | None = HEAD, minutes: float = 1, **data: Any) -> Event:  # noqa: ANN401  JSON
    return Event(kind, START + timedelta(minutes=minutes), by, data)


def opened(
    kind: IncidentKind = IncidentKind.ILLEGAL, *more: Event, concerned: tuple[int, ...] = (), by: int = TEACHER
) -> Incident:
    first = Event(Happened.OPENED, START, by, {"kind": kind.value, "concerned": list(concerned)})
    return of(12, 1, [first, *more])


def seen(minutes: float = 1) -> Event:
    return happened(Happened.SEEN, minutes=minutes)


def outside() -> Event:
    return happened(Happened.EXTERNAL, body="police", reference="CAD 4432", at=START.isoformat())


def cpoms() -> Event:
    return happened(Happened.CPOMS, reference="C-10233")
