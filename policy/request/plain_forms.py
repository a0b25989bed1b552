"""The forms that are the same for every request: what is asked, in which words."""

from collections.abc import Mapping
from typing import Final

from policy.forms import Choice, Field, Form, Kind
from policy.request.exemptions import FEE_LABELS, OFFER_LABELS, WHY_LABELS
from policy.request.form_parts import SENT_BY, SHORT, day, of, one, pick, reason, words
from policy.request.kept import DOCUMENT_LABELS
from policy.request.kinds import KIND_LABELS
from policy.request.steps import Step

_OUTCOMES: Final = (
    Choice("upheld", "They are right"),
    Choice("partly", "They are right in part"),
    Choice("not_upheld", "We see it differently"),
)
_TOLD: Final = (
    Choice("told", "They were told"),
    Choice("not_feasible", "They could not be told"),
    Choice("none", "Nobody else had it"),
)
_PUT_OFF: Final = (Choice("1", "Until tomorrow"), Choice("3", "For three days"), Choice("7", "For a week"))

FORMS: Final[Mapping[Step, Form]] = {
    Step.SAY: one(Step.SAY, "Add something", words("text", "What else should the DPO know?"), send="Send"),
    Step.NOTE: one(Step.NOTE, "Note", words("text", "Note")),
    Step.CORRECT: one(
        Step.CORRECT,
        "Put the details right",
        pick("kind", "What they ask for", of(KIND_LABELS)),
        day("When it came", "received_on"),
        Field("about", "About whom", Kind.TEXT, most=SHORT),
        Field("born", "Date of birth, if it is a child", Kind.DATE, required=False, past=True),
        reason("The old details and dates are kept."),
    ),
    Step.NOT_A_REQUEST: one(Step.NOT_A_REQUEST, "Not a request", reason()),
    Step.ASK_IDENTITY: one(
        Step.ASK_IDENTITY,
        "Ask who they are",
        words("doubt", "Why is there a doubt?", hint="Without one the month doesn't wait.", clause="SAR-2.2"),
        day("When you asked"),
    ),
    Step.SEE_IDENTITY: one(
        Step.SEE_IDENTITY,
        "Proof of identity",
        Field("documents", "At least two that you saw", Kind.SEVERAL, "SAR-2.2", choices=of(DOCUMENT_LABELS)),
        Field("other", "If something else: what", Kind.TEXT, required=False, most=SHORT),
        day("When the last of them came"),
    ),
    Step.ASK_AUTHORITY: one(Step.ASK_AUTHORITY, "Ask for a signed authority", day("When you asked")),
    Step.RECEIVE_AUTHORITY: one(
        Step.RECEIVE_AUTHORITY,
        "A signed authority has come",
        words("covers", "Which data does it name?", clause="SAR-6.1"),
        day("When it came"),
    ),
    Step.OVERRIDE_AUTHORITY: one(
        Step.OVERRIDE_AUTHORITY,
        "Go on without an authority",
        reason("The month then runs as though none had been asked for."),
    ),
    Step.ASK_FEE: one(
        Step.ASK_FEE,
        "Ask for a fee",
        pick("ground", "On which ground", of(FEE_LABELS), "SAR-3.2"),
        Field("amount", "How many pounds", Kind.NUMBER, "SAR-3.3", least=1, greatest=1000),
        words("reason", "Why, for the letter", clause="SAR-3.2"),
        day("When you asked"),
    ),
    Step.PAY_FEE: one(Step.PAY_FEE, "The fee was paid", day("When")),
    Step.CLARIFY: one(
        Step.CLARIFY,
        "Ask what they mean",
        words("text", "What you asked", hint="Only where you need it to find the data. The clock stands still."),
        day("When you asked"),
    ),
    Step.EXTEND: one(
        Step.EXTEND,
        "Take two months more",
        pick("ground", "On which ground", of(WHY_LABELS), "SAR-4.3"),
        words("reason", "The reasons, as you told them", clause="SAR-4.4"),
        day("When you told them", "notice_sent_on"),
        words("override", "If the day for telling them is over: why all the same?", required=False, clause="SAR-4.4"),
    ),
    Step.UNDO: one(
        Step.UNDO, "Take it back", reason("What you take back stays in the history; the dates are worked out anew.")
    ),
    Step.EFFORT: one(
        Step.EFFORT,
        "A copy would be out of proportion",
        pick("offer", "Offer", of(OFFER_LABELS), "SAR-7.4"),
        reason(),
    ),
    Step.HOLD: one(Step.HOLD, "Let nothing be deleted", reason()),
    Step.RELEASE_HOLD: one(Step.RELEASE_HOLD, "Release the hold", reason("Deletion runs again from then on.")),
    Step.CARRY_OUT: one(Step.CARRY_OUT, "It is done", words("what", "What was done"), day()),
    Step.INFORM_RECIPIENT: one(
        Step.INFORM_RECIPIENT,
        "Others who had the data",
        pick("outcome", "What happened", _TOLD, "DP-12.16"),
        Field(
            "name", "Who", Kind.TEXT, required=False, most=SHORT, asked_if=lambda known: known.get("outcome") != "none"
        ),
        Field("on", "When", Kind.DATE, past=True, asked_if=lambda known: known.get("outcome") == "told"),
        Field("reason", "Why not", Kind.LONG, asked_if=lambda known: known.get("outcome") == "not_feasible"),
    ),
    Step.ACKNOWLEDGE_COMPLAINT: one(
        Step.ACKNOWLEDGE_COMPLAINT, "The complaint was acknowledged", day(), pick("how", "How", SENT_BY)
    ),
    Step.ANSWER_COMPLAINT: one(
        Step.ANSWER_COMPLAINT,
        "The complaint was answered",
        pick("outcome", "What was found", _OUTCOMES),
        words("reason", "In a few words", hint="What was looked at, what was found, what will change."),
        day("When it went"),
        pick("how", "How", SENT_BY),
    ),
    Step.WITHDRAW: one(Step.WITHDRAW, "Withdrawn", reason("Who said so, and when. The case is kept.")),
    Step.REOPEN: one(Step.REOPEN, "Open it again", reason("The dates go on from the first day."), send="Reopen"),
    Step.SNOOZE: one(Step.SNOOZE, "Remind me later", pick("days", "When", _PUT_OFF), send="Put off"),
}
