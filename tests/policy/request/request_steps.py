"""Whole data for every step, so that a test can try whatever comes next."""

from datetime import timedelta
from typing import Any

from policy.request.case import Request
from policy.request.checklist import Check, left
from policy.request.dates import day_of
from policy.request.events import Event, Happened
from policy.request.kinds import RequestKind
from policy.request.refusals import refusal, undoable
from policy.request.rights import RIGHTS
from policy.request.steps import Step, event_of
from policy.request.third_parties import Rung, next_rungs
from tests.policy.request.request_examples import DPO, ENGLAND, HOLDER, OWNER, ROLES, ROUTES, Told


def data_for(  # noqa: C901, PLR0911, PLR0912  one line a step
    step: Step, request: Request, told: Told, choice: int = 0
) -> dict[str, Any]:
    """What a step says, whole enough to be taken; `choice` varies it."""
    today = day_of(told.now).isoformat()
    shared: dict[str, Any] = {"on": today, "reason": "Because.", "text": "Some words.", "how": "secure"}
    match step:
        case Step.CORRECT:
            return {"about": "Kim Vale's twins", "reason": "Misheard."}
        case Step.CONFIRM_ROUTE:
            return {"route": "self", "able": "", "reason": "Seen at the gate."}
        case Step.ASK_IDENTITY:
            return {**shared, "doubt": "A new address."}
        case Step.SEE_IDENTITY:
            return {**shared, "documents": ["passport", "certificate"], "other": ""}
        case Step.RECEIVE_AUTHORITY:
            return {**shared, "covers": "School reports"}
        case Step.ASK_FEE:
            return {**shared, "ground": "repeat", "amount": 10}
        case Step.ANSWER_CLARIFY:
            still = [one.place for one in request.questions if one.answered_on is None]
            return {**shared, "question": still[choice % len(still)] if still else 99}
        case Step.EXTEND:
            return {**shared, "ground": "complex", "notice_sent_on": today, "override": "They agreed on the phone."}
        case Step.UNDO:
            places = undoable(request, by=DPO, now=told.now, division=ENGLAND)
            return {"of": places[-(choice % 2) * (choice % len(places))] if places else 1, "reason": "A slip."}
        case Step.SET_TASK:
            kind = ("search", "technical", "advice")[choice % 3]
            return {"task": request.next_task(), "kind": kind, "what": "The files", "owner": OWNER}
        case Step.FINISH_TASK | Step.CHASE_TASK | Step.ESCALATE_TASK:
            still = [task.number for task in request.tasks if task.done_at is None]
            return {"task": still[choice % len(still)] if still else 99, "found": "no", "note": ""}
        case Step.SEND_NOTICE | Step.NO_LONGER_INVOLVED:
            return {"person": HOLDER, "reason": "A mistake."}
        case Step.INVOLVE | Step.ASSIGN:
            return {"person": HOLDER, "part": "accused"}
        case Step.THIRD_PARTY:
            items = (None, *request.third_parties)
            item = items[choice % len(items)]
            rungs = sorted(next_rungs(item) or {Rung.WITHHELD})
            number = request.next_item() if item is None else item.item
            return {**shared, "item": number, "who": "A neighbour", "move": rungs[choice % len(rungs)]}
        case Step.EXEMPT:
            return {**shared, "exemption": "reference", "what": "One letter", "dsl": False}
        case Step.EFFORT:
            return {**shared, "offer": "viewing"}
        case Step.TICK:
            open_lines = left(request) or (Check.TOLD,)
            return {"check": open_lines[choice % len(open_lines)].value, "note": ""}
        case Step.DECIDE:
            right = RIGHTS.get(request.kind)
            outcome = ("yes", "no", "partly")[choice % 3]
            ground = next(iter(right.grounds)) if right else ""
            exception = next(iter(right.exceptions)) if right else ""
            said = {"outcome": outcome, "ground": ground, "exception": exception}
            return {**said, "reason": "Because.", "authorised_by": "Pat Moor"}
        case Step.CARRY_OUT:
            return {**shared, "what": "Done everywhere"}
        case Step.INFORM_RECIPIENT:
            return {**shared, "name": "The exam board", "outcome": "told"}
        case Step.REFUSE:
            ground = "decided" if request.kind not in {RequestKind.ACCESS, RequestKind.CCTV} else "excessive"
            return {"ground": ground, "reasons": "Reasons.", "routes": ROUTES, "sent_on": today, "how": "secure"}
        case Step.RESPOND:
            words = {"explanation": "Reports", "withheld": "A letter, for a reason", "proof": "The sent e-mail"}
            return {**words, "sent_on": today, "how": "secure"}
        case Step.ANSWER_COMPLAINT:
            return {**shared, "outcome": "partly"}
        case Step.SNOOZE:
            return {"line": ("due", "check", "task:1")[choice % 3], "until": (told.now + timedelta(days=3)).isoformat()}
        case Step.SETTLE:
            return {"line": ("extension", "check")[choice % 2]}
        case _:
            return shared


def take(told: Told, step: Step, *, by: int = DPO, choice: int = 0) -> bool:
    """Take a step, if it may be taken; say whether it was."""
    kind = event_of(step)
    data = data_for(step, told.request, told, choice)
    refused = refusal(told.request, step, by=by, roles=ROLES[by], now=told.now, division=ENGLAND, data=data)
    if kind is None or refused is not None:
        return False
    told.events.append(Event(Happened(kind), told.now, by, data))
    return True
