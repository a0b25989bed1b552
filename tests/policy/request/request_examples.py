"""Requests for the tests: made of events, as real ones are."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from policy.clocks.working_days import Division
from policy.request.case import Request
from policy.request.checklist import Check
from policy.request.dates import Dates, dates_of
from policy.request.events import Event, Happened
from policy.request.history import of
from policy.request.kinds import RequestKind
from policy.request.refusals import refusal
from policy.request.steps import Step
from policy.roles import Role

TAKER, DPO, HEAD, OWNER, SOMEBODY, HOLDER = 1, 2, 3, 4, 5, 6
ENGLAND: Final = Division.ENGLAND_AND_WALES
ROLES: Final = {
    TAKER: frozenset({Role.STAFF}),
    DPO: frozenset({Role.DPO}),
    HEAD: frozenset({Role.HEADTEACHER, Role.STAFF}),
    OWNER: frozenset({Role.SBM}),
    SOMEBODY: frozenset({Role.STAFF, Role.CEO, Role.DSL}),
    HOLDER: frozenset({Role.STAFF}),
}
ROUTES: Final = ["school", "regulator", "court"]
START: Final = datetime(2026, 6, 1, 9, 15, tzinfo=UTC)  # a Monday


def at(day: str, hour: int = 9) -> datetime:
    """An instant of a day."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=hour)


class Told:
    """A request being told, an event at a time: `Told().then(Happened.ACCEPTED).request`."""

    def __init__(self, start: datetime = START, *, kind: RequestKind = RequestKind.ACCESS, **opening: Any) -> None:  # noqa: ANN401  the data of an event
        self.now = start
        data = {
            "kind": kind.value,
            "words": "Everything about the twins.",
            "received_on": start.date().isoformat(),
            "received_how": "spoken",
            "requester": "Kim Vale",
            "requester_kind": "self",
            "about": "Kim Vale",
        }
        self.events = [Event(Happened.OPENED, start, TAKER, {**data, **opening})]

    def then(self, kind: Happened, /, *, by: int | None = DPO, when: str = "", **data: Any) -> "Told":  # noqa: ANN401  see above
        """Add an event, on a day or at once."""
        self.now = max(self.now, at(when)) if when else self.now
        self.events.append(Event(kind, self.now, by, data))
        return self

    def accepted(self) -> "Told":
        return self.then(Happened.ACCEPTED)

    @property
    def request(self) -> Request:
        """The case so far."""
        return of(14, 1, self.events)

    @property
    def dates(self) -> Dates:
        return dates_of(self.request, division=ENGLAND)


def accepted(**opening: Any) -> Told:  # noqa: ANN401  the data of an event
    return Told(**opening).accepted()


def searched(**opening: Any) -> Told:  # noqa: ANN401  see above
    told = accepted(**opening).then(Happened.TASK_SET, task=1, kind="search", what="The office files", owner=OWNER)
    told.then(Happened.TASK_DONE, by=OWNER, task=1, found="yes", note="")
    return told.then(Happened.ROUTE_CONFIRMED, route="self", able="", reason="")


def ready(**opening: Any) -> Told:  # noqa: ANN401  see above
    told = searched(**opening)
    for check in Check:
        told.then(Happened.TICKED, check=check.value, note="")
    return told


def identity_asked(**opening: Any) -> Told:  # noqa: ANN401  see above
    told = accepted(**opening)
    return told.then(Happened.IDENTITY_ASKED, on=told.now.date().isoformat(), doubt="An unknown e-mail address.")


def clarified(**opening: Any) -> Told:  # noqa: ANN401  see above
    told = accepted(**opening)
    return told.then(Happened.CLARIFY_ASKED, on=told.now.date().isoformat(), text="Which year?")


def extended(**opening: Any) -> Told:  # noqa: ANN401  see above
    told = accepted(**opening)
    day = told.now.date().isoformat()
    return told.then(Happened.EXTENDED, ground="complex", reason="Ten years.", notice_sent_on=day, override="")


def responded(**opening: Any) -> Told:  # noqa: ANN401  see above
    told = ready(**opening)
    day = told.now.date().isoformat()
    return told.then(
        Happened.RESPONDED, sent_on=day, how="secure", explanation="Reports.", withheld="", proof="The sent e-mail"
    )


def refused(**opening: Any) -> Told:  # noqa: ANN401  see above
    told = accepted(**opening)
    day = told.now.date().isoformat()
    return told.then(
        Happened.REFUSED, ground="excessive", reasons="The tenth this month.", routes=ROUTES, sent_on=day, how="secure"
    )


def decided(kind: RequestKind, outcome: str = "yes", **data: str) -> Told:
    return accepted(kind=kind).then(
        Happened.DECIDED,
        **{"outcome": outcome, "ground": "", "exception": "none", "reason": "Because.", "authorised_by": "", **data},
    )


def said_to(told: Told, step: Step, data: dict[str, Any] | None = None, *, by: int = DPO, on: str = "") -> str | None:
    """What is said to somebody who would take a step; None where they may."""
    now = max(told.now, at(on)) if on else told.now
    return refusal(told.request, step, by=by, roles=ROLES[by], now=now, division=ENGLAND, data=data)
