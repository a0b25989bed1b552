"""The dates of a request, from its events through the clocks; and every older date, with why it changed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from policy.clocks.complaint import ComplaintClock, complaint_clock
from policy.clocks.local_time import london
from policy.clocks.refusal import LAST_YEAR
from policy.clocks.sar import SarClock, SarEvents, SarState, sar_clock
from policy.clocks.sar_history import SarEntry, SarHappened
from policy.clocks.sar_history import sar_events as added_up
from policy.clocks.sar_steps import sar_steps
from policy.clocks.working_days import Division
from policy.request.case import Request
from policy.request.events import Event, Happened
from policy.request.history import of
from policy.request.kinds import RequestKind

_WHENEVER: Final = date(LAST_YEAR, 12, 31)  # no day is in the future: every one was looked at before it was kept


class Runs(StrEnum):
    """What the clock of a request does."""

    RUNNING = "running"
    WAITING = "waiting"
    PAUSED = "paused"
    AT_ONCE = "at_once"  # advertising stops now (DP-12.6)
    NO_CLOCK = "no_clock"  # footage for outsiders: no law sets a day


@dataclass(frozen=True, slots=True)
class Dates:
    """What staff work to; a day that cannot be known yet is None. `outer_due` is for the DPO's eyes."""

    runs: Runs
    starts: date | None = None
    target: date | None = None  # what reminders aim at
    due: date | None = None
    outer_due: date | None = None
    notice_by: date | None = None  # last day to say that it is extended
    set_aside: int = 0  # days that clarifications took
    stands_since: date | None = None  # since when nothing runs, and for what we asked
    clock: SarClock | None = None
    complaint: ComplaintClock | None = None

    @property
    def steps(self) -> tuple[str, ...]:
        """The sum, a line a step, to be read aloud."""
        if self.clock is not None:
            return sar_steps(self.clock)
        if self.complaint is not None:
            return self.complaint.steps
        return _AT_ONCE if self.runs is Runs.AT_ONCE else ()


@dataclass(frozen=True, slots=True)
class Change:
    """A day to answer by that became another: `was` and `now` are None where nothing is due."""

    place: int
    kind: Happened
    at: datetime
    by: int | None
    was: date | None
    now: date | None
    reason: str


def entries(request: Request) -> tuple[SarHappened, ...]:
    """Return what counts for the month, each entry by its event's place, for `policy.clocks.sar_history`.

    Nothing is waited for that came unasked, or that the DPO decided to do without.
    """
    standing = tuple(request.standing())
    asked = {event.kind for _, event in standing}
    overridden = request.last.get(str(Happened.AUTHORITY_OVERRIDDEN), 0)
    return tuple(
        entry
        for place, event in standing
        if not (event.kind is Happened.AUTHORITY_ASKED and place < overridden)
        for entry in _entries(place, event)
        if entry.kind not in _ANSWERS or _ANSWERS[entry.kind] in asked
    )


def sar_events(request: Request) -> SarEvents:
    """Add up what counts for the month. Raises RefusedDatesError for a history that cannot be."""
    events = added_up(entries(request))
    if events.authority_asked is None and events.authority_received is not None:
        return replace(events, authority_received=None)  # it came, and was not waited for
    return events


def dates_of(request: Request, *, division: Division) -> Dates:
    """Work out the dates. Raises RefusedDatesError for a history that cannot be."""
    received = request.details.received_on
    match request.kind:
        case RequestKind.COMPLAINT:
            told = complaint_clock(received, division=division)
            day = told.acknowledge_by
            return Dates(Runs.RUNNING, received, day, day, day, complaint=told)
        case RequestKind.MARKETING:
            return Dates(Runs.AT_ONCE, received, received, received, received)
        case RequestKind.RELEASE:
            return Dates(Runs.NO_CLOCK, received)
        case _:
            return _of_month(sar_clock(sar_events(request), division=division, now=_WHENEVER))


def changes(request: Request, *, division: Division) -> tuple[Change, ...]:
    """Return every change of the day to answer by, the oldest first: old dates stay visible, with why."""
    return tuple(_changes(request, division))


def day_of(at: datetime) -> date:
    """Return London's day of an instant."""
    return london(at).date()


