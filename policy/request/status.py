"""Where a request stands: always the furthest that has happened, never typed by anybody (domain 3.1)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from policy.request.case import Request
from policy.request.checklist import left
from policy.request.kinds import ACCESSES, RequestKind


class Status(StrEnum):
    """The states of domain 3.1. Only the DPO moves a request past the first."""

    LOGGED = "logged"
    AWAITING_REQUESTER = "awaiting_requester"
    RUNNING = "running"
    EXTENDED = "extended"
    RESPONSE_READY = "response_ready"
    RESPONDED = "responded"
    REFUSED = "refused"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    NOT_A_REQUEST = "not_a_SAR"


_S: Final = Status
_OPEN: Final = frozenset({_S.AWAITING_REQUESTER, _S.RUNNING, _S.EXTENDED, _S.RESPONSE_READY})
_ENDS: Final = frozenset({_S.WITHDRAWN, _S.NOT_A_REQUEST})
# What was entered by mistake is taken back, so a request can go back a step as well; it is then as if it had not been.
TRANSITIONS: Final[Mapping[Status, frozenset[Status]]] = {
    _S.LOGGED: frozenset({_S.RUNNING}) | _ENDS,
    _S.AWAITING_REQUESTER: frozenset({_S.RUNNING, _S.EXTENDED, _S.RESPONSE_READY, _S.REFUSED}) | _ENDS,
    _S.RUNNING: (_OPEN - {_S.RUNNING}) | {_S.LOGGED, _S.RESPONDED, _S.REFUSED} | _ENDS,
    _S.EXTENDED: (_OPEN - {_S.EXTENDED}) | {_S.REFUSED} | _ENDS,
    _S.RESPONSE_READY: (_OPEN - {_S.RESPONSE_READY}) | {_S.RESPONDED, _S.REFUSED} | _ENDS,
    _S.RESPONDED: _OPEN | {_S.CLOSED},
    _S.REFUSED: _OPEN | {_S.CLOSED},
    _S.CLOSED: _OPEN,
    _S.WITHDRAWN: _OPEN | {_S.LOGGED},
    _S.NOT_A_REQUEST: _OPEN | {_S.LOGGED},
}


def status_of(request: Request) -> Status:  # noqa: PLR0911  one line a state, the furthest first
    """Return where a request stands."""
    if request.not_a_request:
        return Status.NOT_A_REQUEST
    if request.withdrawn:
        return Status.WITHDRAWN
    if request.closed_at is not None:
        return Status.CLOSED
    if request.answer is not None:
        return Status.REFUSED if request.answer.outcome == "refused" else Status.RESPONDED
    if request.accepted_at is None:
        return Status.LOGGED
    if is_ready(request):
        return Status.RESPONSE_READY
    if request.is_waiting or request.is_paused:
        return Status.AWAITING_REQUESTER
    return Status.EXTENDED if request.extension is not None else Status.RUNNING


def is_ready(request: Request) -> bool:
    """Whether an answer can go out: the checklist of 3.6, or for another right the decision (domain 4).

    Without sufficient identity or authority nothing does (SAR-2.3, SAR-6.2).
    """
    if request.accepted_at is None or request.is_waiting:
        return False
    if request.kind in ACCESSES:
        return not left(request)
    match request.kind:
        case RequestKind.COMPLAINT:
            return False  # what was found is the answer itself
        case RequestKind.MARKETING:
            return request.carried_out_on is not None
        case _:
            return request.decision is not None
