"""Each kind of case as a digest may know it: a code, where it stands, and whom it concerns. No words, no names."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias, TypeVar

from policy.breach.case import Breach
from policy.breach.events import Matter
from policy.breach.milestones import REVIEW_WITHIN
from policy.breach.status import ico_says, is_reviewed, runs
from policy.clocks.breach import breach_clock
from policy.clocks.working_days import Division
from policy.incident.case import Incident
from policy.incident.kinds import IncidentKind
from policy.incident.status import Status as IncidentStatus
from policy.incident.status import status_of as incident_status
from policy.planning.plan import Plan, State
from policy.request.case import Request
from policy.request.dates import Runs, dates_of
from policy.request.kinds import Requester, RequestKind

DOWNLOADED_WITHIN: Final = timedelta(days=7)  # PHOTO-8.2
_WORKPLACE_BY: Final = timedelta(minutes=15)  # until then a report may be of another school of the reporter's
_WHO: Final[Mapping[str, str]] = {
    Requester.PARENT: "a parent",
    Requester.STAFF: "a member of staff",
    Requester.PUPIL: "a pupil",
}
FIRST_OF_ITS_KIND: Final = "first"  # policy/incident/forms.py, the choice that is no pattern
_OVER: Final = frozenset({State.CLEARED, State.OFF})


@dataclass(frozen=True, slots=True)
class BreachSeen:
    """A breach that is open, or new this week. `hours_left` is None where the 72 hours no longer count."""

    number: int
    concerned: frozenset[int]
    is_open: bool
    is_new: bool
    hours_left: float | None
    is_undecided: bool
    review_is_late: bool


@dataclass(frozen=True, slots=True)
class RequestSeen:
    """A request; `who` is no more than "a parent", "a member of staff", "a pupil" or "a third party" (domain 9)."""

    number: int
    concerned: frozenset[int]
    is_open: bool
    is_new: bool
    who: str
    due: date | None
    is_extended: bool
    is_waiting: bool
    is_of_footage: bool
    is_release: bool = False  # of footage to the police and others


@dataclass(frozen=True, slots=True)
class IncidentSeen:
    """An incident."""

    number: int
    concerned: frozenset[int]
    is_open: bool
    is_new: bool
    kind: IncidentKind
    status: IncidentStatus
    audited_at: datetime | None
    is_pattern: bool = False  # whoever looked into it has seen its like before

    @property
    def is_illegal(self) -> bool:
        """Whether it may be illegal to hold: a number is all that is said of it (domain 9)."""
        return self.kind is IncidentKind.ILLEGAL


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """A photo event; its title is somebody's words and stays out."""

    number: int
    on: date
    is_approved: bool
    is_ahead: bool
    is_late: bool  # the pictures should have been moved by now (PHOTO-8.2)
    is_uncleared: bool = False  # they were, and the camera still has them


CaseSeen: TypeAlias = BreachSeen | RequestSeen | IncidentSeen
Some = TypeVar("Some", BreachSeen, RequestSeen, IncidentSeen)


def breach_seen(breach: Breach, *, since: datetime, now: datetime) -> BreachSeen | None:
    """See a breach; None while its reporter has not said at which school it was."""
    if breach.workplace_open and now - breach.opened_at < _WORKPLACE_BY:
        return None
    counts = runs(breach)
    return BreachSeen(
        number=breach.number,
        concerned=breach.concerned,
        is_open=breach.is_open,
        is_new=breach.opened_at >= since,
        hours_left=breach_clock(breach.t0, max(now, breach.t0)).hours_left if counts else None,
        is_undecided=counts and ico_says(breach) is None,
        review_is_late=_review_is_late(breach, now),
    )


def request_seen(request: Request, *, division: Division, since: datetime) -> RequestSeen:
    """See a request. Raises RefusedDatesError for a history that cannot be."""
    dates = dates_of(request, division=division)
    acknowledged = request.kind is RequestKind.COMPLAINT and request.complaint_acknowledged_on is not None
    counts = request.is_running and not acknowledged
    return RequestSeen(
        number=request.number,
        concerned=request.concerned,
        is_open=request.is_running,
        is_new=request.opened_at >= since,
        who=_WHO.get(request.details.requester_kind, "a third party"),
        due=dates.due if counts else None,
        is_extended=request.extension is not None,
        is_waiting=dates.runs in {Runs.WAITING, Runs.PAUSED},
        is_of_footage=request.kind in {RequestKind.CCTV, RequestKind.RELEASE},
        is_release=request.kind is RequestKind.RELEASE,
    )


def incident_seen(incident: Incident, *, since: datetime) -> IncidentSeen:
    """See an incident."""
    return IncidentSeen(
        number=incident.number,
        concerned=incident.concerned,
        is_open=incident.is_open,
        is_new=incident.opened_at >= since,
        kind=incident.kind,
        status=incident_status(incident),
        audited_at=incident.audited_at,
        is_pattern=incident.tag not in {"", FIRST_OF_ITS_KIND},
    )


def plan_seen(plan: Plan, *, today: date) -> PlanSeen:
    """See a photo event."""
    late = plan.state not in _OVER and today > plan.on + DOWNLOADED_WITHIN
    downloaded = plan.state is State.DOWNLOADED
    return PlanSeen(
        number=plan.number,
        on=plan.on,
        is_approved=plan.state in {State.APPROVED, State.DAY_CHECK},
        is_ahead=plan.is_ahead and plan.on >= today,
        is_late=late and not downloaded,
        is_uncleared=late and downloaded,
    )


def open_to(cases: Iterable[Some], readers: Collection[int]) -> tuple[Some, ...]:
    """Return those in which no reader has a part: as reporter, subject or accused they are passed by (domain 8)."""
    return tuple(case for case in cases if case.concerned.isdisjoint(readers))


def _review_is_late(breach: Breach, now: datetime) -> bool:
    decision = breach.decisions.get(Matter.ICO)
    if not breach.is_open or decision is None or ico_says(breach) is None or is_reviewed(breach):
        return False
    return now > max(decision.at, breach.reopened_at or decision.at) + REVIEW_WITHIN
