"""What must be said with a step that moves a date: reasons, days in order, and nothing that only buys time."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from policy.clocks.working_days import Division
from policy.request.case import Request
from policy.request.dates import Runs, dates_of
from policy.request.exemptions import Fee, Why
from policy.request.kept import Document
from policy.request.kinds import ACCESSES, MONTHLY, Requester, RequestKind
from policy.request.steps import Step
from policy.request.words import between, said

MOVES_THE_CLOCK: Final = frozenset(
    {
        *(Step.CORRECT, Step.ASK_IDENTITY, Step.SEE_IDENTITY, Step.EXTEND),
        *(Step.ASK_AUTHORITY, Step.RECEIVE_AUTHORITY, Step.OVERRIDE_AUTHORITY),
        *(Step.ASK_FEE, Step.PAY_FEE, Step.CLARIFY, Step.ANSWER_CLARIFY),
    }
)
DOCUMENTS: Final = 2  # SAR-2.2
_OWN: Final = frozenset({Requester.SELF, Requester.STAFF, Requester.PUPIL})
_OVER: Final = "The time to answer is over, so asking now stops no clock. Please answer, or refuse with reasons."
_REASON: Final = "Please give the reason: it is kept with the case."


def clock_wanting(  # noqa: C901, PLR0911, PLR0912  one line a step
    request: Request, step: Step, data: Mapping[str, Any], *, today: date, division: Division
) -> str | None:
    """Say what the data still lacks; None where it is whole."""
    first = request.details.received_on
    match step:
        case Step.CORRECT:
            return _corrected(request, data, today)
        case Step.ASK_IDENTITY:
            return said(data, "doubt", "Please say why there is a doubt: without one the month doesn't wait.") or (
                _asked(request, data, today, division)  # SAR-2.2
            )
        case Step.SEE_IDENTITY if request.identity is not None:
            return _documents(data) or between(data["on"], request.identity.asked_on, today)
        case Step.ASK_AUTHORITY:
            return _asked(request, data, today, division)
        case Step.RECEIVE_AUTHORITY:
            asked = request.authority.asked_on if request.authority else None
            return said(data, "covers", "Please say which data it names.") or between(data["on"], asked or first, today)
        case Step.OVERRIDE_AUTHORITY:
            return said(data, "reason", _REASON)
        case Step.ASK_FEE:
            return _fee(data) or _asked(request, data, today, division)
        case Step.PAY_FEE if request.fee is not None:
            return between(data["on"], request.fee.asked_on, today)
        case Step.CLARIFY:
            return said(data, "text", "Please write what you asked.") or _asked(request, data, today, division)
        case Step.ANSWER_CLARIFY:
            question = request.question(int(data["question"]))
            if question is None or question.answered_on is not None:
                return "That question isn't open."
            return between(data["on"], question.asked_on, today)
        case Step.EXTEND:
            return _extension(request, data, today, division)
        case _:
            return None


def not_for_this(request: Request, step: Step) -> str | None:
    """Say why a step that moves a date is not for this kind of request, or this requester."""
    kind = request.kind
    if step is Step.CORRECT or step not in MOVES_THE_CLOCK:
        return None
    if kind not in MONTHLY:
        return "Nothing of that kind stops this clock."
    if step in {Step.ASK_FEE, Step.PAY_FEE} and kind is not RequestKind.ACCESS:
        return "There is no fee for this."  # CCTV-7.7, C25
    if step in {Step.CLARIFY, Step.ANSWER_CLARIFY} and kind not in ACCESSES:
        return "Do ask, and keep it as a note: only a request to see data waits for the answer."  # UK GDPR art. 12A
    if step in {Step.ASK_AUTHORITY, Step.RECEIVE_AUTHORITY} and request.details.requester_kind in _OWN:
        return "They ask for themselves, so nobody's authority is needed."
    return None


def _asked(request: Request, data: Mapping[str, Any], today: date, division: Division) -> str | None:
    lacking = between(data["on"], request.details.received_on, today)
    if lacking:
        return lacking
    dates = dates_of(request, division=division)
    return _OVER if dates.due is not None and date.fromisoformat(data["on"]) > dates.due else None


def _documents(data: Mapping[str, Any]) -> str | None:
    seen = list(data["documents"])
    if set(seen) - set(Document):
        return "Please choose documents of the list."
    if Document.OTHER in seen and not str(data.get("other") or "").strip():
        return "Please say what the other document was."
    if len(set(seen)) < DOCUMENTS:
        return "Two different documents are needed."  # SAR-2.2
    return None


def _fee(data: Mapping[str, Any]) -> str | None:
    if data["ground"] not in set(Fee):
        return "A fee is for unfounded, excessive or repeated requests only."  # SAR-3.1 to SAR-3.3
    if int(data["amount"]) <= 0:
        return "Please give the amount."
    return said(data, "reason", "Please give the reason: it goes into the letter.")  # SAR-3.2


def _extension(request: Request, data: Mapping[str, Any], today: date, division: Division) -> str | None:
    dates = dates_of(request, division=division)
    if dates.runs is Runs.WAITING:
        return "The month hasn't begun yet, so there is nothing to extend."
    if data["ground"] not in set(Why):
        return "It can be extended because it is complex, or because they made several requests."
    lacking = said(data, "reason", _REASON) or between(
        data["notice_sent_on"], dates.starts or request.details.received_on, today
    )
    if lacking:
        return lacking
    if dates.notice_by is not None and today > dates.notice_by:  # SAR-4.4
        return said(
            data,
            "override",
            "The last day to tell them is over. If you extend all the same, please add why: it is kept.",
        )
    return None


def _corrected(request: Request, data: Mapping[str, Any], today: date) -> str | None:
    lacking = said(data, "reason", _REASON)
    if lacking:
        return lacking
    kind = data.get("kind", request.kind)
    if kind not in set(RequestKind):
        return "Please say what they ask for."
    rests = request.extension or request.fee or request.questions or request.decision or request.identity
    if kind != request.kind and (rests or request.authority or request.complaint_acknowledged_on):
        return "Steps of this kind of request were taken already. Please take them back first."
    received = data.get("received_on")
    if received and date.fromisoformat(received) > today:
        return "That day is still to come. Please check it."
    return None
