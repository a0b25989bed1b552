"""The register of incidents, a row a case; of what may be illegal it says that it is there and how far it is."""

from collections.abc import Mapping
from typing import Final

from policy.forms import Field, shown
from policy.incident.case import Incident
from policy.incident.forms import BODIES, TAGS, incident_form
from policy.incident.kinds import TITLES
from policy.incident.status import status_of

_COLUMNS: Final = ("place", "at", "device", "told", "told_at")
HEADING: Final = (
    *("number", "status", "school", "opened_at", "kind", "place", "happened_at", "device", "told", "told_at"),
    *("external", "filter_report", "cpoms", "pattern", "policy_change", "closed_at", "audited_at"),
)
_FIELDS: Final[Mapping[str, Field]] = {field.name: field for field in incident_form(()).fields}
_TITLES: Final = {choice.value: choice.title for choice in (*BODIES, *TAGS)}


def row(incident: Incident, *, school_code: str) -> tuple[str, ...]:
    """Return a case's cells under HEADING. Whether the reader may see the case was looked at before (steps.may_see)."""
    stands = (str(incident.number), status_of(incident).value, school_code, incident.opened_at.isoformat())
    if incident.is_illegal:  # a number and no content (domain 9)
        return (*stands, TITLES[incident.kind], *[""] * (len(HEADING) - len(stands) - 1))
    return (
        *stands,
        TITLES[incident.kind],
        *(shown(_FIELDS[name], incident.facts.get(name)) for name in _COLUMNS),
        "; ".join(f"{_TITLES[told.body]} {told.reference}" for told in incident.external),
        incident.filter_report,
        incident.cpoms,
        _TITLES.get(incident.tag, ""),
        "" if incident.policy_change is None else "yes" if incident.policy_change else "no",
        "" if incident.closed_at is None else incident.closed_at.isoformat(),
        "" if incident.audited_at is None else incident.audited_at.isoformat(),
    )
