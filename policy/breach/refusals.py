"""Whether a step may be taken now: whose it is, what must have happened first, and what must be said with it.

Every refusal is a sentence that tells what to do instead. A late, double or forged press ends here too.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from policy.breach.case import Breach
from policy.breach.contents import wanting
from policy.breach.events import Matter
from policy.breach.form_b import outstanding
from policy.breach.letter import missing_parts, must_be_told
from policy.breach.seats import Seat
from policy.breach.status import ico_says, is_analysed, is_reviewed
from policy.breach.steps import DECIDES, Part, Step, not_theirs, parts_of
from policy.roles import Role

# The reporter's own words are taken whatever became of the case, and so is a look at it.
_ALWAYS: Final = frozenset(
    {
        *(Step.SEE_OWN, Step.SAY, Step.ANSWER, Step.OPEN_FORM_A, Step.LEAVE_FORM_A, Step.SIGN_FORM_A),
        *(Step.SEE, Step.EXPORT, Step.REOPEN, Step.CHILD_AT_RISK),
    }
)
_BEFORE_ACKNOWLEDGED: Final = _ALWAYS | {
    *(Step.NOTICE, Step.MOVE, Step.ACKNOWLEDGE, Step.CORRECT_T0, Step.FINISH_TASK, Step.WITHDRAW),
    *(Step.INVOLVE, Step.NO_LONGER_INVOLVED, Step.BREACH_AFTER_ALL),
}


def refusal(
    breach: Breach,
    step: Step,
    *,
    by: int,
    roles: frozenset[Role],
    now: datetime,
    standing_in: frozenset[Seat] = frozenset(),
    data: Mapping[str, Any] | None = None,
) -> str | None:
    """Say why a person may not take a step now; None where they may.

    `data` is that of the event to be added; without it only whose the step is and what comes first are looked at, to
    know whether to offer it. `roles` are the person's at the school of the case.
    """
    parts = parts_of(breach, by=by, roles=roles, standing_in=standing_in)
    return (
        not_theirs(step, parts)
        or _too_late(breach, step)
        or _too_early(breach, step, parts)
        or _decided_by_another(breach, step, by=by, roles=roles)
        or (None if data is None else wanting(breach, step, data, by=by, parts=parts, now=now))
    )


def _too_late(breach: Breach, step: Step) -> str | None:
    if breach.is_open or step in _ALWAYS:
        return None
    ended = "withdrawn" if breach.withdrawn else "closed"
    return f"This case is {ended}. Reopen it first."


def _too_early(breach: Breach, step: Step, parts: frozenset[Part]) -> str | None:
    if breach.acknowledged_at is None and step not in _BEFORE_ACKNOWLEDGED:
        return "Please acknowledge the case first, so that everybody sees that somebody has it."
    if step in DECIDES and step is not Step.DECIDE_DSL and not is_analysed(breach):  # a child's safety never waits
        return "Please weigh all five criteria first."  # BREACH-3.13
    first = _FIRST.get(step)
    return _acknowledged(breach, parts) if step is Step.ACKNOWLEDGE else first(breach) if first else None


def _decided_by_another(breach: Breach, step: Step, *, by: int, roles: frozenset[Role]) -> str | None:
    """Nobody but a DPO changes what somebody else decided: the DPO is independent (domain 8)."""
    earlier = breach.decisions.get(DECIDES[step]) if step in DECIDES else None
    if earlier is None or Role.DPO in roles or earlier.by in {by, *breach.concerned}:
        return None
    return "That was decided already. Only the DPO can change it."


def _acknowledged(breach: Breach, parts: frozenset[Part]) -> str | None:
    known = breach.dpo_acknowledged if Part.DPO in parts else breach.acknowledged_at is not None
    return "It was acknowledged already." if known else None


def _form_a_opened(breach: Breach) -> str | None:
    return _form_a_unsigned(breach) or (None if breach.form_a_opened else "Please open the form first.")


def _form_a_unsigned(breach: Breach) -> str | None:
    return None if breach.form_a is None else "Form A was sent already. Whatever you add now is kept with it."


def _movable(breach: Breach) -> str | None:
    return None if breach.form_a is None else "Form A was sent already, so the case stays at that school."


def _asked(breach: Breach) -> str | None:
    return None if any(message.asked for message in breach.thread) else "Nothing was asked yet."


def _ico_open(breach: Breach) -> str | None:
    if breach.ico_sent_at is None:
        return None
    return "The report has gone to the regulator. Please send a follow-up instead."


def _subjects_to_be_told(breach: Breach) -> str | None:
    if must_be_told(breach) is None:
        return "Please decide first whether the people affected are told."
    decision = breach.decisions[Matter.SUBJECTS]
    if decision.outcome == "no":
        return "It was decided that they need not be told. Please change the decision first."
    if must_be_told(breach) and missing_parts(breach.letter):
        return "The letter still lacks a part; all four must be in it."  # BREACH-4.11
    return None


def _to_be_reported(breach: Breach) -> str | None:
    if ico_says(breach):
        return None
    return "Form B comes after the decision to tell the regulator."


def _sendable(breach: Breach) -> str | None:
    if breach.ico_sent_at is not None:
        return "It is recorded as sent already. Please send a follow-up instead."
    if not ico_says(breach):
        return _to_be_reported(breach)
    return None if any(version.final for version in breach.form_b) else "Please finish Form B first."


def _was_sent(breach: Breach) -> str | None:
    return None if breach.ico_sent_at is not None else "A follow-up comes after the report."


def _reviewable(breach: Breach) -> str | None:
    if ico_says(breach) is None:
        return "The review comes after the decision on the regulator."
    if ico_says(breach) and breach.ico_sent_at is None:
        return "The review comes after the report to the regulator."
    return None


def _closable(breach: Breach) -> str | None:
    says, subjects = ico_says(breach), breach.decisions.get(Matter.SUBJECTS)
    sent = breach.ico_sent_at is not None
    owed = sent and breach.form_b and outstanding(breach.form_b[-1].answers)
    left = {
        "A case can't be closed without Form A.": breach.form_a is None,  # BREACH-3.14
        "Please decide on the regulator first.": says is None,
        "The report to the regulator hasn't been sent yet.": says and not sent,
        "Please decide first whether the people affected are told.": subjects is None,
        "The people affected haven't been told yet.": subjects is not None
        and subjects.outcome == "yes"
        and breach.subjects_told_at is None,
        "Another organisation is still to be told.": breach.owed,  # BREACH-3.4
        "The regulator is still to be told something that wasn't known yet.": owed,  # BREACH-5.4
        "Please review it first: what will be done differently?": not is_reviewed(breach),  # BREACH-6.1
    }
    return next((sentence for sentence, is_left in left.items() if is_left), None)


def _ended(breach: Breach) -> str | None:
    return "This case is open already." if breach.is_open else None


def _near_miss(breach: Breach) -> str | None:
    return None if breach.near_miss else "This is treated as a breach already."


def _some_involved(breach: Breach) -> str | None:
    return None if breach.involved else "Nobody is recorded as having a part in it."


def _not_yet_at_risk(breach: Breach) -> str | None:
    return "The safeguarding lead was told already." if breach.child_at_risk else None


_FIRST: Final[Mapping[Step, Callable[[Breach], str | None]]] = {
    Step.OPEN_FORM_A: _form_a_unsigned,
    Step.LEAVE_FORM_A: _form_a_opened,
    Step.SIGN_FORM_A: _form_a_opened,
    Step.MOVE: _movable,
    Step.ANSWER: _asked,
    Step.DECIDE_ICO: _ico_open,
    Step.TELL_SUBJECTS: _subjects_to_be_told,
    Step.SAVE_FORM_B: _to_be_reported,
    Step.SEND_ICO: _sendable,
    Step.FOLLOW_UP: _was_sent,
    Step.REVIEW: _reviewable,
    Step.CLOSE: _closable,
    Step.REOPEN: _ended,
    Step.BREACH_AFTER_ALL: _near_miss,
    Step.NO_LONGER_INVOLVED: _some_involved,
    Step.CHILD_AT_RISK: _not_yet_at_risk,
}
