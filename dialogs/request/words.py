"""What statuses, steps and events of a request are called on cards, in news and in `status`."""

from collections.abc import Mapping
from typing import Final

from policy.request.kinds import Requester
from policy.request.letters import Letter
from policy.request.status import Status
from policy.request.steps import Step

STATUSES: Final[Mapping[Status, str]] = {
    Status.LOGGED: "taken in, waiting to be accepted",
    Status.AWAITING_REQUESTER: "waiting for whoever asked",
    Status.RUNNING: "being worked on",
    Status.EXTENDED: "being worked on, extended by two months",
    Status.RESPONSE_READY: "ready to be answered",
    Status.RESPONDED: "answered",
    Status.REFUSED: "refused, with reasons",
    Status.CLOSED: "closed",
    Status.WITHDRAWN: "withdrawn",
    Status.NOT_A_REQUEST: "not a request after all",
}
# What whoever took it is told, and no more than that.
NEWS: Final[Mapping[Status, str]] = {
    Status.RUNNING: "The DPO has read it and sees to it. There is nothing more for you to do but to delete nothing.",
    Status.RESPONDED: "It has been answered. Thank you for passing it on.",
    Status.REFUSED: "It has been answered. Thank you for passing it on.",
    Status.WITHDRAWN: "It is withdrawn. There is nothing more for you to do.",
    Status.NOT_A_REQUEST: "The DPO has looked: it needs no answer of this kind. Passing it on was right all the same.",
}
# What they read under `status`; whatever is not here is with the DPO.
HOW_FAR: Final[Mapping[str, str]] = {
    Status.LOGGED: "passed on to the DPO",
    Status.AWAITING_REQUESTER: "the DPO waits for whoever asked",
    Status.RUNNING: "the DPO is on it",
    Status.EXTENDED: "the DPO is on it",
    Status.RESPONSE_READY: "the DPO is on it",
    Status.RESPONDED: "answered",
    Status.REFUSED: "answered",
    Status.CLOSED: "closed",
    Status.WITHDRAWN: "withdrawn",
    Status.NOT_A_REQUEST: "looked at; it needs no answer of this kind",
}
# The steps that the request's card offers, in the order in which they are usually taken.
STEPS: Final[Mapping[Step, str]] = {
    Step.ACCEPT: "Accept it as a request",
    Step.NOT_A_REQUEST: "It is not a request",
    Step.CORRECT: "Put the details right",
    Step.CONFIRM_ROUTE: "Settle who gets the answer",
    Step.ASK_IDENTITY: "There is a doubt about who asks",
    Step.SEE_IDENTITY: "Proof of identity was seen",
    Step.ASK_AUTHORITY: "Ask for a signed authority",
    Step.RECEIVE_AUTHORITY: "A signed authority has come",
    Step.OVERRIDE_AUTHORITY: "Go on without an authority",
    Step.CLARIFY: "Ask what they mean",
    Step.ANSWER_CLARIFY: "They have said what they mean",
    Step.ASK_FEE: "Ask for a fee",
    Step.PAY_FEE: "The fee was paid",
    Step.EXTEND: "Take two months more",
    Step.SET_TASK: "Ask somebody to search",
    Step.FINISH_TASK: "A task is done",
    Step.CHASE_TASK: "Remind somebody of a task",
    Step.ESCALATE_TASK: "Pass a late task up",
    Step.SEND_NOTICE: "Ask somebody to delete nothing",
    Step.THIRD_PARTY: "Somebody else is in the data",
    Step.EXEMPT: "Withhold something",
    Step.EFFORT: "A copy would be out of proportion",
    Step.TICK: "Tick a line of the checklist",
    Step.DECIDE: "Decide",
    Step.CARRY_OUT: "Record that it was done",
    Step.INFORM_RECIPIENT: "Others who had the data",
    Step.ACKNOWLEDGE_COMPLAINT: "The complaint was acknowledged",
    Step.ANSWER_COMPLAINT: "The complaint was answered",
    Step.RESPOND: "The answer has gone",
    Step.REFUSE: "Refuse it",
    Step.ASSIGN: "Say who works on it",
    Step.NOTE: "Write a note",
    Step.INVOLVE: "Somebody here has a part in it",
    Step.NO_LONGER_INVOLVED: "Somebody has no part in it after all",
    Step.HOLD: "Let nothing be deleted",
    Step.RELEASE_HOLD: "Release the hold",
    Step.UNDO: "Take the last step back",
    Step.WITHDRAW: "It was withdrawn",
    Step.CLOSE: "Close it",
    Step.REOPEN: "Open it again",
}
LETTERS: Final[Mapping[Letter, str]] = {
    Letter.ACKNOWLEDGE: "Letter: we have your request",
    Letter.IDENTITY: "Letter: please show who you are",
    Letter.AUTHORITY: "Letter: we need a signed authority",
    Letter.FEE: "Letter: a fee",
    Letter.CLARIFY: "Letter: what do you mean?",
    Letter.EXTEND: "Letter: we need more time",
    Letter.REFUSE: "Letter: why we can't",
    Letter.RESPOND: "Letter: our answer",
    Letter.COMPLAINT_RECEIVED: "Letter: we have your complaint",
    Letter.COMPLAINT_OUTCOME: "Letter: what we found",
}
# The letter that usually goes with a step.
GOES_WITH: Final[Mapping[Step, Letter]] = {
    Step.ACCEPT: Letter.ACKNOWLEDGE,
    Step.ASK_IDENTITY: Letter.IDENTITY,
    Step.ASK_AUTHORITY: Letter.AUTHORITY,
    Step.ASK_FEE: Letter.FEE,
    Step.CLARIFY: Letter.CLARIFY,
    Step.EXTEND: Letter.EXTEND,
    Step.REFUSE: Letter.REFUSE,
    Step.RESPOND: Letter.RESPOND,
    Step.ACKNOWLEDGE_COMPLAINT: Letter.COMPLAINT_RECEIVED,
    Step.ANSWER_COMPLAINT: Letter.COMPLAINT_OUTCOME,
}
# Who asks, for whoever may see no more than that (domain 9).
KINDS_OF_PEOPLE: Final[Mapping[str, str]] = {
    Requester.PARENT: "a parent",
    Requester.STAFF: "a member of staff",
    Requester.PUPIL: "a pupil",
}
SOMEBODY_ELSE: Final = "somebody else"
