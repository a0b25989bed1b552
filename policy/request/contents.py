"""What a step must say to be taken: the contents of its event, looked at before they are kept."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from policy.clocks.refusal import RefusedDatesError
from policy.clocks.working_days import Division
from policy.request.authority import Route, facts_of, proposed
from policy.request.case import Request
from policy.request.checklist import Check, left, untrue
from policy.request.clock_contents import MOVES_THE_CLOCK, clock_wanting
from policy.request.dates import dates_of, day_of
from policy.request.events import Event
from policy.request.exemptions import Exemption, Ground, Offer, To, needs_safeguarding
from policy.request.history import after
from policy.request.ladder import can_be_settled
from policy.request.rights import RIGHTS, Outcome, unfinished
from policy.request.search import TaskKind, is_search
from policy.request.steps import Step, event_of
from policy.request.third_parties import NEEDS_REASON, Rung, next_rungs
from policy.request.words import between, said

_INVOLVED_AS: Final = frozenset({"requester", "subject", "accused"})
_SNOOZE_AT_MOST: Final = timedelta(days=7)
SNOOZES: Final = 3  # of one reminder
_REASON: Final = "Please give the reason: it is kept with the case."
_REASONED: Final = frozenset(
    {
        *(Step.NOT_A_REQUEST, Step.WITHDRAW, Step.REOPEN, Step.NO_LONGER_INVOLVED),
        *(Step.HOLD, Step.RELEASE_HOLD, Step.UNDO),
    }
)
COMPLAINT_OUTCOMES: Final = ("upheld", "partly", "not_upheld")


def wanting(
    request: Request, step: Step, data: Mapping[str, Any], *, by: int, now: datetime, division: Division
) -> str | None:
    """Say what an event's data still lacks; None where it is whole. Raises KeyError for data of another event."""
    if step in MOVES_THE_CLOCK:
        lacking = clock_wanting(request, step, data, today=day_of(now), division=division)
        return lacking or _impossible(request, step, data, by=by, now=now, division=division)
    return _wanting(request, step, data, by=by, now=now)


def _impossible(
    request: Request, step: Step, data: Mapping[str, Any], *, by: int, now: datetime, division: Division
) -> str | None:
    kind = event_of(step)
    if kind is None:
        return None
    try:
        dates_of(after(request, Event(kind, now, by, dict(data))), division=division)
    except RefusedDatesError as refused:
        return str(refused)
    return None


def _wanting(  # noqa: C901, PLR0911, PLR0912  one line a step
    request: Request, step: Step, data: Mapping[str, Any], *, by: int, now: datetime
) -> str | None:
    today = day_of(now)
    if step in _REASONED:
        return said(data, "reason", _REASON)
    match step:
        case Step.SAY | Step.NOTE:
            return said(data, "text", "Please write a few words.")
        case Step.CONFIRM_ROUTE:
            return _route(request, data)
        case Step.SET_TASK:
            return _new_task(request, data)
        case Step.FINISH_TASK | Step.CHASE_TASK | Step.ESCALATE_TASK:
            return _task(request, step, data)
        case Step.SEND_NOTICE:
            waits = any(one.person == data["person"] and one.confirmed_at is None for one in request.notices)
            return "They were asked already and have not confirmed yet." if waits else None
        case Step.CONFIRM_NOTICE:
            waits = any(one.person == by and one.confirmed_at is None for one in request.notices)
            return None if waits else "You have confirmed that already. Thank you."
        case Step.THIRD_PARTY:
            return _third_party(request, data, today)
        case Step.EXEMPT:
            return _exemption(request, data)
        case Step.EFFORT:
            return _one_of(data, "offer", frozenset(Offer), "Please say what is offered instead.") or said(
                data, "reason", _REASON
            )
        case Step.TICK:
            return _tick(request, data)
        case Step.DECIDE:
            texts = {name: str(data.get(name, "")) for name in ("ground", "exception", "reason", "authorised_by")}
            return unfinished(request.kind, outcome=data["outcome"], **texts)
        case Step.CARRY_OUT:
            return between(data["on"], request.details.received_on, today) or said(data, "what", "Please say what.")
        case Step.INFORM_RECIPIENT:
            return _recipient(data, request.details.received_on, today)
        case Step.REFUSE:
            return _refused(request, data, today)
        case Step.RESPOND:
            return _responded(request, data, today)
        case Step.ACKNOWLEDGE_COMPLAINT:
            return between(data["on"], request.details.received_on, today) or said(data, "how", "Please say how.")
        case Step.ANSWER_COMPLAINT:
            return (
                _one_of(data, "outcome", COMPLAINT_OUTCOMES, "Please choose an outcome.")
                or said(data, "reason", "Please say what was found.")
                or said(data, "how", "Please say how it was sent.")
                or between(data["on"], request.details.received_on, today)
            )
        case Step.INVOLVE:
            return _one_of(data, "part", _INVOLVED_AS, "Please say which part they have.")
        case Step.SNOOZE:
            return _snooze(request, data, now)
        case Step.SETTLE:
            ends = "This reminder ends by itself when what it is about is done."
            return None if can_be_settled(str(data["line"])) else ends
        case _:
            return None


