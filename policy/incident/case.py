"""An incident as it stands: the sum of its events. Place, time, device and who was told, and never what was seen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from policy.incident.events import Event, Happened
from policy.incident.kinds import LEADS, IncidentKind


@dataclass(frozen=True, slots=True)
class External:
    """Somebody outside who was told: they alone investigate (ONLINE-4.6-d)."""

    body: str
    reference: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Incident:
    """Everything known about one case. People are ids, instants UTC."""

    number: int
    school_id: int
    reporter: int
    opened_at: datetime
    kind: IncidentKind
    named: frozenset[int] = frozenset()  # whom the report seemed to be about
    elsewhere: tuple[int, ...] = ()  # the reporter's other schools, until they say at which it was
    facts: Mapping[str, Any] = field(default_factory=dict)
    sent_at: datetime | None = None
    seen_at: datetime | None = None
    seen_by: int | None = None
    external: tuple[External, ...] = ()
    cpoms: str = ""
    filter_report: str = ""
    tag: str = ""
    policy_change: bool | None = None
    breach_too: bool = False
    closed_at: datetime | None = None
    closed_by: int | None = None
    audited_at: datetime | None = None
    stand_ins: tuple[int, ...] = ()  # who got the case because somebody before them was silent or out of reach
    unreached: frozenset[int] = frozenset()
    nudged: frozenset[str] = frozenset()
    routed_at: datetime | None = None  # when it came to others, because the reporter corrected the kind
    events: int = 0  # how many: the case's revision

    @property
    def concerned(self) -> frozenset[int]:
        """Whose view of the case is suspended: the reporter, and whoever it may be about (domain 8)."""
        answered = self.facts.get("involved") or ()
        return frozenset({self.reporter, *self.named, *(int(one) for one in answered if str(one).isdecimal())})

    @property
    def people(self) -> frozenset[int]:
        """Everybody whom the case's cards may name."""
        some = (self.seen_by, self.closed_by)
        return frozenset({self.reporter, *self.stand_ins, *(one for one in some if one is not None)})

    @property
    def is_illegal(self) -> bool:
        """Whether it may be something that nobody at school may look at."""
        return self.kind is IncidentKind.ILLEGAL

    @property
    def is_open(self) -> bool:
        """Whether anything is still to be done."""
        return self.closed_at is None


def of(number: int, school_id: int, events: Iterable[Event]) -> Incident:
    """Add up a case. The first event is its opening. Raises ValueError where it is not."""
    told = iter(events)
    first = next(told, None)
    if first is None or first.kind is not Happened.OPENED or first.actor is None:
        raise ValueError(f"Case {number} does not begin with an opening by somebody.")
    incident = Incident(
        number=number,
        school_id=school_id,
        reporter=first.actor,
        opened_at=first.at,
        kind=IncidentKind(first.data["kind"]),
        named=frozenset(first.data.get("concerned", ())),
        elsewhere=tuple(first.data.get("elsewhere", ())),
        events=1,
    )
    for event in told:
        incident = after(incident, event)
    return incident


def after(incident: Incident, event: Event) -> Incident:
    """Add one event."""
    return replace(_with(incident, event), events=incident.events + 1)


def _with(incident: Incident, event: Event) -> Incident:  # noqa: C901, PLR0911, PLR0912  one line a kind of event
    data, at, by = event.data, event.at, event.actor
    match event.kind:
        case Happened.OPENED:
            raise ValueError(f"Case {incident.number} is opened twice.")
        case Happened.MOVED:
            known = replace(incident, school_id=data["school_id"], elsewhere=())
            return replace(known, seen_at=None, seen_by=None, routed_at=at)  # who saw it may be of another school
        case Happened.MADE_ILLEGAL:
            return _routed(incident, IncidentKind.ILLEGAL, at)
        case Happened.FACTS:
            sent = at if data.get("sent") and incident.sent_at is None else incident.sent_at
            known = replace(incident, facts=data["answers"], sent_at=sent)
            return _routed(known, _kind(incident, data["answers"]), at)
        case Happened.SEEN:
            return replace(incident, seen_at=at, seen_by=by)
        case Happened.EXTERNAL:
            told = External(data["body"], data["reference"], datetime.fromisoformat(data["at"]))
            return replace(incident, external=(*incident.external, told))
        case Happened.CPOMS:
            return replace(incident, cpoms=data["reference"])
        case Happened.FILTER:
            return replace(incident, filter_report=data["reference"])
        case Happened.TAGGED:
            return replace(incident, tag=data["tag"], policy_change=bool(data["policy_change"]))
        case Happened.BREACH:
            return replace(incident, breach_too=True)
        case Happened.CLOSED:
            return replace(incident, closed_at=at, closed_by=by)
        case Happened.AUDITED:
            return replace(incident, audited_at=at)
        case Happened.NUDGED:
            return replace(incident, nudged=incident.nudged | {data["milestone"]})
        case Happened.PASSED_ON:
            return replace(incident, stand_ins=tuple(dict.fromkeys((*incident.stand_ins, data["person"]))))
        case Happened.UNDELIVERABLE:
            return replace(incident, unreached=incident.unreached | {data["person"]})


def _routed(incident: Incident, kind: IncidentKind, at: datetime) -> Incident:
    """Change the kind. The head and the DSL must see for themselves what somebody else has seen."""
    if kind is incident.kind:
        return incident
    known = replace(incident, kind=kind, routed_at=at)
    return replace(known, seen_at=None, seen_by=None) if kind in LEADS else known


def _kind(incident: Incident, answers: Mapping[str, Any]) -> IncidentKind:
    """Take the reporter's word for the kind; what may be illegal stays so."""
    said = answers.get("kind")
    return incident.kind if incident.is_illegal or said not in set(IncidentKind) else IncidentKind(said)
