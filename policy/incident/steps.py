"""What can be done in an incident's case, and whether it may be done now: checked at every action (domain 5)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from policy.incident.case import Incident
from policy.incident.kinds import IncidentKind
from policy.incident.seats import Seat
from policy.roles import Role


class Step(StrEnum):
    """One thing to do; the event of the same name records it."""

    SEEN = "seen"
    EXTERNAL = "external"
    CPOMS = "cpoms"
    FILTER = "filter"
    CLOSE = "closed"
    AUDIT = "audited"


# What the case's card offers under "What next?", in the order in which it is usually done.
OFFERED: Final[Mapping[Step, str]] = {
    Step.EXTERNAL: "Record who outside school was told",
    Step.FILTER: "Record the report to the filter's provider",
    Step.CPOMS: "Record the CPOMS reference",
    Step.CLOSE: "Close the case",
    Step.AUDIT: "Mark it as audited",
}
_SAFEGUARDING: Final = frozenset(
    {IncidentKind.ILLEGAL, IncidentKind.GROOMING, IncidentKind.BULLYING, IncidentKind.EXPOSURE}
)
_TECHNICAL: Final = frozenset(
    {IncidentKind.SPAM, IncidentKind.FILTER, IncidentKind.SECURITY, IncidentKind.DEVICE_MISUSE}
)
_IT: Final = frozenset({Role.COMPUTING_COORDINATOR, Role.TECHNICIAN})
_DSLS: Final = frozenset({Role.DSL, Role.DEPUTY_DSL})


def refusal(incident: Incident, step: Step, *, by: int, seats: Mapping[int, frozenset[Seat]]) -> str | None:  # noqa: PLR0911  one line a reason
    """Say why somebody may not take a step now; None where they may. Never says why somebody has no seat."""
    if by not in seats or by in incident.concerned:
        return "This case isn't open to you."
    if step is Step.AUDIT:
        return _audit(incident)
    if not incident.is_open:
        return "This case is closed."
    if step is Step.SEEN:
        return None if incident.seen_at is None else "Somebody is on it already."
    if incident.seen_at is None:
        return "Please press “I am on it” first, so that everybody sees that somebody has it."
    if step is Step.FILTER and not needs_filter_report(incident):
        return "The filter did not fail here, as far as anybody said."
    return _close(incident) if step is Step.CLOSE else None


def lacking(incident: Incident) -> tuple[str, ...]:
    """Name what must be recorded before the case can be closed."""
    return tuple(
        words
        for words, is_missing in (
            ("who outside school was told, for they alone investigate", incident.is_illegal and not incident.external),
            ("the report to the filter's provider", needs_filter_report(incident) and not incident.filter_report),
            ("the CPOMS reference", not incident.cpoms),  # ONLINE-4.6-a: the record itself lives there
        )
        if is_missing
    )


def needs_filter_report(incident: Incident) -> bool:
    """Whether the filter failed (ONLINE-4.6-f)."""
    return incident.kind is IncidentKind.FILTER or incident.facts.get("filtered") == "yes"


def may_see(incident: Incident, *, person: int, roles: frozenset[Role], seats: Mapping[int, frozenset[Seat]]) -> bool:
    """Whether somebody may see a case: whoever has it, the head, and the rest as the table of domain 8 has it.

    `roles` are the person's at the case's school.
    """
    if person in incident.concerned:
        return False
    dsl, it = not roles.isdisjoint(_DSLS), not roles.isdisjoint(_IT)
    if person in seats or Role.HEADTEACHER in roles or (dsl and incident.kind in _SAFEGUARDING):
        return True
    if incident.is_illegal or incident.kind is IncidentKind.STAFF_MISUSE:
        return False
    data = incident.breach_too and Role.DPO in roles
    return Role.ONLINE_SAFETY_CHAMPION in roles or data or (it and incident.kind in _TECHNICAL)


def _close(incident: Incident) -> str | None:
    wanting = lacking(incident)
    return f"Before it is closed I need {' and '.join(wanting)}." if wanting else None


def _audit(incident: Incident) -> str | None:
    if incident.is_open:
        return "It can be audited once it is closed."
    return None if incident.audited_at is None else "It was audited already."
