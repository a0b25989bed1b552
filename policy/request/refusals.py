"""Whether a step may be taken now: whose it is, what must have happened first, and what must be said with it.

Every refusal is a sentence that tells what to do instead. A late, double or forged press ends here too.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from policy.breach.seats import Seat
from policy.clocks.refusal import RefusedDatesError
from policy.clocks.working_days import Division
from policy.request.case import Request
from policy.request.clock_contents import not_for_this
from policy.request.contents import tells_recipients, wanting
from policy.request.dates import dates_of
from policy.request.events import Event, Happened
from policy.request.history import after, of, taken_back
from policy.request.kinds import ACCESSES, RIGHTS, RequestKind
from policy.request.rights import RIGHTS as DECIDED_ON
from policy.request.rights import Outcome
from policy.request.status import is_ready
from policy.request.steps import Part, Step, not_theirs, parts_of, step_of
from policy.roles import Role

_ALWAYS: Final = frozenset(
    {
        *(Step.SEE_OWN, Step.SEE, Step.SEE_DATES, Step.EXPORT, Step.SAY, Step.NOTE, Step.REOPEN),
        *(Step.HOLD, Step.RELEASE_HOLD, Step.CONFIRM_NOTICE, Step.INVOLVE, Step.NO_LONGER_INVOLVED),
        *(Step.ASSIGN, Step.SNOOZE, Step.SETTLE),
    }
)
_BEFORE_ACCEPTED: Final = _ALWAYS | {
    *(Step.CORRECT, Step.ACCEPT, Step.NOT_A_REQUEST, Step.SEND_NOTICE, Step.WITHDRAW, Step.UNDO)
}
_AFTER_ANSWER: Final = _ALWAYS | {Step.UNDO, Step.CARRY_OUT, Step.INFORM_RECIPIENT, Step.FINISH_TASK, Step.CLOSE}
# What can be taken back; the rest is ended or begun again by a step of its own, or has reached somebody.
UNDOABLE: Final = frozenset(
    {
        *(Happened.DETAILS_CORRECTED, Happened.ACCEPTED, Happened.ROUTE_CONFIRMED, Happened.UNDONE),
        *(Happened.IDENTITY_ASKED, Happened.IDENTITY_SEEN, Happened.FEE_ASKED, Happened.FEE_PAID),
        *(Happened.AUTHORITY_ASKED, Happened.AUTHORITY_RECEIVED, Happened.AUTHORITY_OVERRIDDEN),
        *(Happened.CLARIFY_ASKED, Happened.CLARIFY_ANSWERED, Happened.EXTENDED),
        *(Happened.TASK_SET, Happened.TASK_DONE, Happened.THIRD_PARTY, Happened.EXEMPTION, Happened.EFFORT),
        *(Happened.TICKED, Happened.DECIDED, Happened.CARRIED_OUT, Happened.RECIPIENT_INFORMED),
        *(Happened.REFUSED, Happened.RESPONDED, Happened.COMPLAINT_ACKNOWLEDGED, Happened.COMPLAINT_ANSWERED),
    }
)


def refusal(
    request: Request,
    step: Step,
    *,
    by: int,
    roles: frozenset[Role],
    now: datetime,
    division: Division,
    standing_in: frozenset[Seat] = frozenset(),
    data: Mapping[str, Any] | None = None,
) -> str | None:
    """Say why a person may not take a step now; None where they may.

    `data` is that of the event to be added; without it only whose the step is and what comes first are looked at, to
    know whether to offer it. `roles` are the person's at the school of the case.
    """
    parts = parts_of(request, by=by, roles=roles, standing_in=standing_in)
    refused = not_theirs(step, parts) or _untimely(request, step) or _not_their_own(request, step, by, parts, data)
    if refused or data is None:
        return refused
    if step is Step.UNDO:
        lacking = wanting(request, step, data, by=by, now=now, division=division)
        return lacking or _not_undoable(request, int(data["of"]), by=by, now=now, division=division)
    return wanting(request, step, data, by=by, now=now, division=division)


def undoable(request: Request, *, by: int, now: datetime, division: Division) -> tuple[int, ...]:
    """Return the places of what could be taken back now, the latest first."""
    places = (place for place, event in request.standing() if event.kind in UNDOABLE)
    fit = [place for place in places if _not_undoable(request, place, by=by, now=now, division=division) is None]
    return tuple(reversed(fit))


def _not_undoable(request: Request, place: int, *, by: int, now: datetime, division: Division) -> str | None:
    if not 1 < place <= request.events or place in request.gone:
        return "That was taken back already."
    if request.history[place - 1].kind not in UNDOABLE:
        return "That can't be taken back. A later step can change it."
    history = (*request.history, Event(Happened.UNDONE, now, by, {"of": place, "reason": ""}))
    return None if holds(request, history, division=division) else "Something later rests on it. Take that back first."


def holds(request: Request, history: tuple[Event, ...], *, division: Division) -> bool:
    """Whether every step that stands could have been taken without what was taken back."""
    gone = taken_back(history)
    then = of(request.number, request.school_id, history[:1])
    for place, event in enumerate(history[1:], 2):
        if place in gone:
            then = after(then, Event(Happened.NOTED, event.at, event.actor, {"text": ""}))  # keeps the places
            continue
        step = step_of(event.kind)
        if step is not None and step is not Step.UNDO:
            by = event.actor or 0
            unfit = _untimely(then, step) or wanting(then, step, event.data, by=by, now=event.at, division=division)
            if unfit:
                return False
        if event.kind is Happened.UNDONE:
            then = after(then, Event(Happened.NOTED, event.at, event.actor, {"text": ""}))
        else:
            then = after(then, event)
    try:
        dates_of(then, division=division)
    except RefusedDatesError:
        return False
    return True


def _untimely(request: Request, step: Step) -> str | None:
    if not request.is_open and step not in _ALWAYS:
        return "This request is closed. Reopen it first."
    if request.answer is not None and step not in _AFTER_ANSWER:
        return "It has been answered. Reopen it first, or take the answer back."
    if request.accepted_at is None and step not in _BEFORE_ACCEPTED:
        return "Please accept it as a request first."
    first = _FIRST.get(step)
    return not_for_this(request, step) or (first(request) if first else None)


def _not_their_own(
    request: Request, step: Step, by: int, parts: frozenset[Part], data: Mapping[str, Any] | None
) -> str | None:
    if Part.DPO in parts:
        return None
    if step is Step.CORRECT and request.accepted_at is not None:
        return "The DPO has it now. Please add what you know as a note."
    if step is Step.FINISH_TASK and data is not None:
        task = request.task(int(data["task"]))
        return None if task is not None and task.owner == by else "That task isn't yours."
    if step is Step.SNOOZE and data is not None:
        own = {f"task:{task.number}" for task in request.tasks if task.owner == by}
        return None if data["line"] in own else "That reminder isn't yours."
    return None


def _unless(fits: Callable[[Request], object], otherwise: str) -> Callable[[Request], str | None]:
    return lambda request: None if fits(request) else otherwise


def _closable(request: Request) -> str | None:
    granted = request.kind in RIGHTS and request.decision is not None and request.decision.outcome != Outcome.NO
    left = {
        "It hasn't been answered yet.": request.answer is None,
        "Please record first when it was done.": granted and request.carried_out_on is None,
        "Please say first whether others who had the data were told.": tells_recipients(request)
        and not request.recipients,  # DP-12.13, DP-12.16
        "The hold is still on. Please look at it, and release it where it isn't needed.": request.is_held,
    }
    return next((sentence for sentence, is_left in left.items() if is_left), None)


def _erasable(request: Request) -> str | None:
    if request.kind is RequestKind.MARKETING:
        return None
    if request.kind not in RIGHTS or request.decision is None or request.decision.outcome == Outcome.NO:
        return "Please decide first that it is done."
    if request.kind is RequestKind.ERASURE and request.is_held:
        return "A hold is on, so nothing may be deleted. Release it first."  # C17, SAR-8.1.3
    return None


def _refusable(request: Request) -> str | None:
    if request.kind in {RequestKind.MARKETING, RequestKind.COMPLAINT}:
        return "This can't be refused."  # DP-12.6
    if request.kind in RIGHTS and not request.is_waiting:
        no = request.decision is not None and request.decision.outcome == Outcome.NO
        return None if no else "Please decide first, with the reason."
    return None


def _respondable(request: Request) -> str | None:
    if request.kind is RequestKind.COMPLAINT:
        return "A complaint is answered with what was found."
    if request.is_waiting:
        return "We still wait for the requester, so nothing goes out yet."  # SAR-2.3, SAR-6.2
    if request.kind in RIGHTS and request.decision is not None and request.decision.outcome == Outcome.NO:
        return "It was decided with a no, so it is answered with a refusal."
    return None if is_ready(request) else "Please finish the list, or the decision, first."


_IS_COMPLAINT: Final = _unless(lambda request: request.kind is RequestKind.COMPLAINT, "This isn't a complaint.")
_IS_ACCESS: Final = _unless(lambda request: request.kind in ACCESSES, "That is for requests to see data.")
_FIRST: Final[Mapping[Step, Callable[[Request], str | None]]] = {
    Step.ACCEPT: _unless(lambda request: request.accepted_at is None, "It was accepted already."),
    Step.ASK_IDENTITY: _unless(lambda request: request.identity is None, "Proof of identity was asked for already."),
    Step.SEE_IDENTITY: _unless(
        lambda request: request.identity is not None and request.identity.seen_on is None,
        "No proof of identity is waited for.",
    ),
    Step.ASK_AUTHORITY: _unless(
        lambda request: request.authority is None, "The authority was asked for already, or has come."
    ),
    Step.RECEIVE_AUTHORITY: _unless(
        lambda request: request.authority is None or request.authority.received_on is None, "It has come already."
    ),
    Step.OVERRIDE_AUTHORITY: _unless(
        lambda request: request.authority is not None and request.authority.is_waited_for, "No authority is waited for."
    ),
    Step.ASK_FEE: _unless(lambda request: request.fee is None, "A fee was asked for already."),
    Step.PAY_FEE: _unless(
        lambda request: request.fee is not None and request.fee.paid_on is None, "No fee is waited for."
    ),
    Step.ANSWER_CLARIFY: _unless(lambda request: request.is_paused, "No question is open."),
    Step.EXTEND: _unless(lambda request: request.extension is None, "It was extended already: once is all there is."),
    Step.EXEMPT: _IS_ACCESS,
    Step.EFFORT: _IS_ACCESS,
    Step.TICK: _IS_ACCESS,
    Step.THIRD_PARTY: _IS_ACCESS,
    Step.HOLD: _unless(lambda request: not request.is_held, "The hold is on already."),
    Step.RELEASE_HOLD: lambda request: (
        "There is no hold."
        if not request.is_held
        else "It isn't answered yet, so the hold stays."  # SAR-8.1.3
        if request.is_running
        else None
    ),
    Step.DECIDE: _unless(lambda request: request.kind in DECIDED_ON, "There is nothing of that kind to decide here."),
    Step.CARRY_OUT: _erasable,
    Step.INFORM_RECIPIENT: _unless(tells_recipients, "Nobody else needs to hear of this."),
    Step.REFUSE: _refusable,
    Step.RESPOND: _respondable,
    Step.ACKNOWLEDGE_COMPLAINT: lambda request: (
        _IS_COMPLAINT(request)
        or ("It was acknowledged already." if request.complaint_acknowledged_on is not None else None)
    ),
    Step.ANSWER_COMPLAINT: _IS_COMPLAINT,
    Step.NO_LONGER_INVOLVED: _unless(lambda request: request.involved, "Nobody is recorded as having a part in it."),
    Step.CLOSE: _closable,
    Step.REOPEN: _unless(
        lambda request: not request.is_open or request.answer is not None, "This request is open already."
    ),
}
