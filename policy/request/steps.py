"""Everything that anybody can do with a request, and whose it is to do (domain 8): checked at every action.

Nobody but the DPO, or whoever fills that seat, decides anything or moves a request past its logging (SAR-1.4).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from policy.breach.seats import Seat
from policy.request.case import Request
from policy.request.events import Happened
from policy.roles import Role


class Step(StrEnum):
    """One thing to do; the event of the same name records it, and what is only looked at leaves none."""

    SEE_OWN = "see_own"  # whoever took it: that it is looked after, and how far
    SEE_DATES = "see_dates"  # no names, no words
    SEE = "see"
    EXPORT = "export"
    SAY = "said"
    CORRECT = "details_corrected"
    ACCEPT = "accepted"
    NOT_A_REQUEST = "not_a_request"
    ASSIGN = "assigned"
    NOTE = "noted"
    CONFIRM_ROUTE = "route_confirmed"
    ASK_IDENTITY = "identity_asked"
    SEE_IDENTITY = "identity_seen"
    ASK_AUTHORITY = "authority_asked"
    RECEIVE_AUTHORITY = "authority_received"
    OVERRIDE_AUTHORITY = "authority_overridden"
    ASK_FEE = "fee_asked"
    PAY_FEE = "fee_paid"
    CLARIFY = "clarify_asked"
    ANSWER_CLARIFY = "clarify_answered"
    EXTEND = "extended"
    UNDO = "undone"
    SET_TASK = "task_set"
    FINISH_TASK = "task_done"
    CHASE_TASK = "task_chased"
    ESCALATE_TASK = "task_escalated"
    SEND_NOTICE = "notice_sent"
    CONFIRM_NOTICE = "notice_confirmed"
    THIRD_PARTY = "third_party"
    EXEMPT = "exemption"
    EFFORT = "effort"
    HOLD = "hold_set"
    RELEASE_HOLD = "hold_released"
    TICK = "ticked"
    DECIDE = "decided"
    CARRY_OUT = "carried_out"
    INFORM_RECIPIENT = "recipient_informed"
    REFUSE = "refused"
    RESPOND = "responded"
    ACKNOWLEDGE_COMPLAINT = "complaint_acknowledged"
    ANSWER_COMPLAINT = "complaint_answered"
    INVOLVE = "involved"
    NO_LONGER_INVOLVED = "no_longer_involved"
    SNOOZE = "snoozed"
    SETTLE = "settled"
    WITHDRAW = "withdrawn"
    CLOSE = "closed"
    REOPEN = "reopened"


class Part(StrEnum):
    """What somebody is in a case."""

    TAKER = "taker"  # who took the request in
    OWNER = "owner"  # of a task
    HOLDER = "holder"  # was asked to delete nothing
    DPO = "dpo"
    LEADER = "leader"


_DPO: Final = frozenset({Part.DPO})
_TAKER: Final = frozenset({Part.TAKER})

# Domain 8, column "SAR". Whatever is not here is the DPO's alone.
WHOSE: Final[Mapping[Step, frozenset[Part]]] = dict.fromkeys(Step, _DPO) | {
    Step.SEE_OWN: _TAKER,
    Step.SEE_DATES: _DPO | {Part.LEADER},  # dates, not content
    Step.SAY: _TAKER | _DPO,
    Step.CORRECT: _TAKER | _DPO,
    Step.INVOLVE: _TAKER | _DPO,
    Step.FINISH_TASK: _DPO | {Part.OWNER},
    Step.CONFIRM_NOTICE: frozenset({Part.HOLDER}),
    Step.SNOOZE: _DPO | {Part.OWNER},
}


def event_of(step: Step) -> Happened | None:
    """Return the kind of event that records a step; None for a look."""
    return Happened(step.value) if step.value in set(Happened) else None


def step_of(kind: Happened) -> Step | None:
    """Return the step that an event records; None for what the bot adds."""
    return Step(kind.value) if kind.value in set(Step) else None


def parts_of(
    request: Request, *, by: int, roles: frozenset[Role], standing_in: frozenset[Seat] = frozenset()
) -> frozenset[Part]:
    """Return what a person is in a case.

    `roles` are theirs at the school of the case; `standing_in` the seats that they fill in somebody's place. Whoever
    only took the request in keeps their seat: it is not about them.
    """
    parts = {Part.TAKER} if by == request.taken_by else set[Part]()
    if any(notice.person == by for notice in request.notices):
        parts.add(Part.HOLDER)
    if by in request.involved:
        return frozenset(parts)
    if any(task.owner == by for task in request.tasks):
        parts.add(Part.OWNER)
    if Role.DPO in roles or Seat.DPO in standing_in:
        parts.add(Part.DPO)
    if Role.HEADTEACHER in roles or Seat.LEADER in standing_in:
        parts.add(Part.LEADER)
    return frozenset(parts)


def not_theirs(step: Step, parts: frozenset[Part]) -> str | None:
    """Say whose a step is, where it is not theirs who would take it. Never says why somebody has no seat."""
    whose = WHOSE[step]
    if parts & whose:
        return None
    if Part.TAKER in parts:
        return "You passed this on, so the DPO looks after it now. Type status to see how it stands."
    if not parts:
        return "This request isn't open to you."
    if whose == _TAKER:
        return "Only whoever took it in can do that."
    return "That is for the DPO."