def _route(request: Request, data: Mapping[str, Any]) -> str | None:
    lacking = _one_of(data, "route", frozenset(Route), "Please say who gets the answer.")
    if lacking:
        return lacking
    able = {"yes": True, "no": False}.get(str(data.get("able", "")))
    facts = facts_of(request, able=able, doubt=bool(data.get("doubt")), conflict=bool(data.get("conflict")))
    row = proposed(facts)
    if able is not None and not str(data.get("reason") or "").strip():
        return "Please say how you know what the child understands: it is kept."  # SAR-6.6
    if data["route"] != row.route:
        return said(data, "reason", f"The procedure's table proposes otherwise: {row.why} Please add why you differ.")
    return None


def _new_task(request: Request, data: Mapping[str, Any]) -> str | None:
    if int(data["owner"]) in request.involved:
        return "That person has a part in this case. Please choose somebody else."
    return _one_of(data, "kind", frozenset(TaskKind), "Please say what kind of task it is.") or said(
        data, "what", "Please say what to do."
    )


def _task(request: Request, step: Step, data: Mapping[str, Any]) -> str | None:
    task = request.task(int(data["task"]))
    if task is None:
        return "That task isn't there any more."
    if task.done_at is not None:
        return "That task is done already."
    if step is Step.ESCALATE_TASK and task.escalated_at is not None:
        return "That was passed up already."
    if step is Step.FINISH_TASK and is_search(task.kind) and data.get("found") not in {"yes", "no"}:
        return "Please say whether anything was found."
    return None


def _third_party(request: Request, data: Mapping[str, Any], today: date) -> str | None:
    number = int(data["item"])
    item = request.item(number)
    if item is None:
        lacking = said(data, "who", "Please say whom it is about, such as “a neighbour”.")
        if lacking or number != request.next_item():
            return lacking or "That isn't on the list any more."
    if data["move"] not in set(Rung) or Rung(data["move"]) not in next_rungs(item):
        return "That isn't the next step for them: black out first, then ask, then weigh."  # SAR-7.2
    if Rung(data["move"]) in NEEDS_REASON:
        return said(data, "reason", _REASON) or between(data["on"], request.details.received_on, today)
    return between(data["on"], request.details.received_on, today)


def _exemption(request: Request, data: Mapping[str, Any]) -> str | None:
    if needs_safeguarding(request, data["exemption"]) and not data.get("dsl"):
        return "Please ask the safeguarding lead first: it is about harm, and perhaps a child."  # SAR-7.5
    return (
        _one_of(data, "exemption", frozenset(Exemption), "Please choose an exemption.")
        or said(data, "what", "Please say what is withheld.")
        or said(data, "reason", _REASON)
    )


def _tick(request: Request, data: Mapping[str, Any]) -> str | None:
    if data["check"] not in set(Check):
        return "Please choose a line of the list."
    check = Check(data["check"])
    if check not in left(request):
        return "That is ticked already."
    return untrue(request, check)


def _recipient(data: Mapping[str, Any], first: date, today: date) -> str | None:
    match data["outcome"]:
        case "none":
            return None
        case "told":
            return said(data, "name", "Please say who was told.") or between(data["on"], first, today)
        case "not_feasible":
            named = said(data, "name", "Please say who was not told.")
            return named or said(data, "reason", "Please say why they could not be told.")
        case _:
            return "Please say whether they were told."


def _refused(request: Request, data: Mapping[str, Any], today: date) -> str | None:
    lacking = _one_of(data, "ground", frozenset(Ground), "Please choose a ground.") or said(
        data, "reasons", "Please give the reasons: they go into the letter."
    )
    if lacking:
        return lacking
    if set(data["routes"]) != set(To):
        return "A refusal must name all three ways to complain: to us, to the ICO and to a court."
    identity, authority = request.identity, request.authority
    decided_no = request.decision is not None and request.decision.outcome == Outcome.NO
    unfit = {
        Ground.IDENTITY: identity is None or identity.seen_on is not None,
        Ground.AUTHORITY: authority is None or not authority.is_waited_for,
        Ground.DECIDED: not decided_no,
    }
    if unfit.get(Ground(data["ground"])):
        return "The case doesn't say so: please record that first."
    return said(data, "how", "Please say how it was sent.") or between(
        data["sent_on"], request.details.received_on, today
    )


def _responded(request: Request, data: Mapping[str, Any], today: date) -> str | None:
    withheld = bool(request.exemptions) or any(one.last == Rung.WITHHELD for one in request.third_parties)
    partly = request.decision is not None and request.decision.outcome == Outcome.PARTLY
    return (
        said(data, "explanation", "Please say in a few words what went out.")
        or (said(data, "withheld", "Please say what was withheld, and why.") if withheld or partly else None)
        or said(data, "how", "Please say how it was sent.")
        or said(data, "proof", "Please say what shows that it was sent.")
        or between(data["sent_on"], request.details.received_on, today)
    )


def _snooze(request: Request, data: Mapping[str, Any], now: datetime) -> str | None:
    until = datetime.fromisoformat(data["until"])
    if not now < until <= now + _SNOOZE_AT_MOST:
        return "A reminder can be put off for a week at most."
    if request.snoozes.get(str(data["line"]), 0) >= SNOOZES:
        return "This was put off three times already, so it stays."
    return None


def tells_recipients(request: Request) -> bool:
    """Whether whoever had the data from us hears of the decision (DP-12.13, DP-12.16)."""
    right = RIGHTS.get(request.kind)
    granted = request.decision is not None and request.decision.outcome != Outcome.NO
    return right is not None and right.tells_recipients and granted


def _one_of(data: Mapping[str, Any], name: str, allowed: Collection[str], otherwise: str) -> str | None:
    return None if str(data.get(name) or "") in {str(one) for one in allowed} else otherwise
