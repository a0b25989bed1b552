"""Everything that anybody can do in a case, and whose it is to do (domain 8): checked at every action.

Whoever reported, is the subject or is accused has nothing but their own report; the next in line takes their seat.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from policy.breach.case import Breach
from policy.breach.events import Matter
from policy.breach.seats import Seat
from policy.roles import Role


class Step(StrEnum):
    """One thing to do; the event of the same name records it, and what is only looked at leaves none."""

    SEE_OWN = "see_own"
    SAY = "said"
    NOTICE = "noticed"
    OPEN_FORM_A = "form_a_opened"
    LEAVE_FORM_A = "form_a_left"
    SIGN_FORM_A = "form_a_signed"
    MOVE = "workplace"
    ANSWER = "answered"
    SEE = "see"
    EXPORT = "export"
    ACKNOWLEDGE = "acknowledged"
    CORRECT_T0 = "aware_corrected"
    ASK = "asked"
    SET_TASK = "task_set"
    FINISH_TASK = "task_done"
    NOTE = "noted"
    ANALYSE = "analysed"
    DECIDE_ICO = "decide_ico"
    DECIDE_SUBJECTS = "decide_subjects"
    DECIDE_POLICE = "decide_police"
    DECIDE_OTHERS = "decide_others"
    DECIDE_OVERSEAS = "decide_overseas"
    DECIDE_PRESS = "decide_press"
    DECIDE_DSL = "decide_dsl"
    WRITE_LETTER = "letter_written"
    TELL_SUBJECTS = "subjects_told"
    TELL_OTHERS = "others_told"
    SAVE_FORM_B = "form_b_saved"
    SEND_ICO = "ico_sent"
    FOLLOW_UP = "followed_up"
    INVOLVE = "involved"
    NO_LONGER_INVOLVED = "no_longer_involved"
    BREACH_AFTER_ALL = "breach_after_all"
    CHILD_AT_RISK = "child_at_risk"
    REVIEW = "reviewed"
    WITHDRAW = "withdrawn"
    CLOSE = "closed"
    REOPEN = "reopened"


class Part(StrEnum):
    """What somebody is in a case."""

    REPORTER = "reporter"
    OWNER = "owner"  # of a containment task
    DPO = "dpo"
    LEADER = "leader"
    DSL = "dsl"


DECIDES: Final[Mapping[Step, Matter]] = {
    Step.DECIDE_ICO: Matter.ICO,
    Step.DECIDE_SUBJECTS: Matter.SUBJECTS,
    Step.DECIDE_POLICE: Matter.POLICE,
    Step.DECIDE_OTHERS: Matter.OTHERS,
    Step.DECIDE_OVERSEAS: Matter.OVERSEAS,
    Step.DECIDE_PRESS: Matter.PRESS,
    Step.DECIDE_DSL: Matter.DSL,
}
_LEADERS: Final = frozenset({Role.HEADTEACHER, Role.ACADEMY_LEADER})
_REPORTER: Final = frozenset({Part.REPORTER})
_DPO: Final = frozenset({Part.DPO})
_BOTH: Final = frozenset({Part.DPO, Part.LEADER})

# Domain 8, column "Breach", with who decides what in domain 2.6. Whatever is not here is the DPO's alone.
WHOSE: Final[Mapping[Step, frozenset[Part]]] = dict.fromkeys(Step, _DPO) | {
    Step.SEE_OWN: _REPORTER,
    Step.SAY: _REPORTER,
    Step.NOTICE: _REPORTER,
    Step.OPEN_FORM_A: _REPORTER,
    Step.LEAVE_FORM_A: _REPORTER,
    Step.SIGN_FORM_A: _REPORTER,
    Step.ANSWER: _REPORTER,
    Step.MOVE: _REPORTER | _DPO,
    Step.SEE: _BOTH | {Part.DSL},
    Step.ACKNOWLEDGE: _BOTH,
    Step.ASK: _BOTH,
    Step.SET_TASK: _BOTH,  # BREACH-3.7
    Step.FINISH_TASK: _BOTH | {Part.OWNER},
    Step.NOTE: _BOTH,  # BREACH-3.9
    Step.DECIDE_POLICE: _BOTH,  # BREACH-4.2
    Step.DECIDE_OTHERS: _BOTH,  # BREACH-3.4
    Step.DECIDE_DSL: _BOTH,  # C13
    Step.TELL_OTHERS: _BOTH,  # BREACH-4.1
    Step.REVIEW: _BOTH,  # BREACH-6.1
    Step.CHILD_AT_RISK: _BOTH | _REPORTER | {Part.DSL},
    Step.BREACH_AFTER_ALL: _BOTH | _REPORTER,
    # The reporter knows whom it is about. The head may not: naming the DPO would hand the head the DPO's seat.
    Step.INVOLVE: _DPO | _REPORTER,
}


def parts_of(
    breach: Breach, *, by: int, roles: frozenset[Role], standing_in: frozenset[Seat] = frozenset()
) -> frozenset[Part]:
    """Return what a person is in a case.

    `roles` are theirs at the school of the case; `standing_in` the seats that they fill in somebody's place.
    """
    reporter = frozenset({Part.REPORTER}) if by == breach.reporter else frozenset[Part]()
    if by in breach.involved:
        return reporter
    owner = {Part.OWNER} if any(task.owner == by for task in breach.tasks) else set()
    if reporter:
        return reporter | owner
    seats = {
        Part.DPO: Role.DPO in roles or Seat.DPO in standing_in,
        Part.LEADER: bool(roles & _LEADERS) or Seat.LEADER in standing_in,
        Part.DSL: breach.child_at_risk
        and (not roles.isdisjoint({Role.DSL, Role.DEPUTY_DSL}) or Seat.DSL in standing_in),
    }
    return frozenset({part for part, sits in seats.items() if sits} | owner)


def not_theirs(step: Step, parts: frozenset[Part]) -> str | None:
    """Say whose a step is, where it is not theirs who would take it. Never says why somebody has no seat."""
    whose = WHOSE[step]
    if parts & whose:
        return None
    if Part.REPORTER in parts:
        return "You reported this, so somebody else looks after it. Type status to see how it stands."
    if not parts:
        return "This case isn't open to you."
    if whose == _REPORTER:
        return "Only whoever reported it can do that."
    return "That is for the DPO." if Part.LEADER not in whose else "That is for the DPO and the headteacher."
