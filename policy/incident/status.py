"""Where an incident stands: always the furthest that has happened, never typed by anybody (domain 5)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from policy.incident.case import Incident
from policy.incident.kinds import LEADS


class Status(StrEnum):
    """The states of domain 5; of the second there are two, by who has it."""

    OPEN = "open"
    WITH_LEADS = "with_ht_dsl"
    WITH_CHAMPION = "with_champion"
    EXTERNAL = "external"
    CLOSED = "closed"
    AUDITED = "audited"


_S: Final = Status
# Open again where the reporter corrects the kind or the school: whoever has it now must see it for themselves.
TRANSITIONS: Final[Mapping[Status, frozenset[Status]]] = {
    _S.OPEN: frozenset({_S.WITH_LEADS, _S.WITH_CHAMPION}),
    _S.WITH_LEADS: frozenset({_S.EXTERNAL, _S.CLOSED, _S.WITH_CHAMPION, _S.OPEN}),
    _S.WITH_CHAMPION: frozenset({_S.EXTERNAL, _S.CLOSED, _S.OPEN}),
    _S.EXTERNAL: frozenset({_S.CLOSED}),  # whoever is outside investigates, whatever it is called
    _S.CLOSED: frozenset({_S.AUDITED}),
    _S.AUDITED: frozenset(),
}


def status_of(incident: Incident) -> Status:
    """Return where a case stands."""
    if incident.audited_at is not None:
        return Status.AUDITED
    if incident.closed_at is not None:
        return Status.CLOSED
    if incident.external:
        return Status.EXTERNAL
    if incident.seen_at is not None:
        return Status.WITH_LEADS if incident.kind in LEADS else Status.WITH_CHAMPION
    return Status.OPEN
