"""What statuses, steps and matters are called on cards and in registers."""

from collections.abc import Mapping
from typing import Final

from policy.breach.decisions import Outcome
from policy.breach.events import Matter
from policy.breach.status import Status
from policy.breach.steps import Step

STATUSES: Final[Mapping[Status, str]] = {
    Status.PRE_ALERT: "just told, Form A not begun",
    Status.FORM_A_OPEN: "Form A being filled in",
    Status.SUBMITTED: "Form A sent, waiting to be acknowledged",
    Status.ACKNOWLEDGED: "acknowledged",
    Status.CONTAINMENT: "being contained",
    Status.INVESTIGATION: "being investigated",
    Status.ANALYSED: "analysed, waiting for the decision",
    Status.DECIDED: "decided",
    Status.FORM_B_DRAFT: "Form B being written",
    Status.ICO_SENT: "reported to the ICO",
    Status.FOLLOW_UP: "reported to the ICO, more to follow",
    Status.REVIEW: "reviewed",
    Status.CLOSED: "closed",
    Status.REOPENED: "reopened",
    Status.WITHDRAWN: "not a breach",
}
# What the reporter is told of each, and no more than that.
NEWS: Final[Mapping[Status, str]] = {
    Status.ACKNOWLEDGED: "The DPO's side has read what you told me and is on it.",
    Status.CONTAINMENT: "It is being contained.",
    Status.INVESTIGATION: "It is being looked into.",
    Status.DECIDED: "The school has decided what follows from it. There is nothing you need to do.",
    Status.CLOSED: "It is closed. Thank you again for telling me.",
    Status.REOPENED: "It is being looked at again. Somebody may come back to you.",
    Status.WITHDRAWN: "The DPO has looked: it was not a breach. Thank you for telling me all the same.",
}
# What the reporter reads under `status`; whatever is not here is with the DPO.
HOW_FAR: Final[Mapping[str, str]] = {
    Status.PRE_ALERT: "the DPO knows; a few answers of yours are missing",
    Status.FORM_A_OPEN: "the DPO knows; a few answers of yours are missing",
    Status.SUBMITTED: "sent, waiting to be read",
    Status.DECIDED: "decided",
    Status.CLOSED: "closed",
    Status.WITHDRAWN: "looked at; it was not a breach",
}
UNFINISHED: Final = frozenset({Status.PRE_ALERT, Status.FORM_A_OPEN})
# The steps that the case's card offers, in the order in which they are usually taken.
STEPS: Final[Mapping[Step, str]] = {
    Step.ASK: "Ask the reporter something",
    Step.SET_TASK: "Give somebody a containment task",
    Step.NOTE: "Note a finding",
    Step.ANALYSE: "Weigh the five criteria",
    Step.DECIDE_ICO: "Decide: tell the ICO?",
    Step.DECIDE_SUBJECTS: "Decide: tell the people affected?",
    Step.SAVE_FORM_B: "Write Form B",
    Step.SEND_ICO: "Record that the ICO report was sent",
    Step.FOLLOW_UP: "Record a follow-up to the ICO",
    Step.WRITE_LETTER: "Write the letter to the people affected",
    Step.TELL_SUBJECTS: "Record that they were told",
    Step.DECIDE_POLICE: "Decide: tell the police?",
    Step.DECIDE_OTHERS: "Decide: tell another organisation?",
    Step.TELL_OTHERS: "Record that an organisation was told",
    Step.DECIDE_OVERSEAS: "Decide: tell an authority overseas?",
    Step.DECIDE_PRESS: "Decide: speak to the press?",
    Step.DECIDE_DSL: "Decide: bring in the safeguarding lead?",
    Step.CHILD_AT_RISK: "Tell the safeguarding lead now",
    Step.CORRECT_T0: "Correct when it was first known",
    Step.INVOLVE: "Somebody here is affected or concerned",
    Step.NO_LONGER_INVOLVED: "Somebody has no part in it after all",
    Step.BREACH_AFTER_ALL: "It is more than a near miss",
    Step.REVIEW: "Write the review",
    Step.CLOSE: "Close the case",
    Step.WITHDRAW: "It was not a breach",
    Step.REOPEN: "Reopen the case",
}
MATTERS: Final[Mapping[Matter, str]] = {
    Matter.ICO: "Tell the ICO",
    Matter.SUBJECTS: "Tell the people affected",
    Matter.POLICE: "Tell the police",
    Matter.OTHERS: "Tell another organisation",
    Matter.OVERSEAS: "Tell an authority overseas",
    Matter.PRESS: "Speak to the press",
    Matter.DSL: "Bring in the safeguarding lead",
}
OUTCOMES: Final[Mapping[str, str]] = {
    Outcome.YES: "Yes",
    Outcome.NO: "No",
    Outcome.PUBLIC_NOTICE: "No, a public notice instead",
}
