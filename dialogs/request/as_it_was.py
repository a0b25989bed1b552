"""A request as a form was opened for it, kept with the form: the events that a choice in it can depend on."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from policy.request.case import Request
from policy.request.events import Event, Happened

# Nothing that is chosen in a form depends on these; an empty note keeps the places of the rest.
_BESIDE: Final = frozenset(
    {
        *(Happened.SAID, Happened.NOTED, Happened.NUDGED, Happened.SNOOZED, Happened.SETTLED),
        *(Happened.UNDELIVERABLE, Happened.PASSED_ON, Happened.NOTICE_SENT, Happened.NOTICE_CONFIRMED),
    }
)


def as_kept(request: Request) -> list[list[Any]]:
    """Return the events as plain JSON."""
    return [[*_bare(event), event.at.isoformat(), event.actor] for event in request.history]


def from_kept(kept: Iterable[list[Any]]) -> list[Event]:
    """Return the events of what was kept."""
    return [Event(Happened(kind), datetime.fromisoformat(at), actor, data) for kind, data, at, actor in kept]


def _bare(event: Event) -> tuple[str, dict[str, Any]]:
    if event.kind in _BESIDE:
        return Happened.NOTED.value, {"text": ""}
    return event.kind.value, dict(event.data)