def _changes(request: Request, division: Division) -> Iterator[Change]:
    was: date | None = None
    for place, event in enumerate(request.history, 1):
        if event.kind not in _MOVES:
            continue
        then = of(request.number, request.school_id, request.history[:place])
        now = dates_of(then, division=division).due
        if place == 1:
            was = now
        elif now != was:
            yield Change(place, event.kind, event.at, event.actor, was, now, _reason(event))
            was = now


def _reason(event: Event) -> str:
    return str(event.data.get("reason") or event.data.get("doubt") or event.data.get("text") or "")


def _of_month(clock: SarClock) -> Dates:
    events, span = clock.events, clock.in_force
    match clock.state:
        case SarState.WAITING:
            waits = (
                (events.identity_asked if events.identity_doubt else None, events.identity_received),
                (events.authority_asked, events.authority_received),
                (events.fee_asked, events.fee_paid),
            )
            since = min(asked for asked, came in waits if asked is not None and came is None)
            return Dates(Runs.WAITING, stands_since=since, clock=clock)
        case SarState.PAUSED:
            question = events.unanswered
            since = question.asked if question else events.received
            return Dates(Runs.PAUSED, clock.starts, stands_since=since, clock=clock)
        case SarState.RUNNING:
            return Dates(
                Runs.RUNNING,
                clock.starts,
                clock.target,
                span.due if span else None,
                span.outer_due if span else None,
                clock.extension_notice_by,
                set_aside=sum(pause.safe_days for pause in span.pauses) if span else 0,
                clock=clock,
            )


_AT_ONCE: Final = ("Advertising stops at once when somebody asks: there is nothing to weigh (DP-12.6).",)
_MOVES: Final = frozenset(
    {
        *(Happened.OPENED, Happened.DETAILS_CORRECTED, Happened.UNDONE, Happened.EXTENDED),
        *(Happened.IDENTITY_ASKED, Happened.IDENTITY_SEEN, Happened.FEE_ASKED, Happened.FEE_PAID),
        *(Happened.AUTHORITY_ASKED, Happened.AUTHORITY_RECEIVED, Happened.AUTHORITY_OVERRIDDEN),
        *(Happened.CLARIFY_ASKED, Happened.CLARIFY_ANSWERED),
    }
)
_KINDS: Final = {
    Happened.IDENTITY_SEEN: SarEntry.IDENTITY_RECEIVED,
    Happened.AUTHORITY_ASKED: SarEntry.AUTHORITY_ASKED,
    Happened.AUTHORITY_RECEIVED: SarEntry.AUTHORITY_RECEIVED,
    Happened.FEE_ASKED: SarEntry.FEE_ASKED,
    Happened.FEE_PAID: SarEntry.FEE_PAID,
    Happened.CLARIFY_ASKED: SarEntry.CLARIFICATION_ASKED,
}
_ANSWERS: Final = {
    SarEntry.IDENTITY_RECEIVED: Happened.IDENTITY_ASKED,
    SarEntry.AUTHORITY_RECEIVED: Happened.AUTHORITY_ASKED,
    SarEntry.FEE_PAID: Happened.FEE_ASKED,
}


def _entries(place: int, event: Event) -> Iterator[SarHappened]:
    data = event.data
    match event.kind:
        case Happened.OPENED | Happened.DETAILS_CORRECTED if data.get("received_on"):
            yield SarHappened(place, SarEntry.RECEIVED, date.fromisoformat(data["received_on"]))
        case Happened.IDENTITY_ASKED:
            on = date.fromisoformat(data["on"])
            yield SarHappened(place, SarEntry.IDENTITY_DOUBTED, on)  # no asking without a doubt on record (SAR-2.2)
            yield SarHappened(place, SarEntry.IDENTITY_ASKED, on)
        case Happened.CLARIFY_ANSWERED:
            on = date.fromisoformat(data["on"])
            yield SarHappened(place, SarEntry.CLARIFICATION_ANSWERED, on, of=data["question"])
        case Happened.EXTENDED:
            yield SarHappened(place, SarEntry.EXTENDED, date.fromisoformat(data["notice_sent_on"]))
        case kind if kind in _KINDS:
            yield SarHappened(place, _KINDS[kind], date.fromisoformat(data["on"]))
        case _:
            pass
