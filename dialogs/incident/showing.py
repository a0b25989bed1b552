"""An incident in words for one reader who has it."""

from typing import Final

from dialogs.cards.incident_case import IncidentCard
from dialogs.incident.at_table import Table
from dialogs.incident.words import STATUSES
from dialogs.said import moment
from policy.forms import shown as in_words
from policy.incident.case import Incident
from policy.incident.forms import BODIES, illegal_form, incident_form
from policy.incident.kinds import TITLES
from policy.incident.status import status_of
from policy.incident.steps import OFFERED, Step, lacking, refusal

_LABELS: Final = {
    "place": "Where",
    "at": "Noticed",
    "device": "On what",
    "told": "Who was told",
    "names": "Their names",
    "told_at": "Told",
    "filtered": "Past the filter",
}
_FIELDS: Final = {field.name: field for form in (incident_form(()), illegal_form(())) for field in form.fields}
_BODIES: Final = {body.value: body.title for body in BODIES}
_ILLEGAL: Final = (
    "Don't look at it, and let nobody else. See that the device stays as it is, speak to the reporter in person, and "
    "ring the police, CEOP or the IWF: they alone investigate."
)


def shown(incident: Incident, at_table: Table, *, person: int, note: str = "") -> IncidentCard:
    """Return the case's card for one reader who has a seat in it."""
    offered = [step for step in OFFERED if refusal(incident, step, by=person, seats=at_table.seats) is None]
    return IncidentCard(
        case=incident.number,
        kind=TITLES[incident.kind],
        facts=_facts(incident, at_table),
        urgent=_ILLEGAL if incident.is_illegal and incident.is_open and not incident.external else "",
        missing=lacking(incident) if incident.is_open and incident.seen_at is not None else (),
        can_take=refusal(incident, Step.SEEN, by=person, seats=at_table.seats) is None,
        steps=tuple((OFFERED[step], step.value) for step in offered),
        note=note,
    )


def _facts(incident: Incident, at_table: Table) -> tuple[tuple[str, str], ...]:
    status = STATUSES[status_of(incident)]
    told = [(label, in_words(_FIELDS[name], incident.facts.get(name))) for name, label in _LABELS.items()]
    seen = "" if incident.seen_at is None else f"{at_table.name(incident.seen_by)}, {moment(incident.seen_at)}"
    outside = [f"{_BODIES[one.body]}, {one.reference}, {moment(one.at)}" for one in incident.external]
    lines = [
        ("Status", status),
        ("School", at_table.school),
        ("Reported by", f"{at_table.name(incident.reporter)}, {moment(incident.opened_at)}"),
        *told,
        ("On it", seen),
        ("Outside school", "; ".join(outside)),
        ("Filter report", incident.filter_report),
        ("CPOMS", incident.cpoms),
        ("Who has it", ", ".join(at_table.name(person) for person in at_table.seats)),
    ]
    return tuple((label, words) for label, words in lines if words)
