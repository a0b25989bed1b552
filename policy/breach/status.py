"""Where a case stands: always the furthest that has happened, never typed by anybody (domain 2.4)."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from policy.breach.case import Breach
from policy.breach.criteria import complete
from policy.breach.events import Happened, Matter


class Status(StrEnum):
    """The states of domain 2.4."""

    PRE_ALERT = "pre_alert"
    FORM_A_OPEN = "form_a_open"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    CONTAINMENT = "containment"
    INVESTIGATION = "investigation"
    ANALYSED = "analysed"
    DECIDED = "decided"
    FORM_B_DRAFT = "form_b_draft"
    ICO_SENT = "ico_sent"
    FOLLOW_UP = "follow_up"
    REVIEW = "review"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn_as_not_a_breach"


_S: Final = Status
# Containment, investigation and analysis run side by side (BREACH-3.7); the furthest of them shows. A No to the
# regulator may become a Yes and back until the report has gone.
TRANSITIONS: Final[Mapping[Status, frozenset[Status]]] = {
    _S.PRE_ALERT: frozenset({_S.FORM_A_OPEN, _S.ACKNOWLEDGED, _S.WITHDRAWN}),
    _S.FORM_A_OPEN: frozenset({_S.SUBMITTED, _S.ACKNOWLEDGED, _S.WITHDRAWN}),
    _S.SUBMITTED: frozenset({_S.ACKNOWLEDGED, _S.WITHDRAWN}),
    _S.ACKNOWLEDGED: frozenset({_S.CONTAINMENT, _S.INVESTIGATION, _S.ANALYSED, _S.WITHDRAWN}),
    _S.CONTAINMENT: frozenset({_S.INVESTIGATION, _S.ANALYSED, _S.WITHDRAWN}),
    _S.INVESTIGATION: frozenset({_S.ANALYSED, _S.WITHDRAWN}),
    _S.ANALYSED: frozenset({_S.DECIDED, _S.WITHDRAWN}),
    _S.DECIDED: frozenset({_S.FORM_B_DRAFT, _S.REVIEW, _S.WITHDRAWN}),
    _S.FORM_B_DRAFT: frozenset({_S.ICO_SENT, _S.DECIDED, _S.WITHDRAWN}),
    _S.ICO_SENT: frozenset({_S.FOLLOW_UP, _S.REVIEW, _S.WITHDRAWN}),
    _S.FOLLOW_UP: frozenset({_S.REVIEW, _S.WITHDRAWN}),
    _S.REVIEW: frozenset({_S.CLOSED, _S.DECIDED, _S.FORM_B_DRAFT, _S.WITHDRAWN}),
    _S.CLOSED: frozenset({_S.REOPENED}),
    _S.WITHDRAWN: frozenset({_S.REOPENED}),
    _S.REOPENED: frozenset({_S.CONTAINMENT, _S.INVESTIGATION, _S.ANALYSED, _S.FOLLOW_UP, _S.REVIEW, _S.WITHDRAWN}),
}


def status_of(breach: Breach) -> Status:  # noqa: C901, PLR0911, PLR0912  one line a state, the furthest first
    """Return where a case stands."""
    if breach.withdrawn:
        return Status.WITHDRAWN
    if breach.closed_at is not None:
        return Status.CLOSED
    decided = ico_says(breach)
    if is_reviewed(breach):
        return Status.REVIEW
    if is_since_reopening(breach, Happened.FOLLOWED_UP):
        return Status.FOLLOW_UP
    if breach.ico_sent_at is not None:
        return Status.ICO_SENT if is_since_reopening(breach, Happened.ICO_SENT) else Status.REOPENED
    if decided:
        return Status.FORM_B_DRAFT if is_since_reopening(breach, Happened.FORM_B_SAVED) else Status.DECIDED
    if decided is False:
        return Status.DECIDED
    if is_analysed(breach):
        return Status.ANALYSED
    if is_since_reopening(breach, Happened.NOTED):
        return Status.INVESTIGATION
    if is_since_reopening(breach, Happened.TASK_SET):
        return Status.CONTAINMENT
    if breach.reopened_at is not None:
        return Status.REOPENED
    if breach.acknowledged_at is not None:
        return Status.ACKNOWLEDGED
    if breach.form_a is not None:
        return Status.SUBMITTED
    return Status.FORM_A_OPEN if breach.form_a_opened else Status.PRE_ALERT


def is_analysed(breach: Breach) -> bool:
    """Whether all five criteria were weighed; once a case is reopened, they are weighed again (BREACH-3.13)."""
    return complete(breach.criteria) and is_since_reopening(breach, Happened.ANALYSED)


def ico_says(breach: Breach) -> bool | None:
    """Whether the regulator is to be told, as the DPO decided; None while it is open, or open again (BREACH-4.7)."""
    decision = breach.decisions.get(Matter.ICO)
    if decision is None or not is_since_reopening(breach, Happened.DECIDED, Matter.ICO):
        return True if breach.ico_sent_at is not None else None
    return decision.outcome == "yes"


def is_reviewed(breach: Breach) -> bool:
    """Whether what happened was looked back on after the decision that stands (BREACH-6.1)."""
    reviewed = breach.last.get(Happened.REVIEWED, 0)
    return breach.review is not None and reviewed > max(
        breach.last.get(_key(Happened.DECIDED, Matter.ICO), 0), breach.last.get(Happened.REOPENED, 0)
    )


def runs(breach: Breach) -> bool:
    """Whether the 72 hours still count: nothing stops them but the report or a reasoned No (domain 2.5)."""
    return breach.is_open and breach.ico_sent_at is None and ico_says(breach) is not False


def is_since_reopening(breach: Breach, kind: Happened, matter: Matter | None = None) -> bool:
    """Whether it happened, and after the case was last reopened where it was."""
    return breach.last.get(_key(kind, matter), 0) > breach.last.get(Happened.REOPENED, 0)


def _key(kind: Happened, matter: Matter | None) -> str:
    return str(kind) if matter is None else f"{kind}:{matter}"
