"""What is asked for each step of a request, and the data of the event that the answers make.

The first choice of every list is the careful one. Days are typed by people, and default to today where the form is
opened (`policy.request.intake.today_in`).
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from policy.forms import Answers, Choice, Field, Form, Kind, Page
from policy.request.authority import ROUTE_LABELS, Route, proposal
from policy.request.case import Request
from policy.request.checklist import LABELS as CHECKS
from policy.request.checklist import left
from policy.request.exemptions import (
    EXEMPTION_LABELS,
    FEE_LABELS,
    GROUND_LABELS,
    OFFER_LABELS,
    TO_LABELS,
    WHY_LABELS,
    Ground,
    needs_safeguarding,
)
from policy.request.kept import DOCUMENT_LABELS
from policy.request.kinds import ACCESSES, KIND_LABELS
from policy.request.rights_forms import decision_data, decision_form
from policy.request.search import TASK_LABELS
from policy.request.steps import Step
from policy.request.third_parties import RUNG_LABELS, Rung, next_rungs

_NEW: Final = "new"
_SHORT: Final = 200
_KEPT: Final = "It is kept with the case."
_YES_NO: Final = (Choice("yes", "Yes"), Choice("no", "No"))
_NO_YES: Final = _YES_NO[::-1]
_ABLE: Final = (Choice("unsaid", "I go by their age"), Choice("yes", "Yes"), Choice("no", "No, not yet"))
_SENT_BY: Final = (
    Choice("secure", "Secure e-mail or a protected link"),
    Choice("tracked", "Tracked post"),
    Choice("hand", "By hand"),
    Choice("other", "Another way"),
)
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
_PARTS: Final = (
    Choice("requester", "They ask"),
    Choice("subject", "It is about their data"),
    Choice("accused", "It is about what they did"),
)
_PUT_OFF: Final = (Choice("1", "Until tomorrow"), Choice("3", "For three days"), Choice("7", "For a week"))


def form_of(  # noqa: C901, PLR0911  one line a step
    step: Step, request: Request, *, people: Sequence[Choice] = ()
) -> Form | None:
    """Return what is asked for a step in a case as it stands; None where nothing is, or nothing can be chosen.

    `people` are the staff that a task or a part in the case can go to (values: their ids).
    """
    match step:
        case Step.DECIDE:
            return decision_form(request.kind)
        case Step.CONFIRM_ROUTE:
            return _route(request)
        case Step.THIRD_PARTY:
            return _third_party(request)
        case Step.TICK:
            lines = tuple(Choice(check.value, CHECKS[check]) for check in left(request))
            note = _words("note", "Note", hint="Such as “doesn't apply here”.", required=False)
            return _one(step, "Tick a line", _pick("check", "Which", lines, "SAR-8.1.6"), note) if lines else None
        case Step.ANSWER_CLARIFY:
            return _answer_clarify(request)
        case Step.EXEMPT:
            return _exemption(request)
        case Step.REFUSE:
            return _refuse(request)
        case Step.RESPOND:
            return _respond(request)
        case Step.FINISH_TASK | Step.CHASE_TASK | Step.ESCALATE_TASK:
            return _of_tasks(step, request)
        case Step.SET_TASK | Step.INVOLVE | Step.NO_LONGER_INVOLVED | Step.SEND_NOTICE | Step.ASSIGN:
            return _with_people(step, tuple(people)) if people else None
        case _:
            return _FORMS.get(step)


def data_of(  # noqa: C901, PLR0911  one line a step
    step: Step, request: Request, answers: Answers
) -> dict[str, Any]:
    """Return the data of a step's event for what was filled in. Raises KeyError where a required answer is missing."""
    plain = dict(answers)
    match step:
        case Step.DECIDE:
            return decision_data(request.kind, answers)
        case Step.CONFIRM_ROUTE:
            able = {"unsaid": ""}.get(str(plain.get("able", "")), plain.get("able", ""))
            worries = {name: plain.get(name) == "yes" for name in ("doubt", "conflict")}
            return {"route": plain["route"], "able": able, **worries, "reason": plain.get("reason", "")}
        case Step.THIRD_PARTY:
            which = str(plain.get("item", _NEW))
            item = request.next_item() if which == _NEW else int(which)
            return {**plain, "item": item, "who": plain.get("who", ""), "reason": plain.get("reason", "")}
        case Step.EXEMPT:
            return {**plain, "dsl": plain.get("dsl") == "yes"}
        case Step.ANSWER_CLARIFY:
            return {**plain, "question": int(str(plain["question"])), "text": plain.get("text", "")}
        case Step.SET_TASK:
            return {**plain, "task": request.next_task(), "owner": int(str(plain["owner"]))}
        case Step.FINISH_TASK | Step.CHASE_TASK | Step.ESCALATE_TASK:
            return {**plain, "task": int(str(plain["task"]))}
        case Step.INVOLVE | Step.NO_LONGER_INVOLVED | Step.SEND_NOTICE | Step.ASSIGN:
            return {**plain, "person": int(str(plain["person"]))}
        case Step.REFUSE:
            return {**plain, "routes": list(answers["routes"]) if isinstance(answers["routes"], list) else []}
        case Step.INFORM_RECIPIENT:
            return {"name": "", "on": "", "reason": "", **plain}
        case _:
            return plain


def put_off(days: int) -> timedelta:
    """Return for how long a reminder is put off."""
    return timedelta(days=days)


def _pick(name: str, label: str, choices: Sequence[Choice], clause: str = "") -> Field:
    return Field(name, label, Kind.CHOICE, clause, choices=tuple(choices))


def _of(labels: Any) -> tuple[Choice, ...]:  # noqa: ANN401  any of the tables of labels
    return tuple(Choice(str(value), title) for value, title in labels.items())


def _words(name: str, label: str, *, hint: str = "", required: bool = True, clause: str = "") -> Field:
    return Field(name, label, Kind.LONG, clause, hint=hint, required=required)


def _reason(hint: str = _KEPT) -> Field:
    return _words("reason", "Why", hint=hint)


def _day(label: str = "When", name: str = "on") -> Field:
    return Field(name, label, Kind.DATE, past=True)


def _one(step: Step | str, title: str, *fields: Field, send: str = "Save") -> Form:
    return Form(f"request-{step}", title, (Page(title, fields),), send=send, review=False)


def _route(request: Request) -> Form:
    proposed = proposal(request)
    first = Choice(proposed.route.value, f"{ROUTE_LABELS[proposed.route]} (proposed)")
    routes = (first, *(Choice(route.value, ROUTE_LABELS[route]) for route in Route if route is not proposed.route))
    return _one(
        Step.CONFIRM_ROUTE,
        "Who gets the answer",
        _pick("route", "The answer goes to", routes, "SAR-6.7"),
        _pick("able", "Does the child understand their rights?", _ABLE, "SAR-6.6"),
        _pick("doubt", "A worry about whoever acts for them?", _NO_YES, "SAR-6.3"),
        _pick("conflict", "Do those who speak for the child disagree?", _NO_YES, "SAR-6.7"),
        _words("reason", "Why", hint="Needed where you differ, or say what a child understands.", required=False),
    )


def _third_party(request: Request) -> Form:
    items = tuple(Choice(str(one.item), f"No. {one.item}") for one in request.third_parties)
    reachable = frozenset[Rung]().union(next_rungs(None), *(next_rungs(one) for one in request.third_parties))
    rungs = tuple(Choice(rung.value, RUNG_LABELS[rung]) for rung in Rung if rung in reachable)
    return _one(
        Step.THIRD_PARTY,
        "Somebody else in the data",
        _pick("item", "Whom is it about?", (Choice(_NEW, "Somebody new"), *items), "SAR-7.2"),
        Field("who", "If new: who, in a word", Kind.TEXT, required=False, hint="Such as “a neighbour”.", most=_SHORT),
        _pick("move", "What now?", rungs, "SAR-7.2"),
        _day(),
        _words("reason", "Why", hint="Needed for weighing, and where asking or blacking out won't do.", required=False),
    )


def _answer_clarify(request: Request) -> Form | None:
    still = [one for one in request.questions if one.answered_on is None]
    if not still:
        return None
    choices = tuple(Choice(str(one.place), f"Asked on {one.asked_on.isoformat()}") for one in still)
    question = _pick("question", "Which question", choices)
    return _one(Step.ANSWER_CLARIFY, "They have answered", question, _day("When it came"), _words("text", "The answer"))


def _exemption(request: Request) -> Form:
    asked = Field(
        "dsl",
        "Was the safeguarding lead asked?",
        Kind.CHOICE,
        "SAR-7.5",
        choices=_NO_YES,
        asked_if=lambda answers: needs_safeguarding(request, str(answers.get("exemption", ""))),
    )
    which = _pick("exemption", "Exemption", _of(EXEMPTION_LABELS), "SAR-7.1")
    return _one(Step.EXEMPT, "Withhold something", which, _words("what", "What is withheld"), _reason(), asked)


def _refuse(request: Request) -> Form:
    fits = {
        Ground.IDENTITY: request.identity is not None and request.identity.seen_on is None,
        Ground.AUTHORITY: request.authority is not None and request.authority.is_waited_for,
        Ground.DECIDED: request.decision is not None and request.decision.outcome == "no",
        Ground.EXEMPT: request.kind in ACCESSES,
    }
    grounds = [Choice(ground.value, title) for ground, title in GROUND_LABELS.items() if fits.get(ground, True)]
    return _one(
        Step.REFUSE,
        "Refuse it",
        _pick("ground", "On which ground", sorted(grounds, key=lambda one: not fits.get(Ground(one.value))), "SAR-3.2"),
        _words("reasons", "The reasons, for the letter", clause="SAR-3.2"),
        Field("routes", "The letter says where to complain", Kind.SEVERAL, "DP-12.10", choices=_of(TO_LABELS)),
        _day("When it went", "sent_on"),
        _pick("how", "How", _SENT_BY),
    )


def _respond(request: Request) -> Form:
    page = Page(
        "What went out",
        (
            _words("explanation", "What kinds of data, in a few words", clause="SAR-8.1.6"),
            _words("withheld", "What was withheld, and why", required=bool(request.exemptions), clause="SAR-7.3"),
        ),
    )
    sent = (
        _day("When it went", "sent_on"),
        _pick("how", "How", _SENT_BY),
        Field("proof", "What shows it", Kind.TEXT, most=_SHORT, hint="Such as a tracking number or the sent e-mail."),
    )
    return Form(f"request-{Step.RESPOND}", "The answer has gone", (page, Page("How it went", sent)), send="Save")


def _of_tasks(step: Step, request: Request) -> Form | None:
    still = tuple(Choice(str(task.number), f"Task no. {task.number}") for task in request.tasks if task.done_at is None)
    if not still:
        return None
    which = _pick("task", "Which task", still)
    if step is not Step.FINISH_TASK:
        return _one(step, "Remind somebody" if step is Step.CHASE_TASK else "Pass it up", which)
    found = _pick("found", "Was anything found?", _YES_NO, "SAR-8.1.2")
    return _one(step, "A task is done", which, found, _words("note", "Where did you look?", required=False))


def _with_people(step: Step, people: tuple[Choice, ...]) -> Form:
    if step is Step.SET_TASK:
        return _one(
            step,
            "Ask somebody to search",
            _pick("kind", "What to do", _of(TASK_LABELS), "SAR-8.1.2"),
            _words("what", "In a few words", hint="They see these words and nothing else of the case."),
            _pick("owner", "Who does it", people),
            send="Send task",
        )
    person = _pick("person", "Who", people)
    match step:
        case Step.INVOLVE:
            part = _pick("part", "Which part do they have?", _PARTS)
            return _one(step, "Somebody has a part in it", person, part)
        case Step.NO_LONGER_INVOLVED:
            return _one(step, "Somebody has no part in it after all", person, _reason())
        case Step.SEND_NOTICE:
            return _one(step, "Ask somebody to delete nothing", person, send="Send")
        case _:
            return _one(step, "Who works on it", person)


_FORMS: Final[dict[Step, Form]] = {
    Step.SAY: _one(Step.SAY, "Add something", _words("text", "What else should the DPO know?"), send="Send"),
    Step.NOTE: _one(Step.NOTE, "Note", _words("text", "Note")),
    Step.CORRECT: _one(
        Step.CORRECT,
        "Put the details right",
        _pick("kind", "What they ask for", _of(KIND_LABELS)),
        _day("When it came", "received_on"),
        Field("about", "About whom", Kind.TEXT, most=_SHORT),
        Field("born", "Date of birth, if it is a child", Kind.DATE, required=False, past=True),
        _reason("The old details and dates are kept."),
    ),
    Step.NOT_A_REQUEST: _one(Step.NOT_A_REQUEST, "Not a request", _reason()),
    Step.ASK_IDENTITY: _one(
        Step.ASK_IDENTITY,
        "Ask who they are",
        _words("doubt", "Why is there a doubt?", hint="Without one the month doesn't wait.", clause="SAR-2.2"),
        _day("When you asked"),
    ),
    Step.SEE_IDENTITY: _one(
        Step.SEE_IDENTITY,
        "Proof of identity",
        Field("documents", "At least two that you saw", Kind.SEVERAL, "SAR-2.2", choices=_of(DOCUMENT_LABELS)),
        Field("other", "If something else: what", Kind.TEXT, required=False, most=_SHORT),
        _day("When the last of them came"),
    ),
    Step.ASK_AUTHORITY: _one(Step.ASK_AUTHORITY, "Ask for a signed authority", _day("When you asked")),
    Step.RECEIVE_AUTHORITY: _one(
        Step.RECEIVE_AUTHORITY,
        "A signed authority has come",
        _words("covers", "Which data does it name?", clause="SAR-6.1"),
        _day("When it came"),
    ),
    Step.OVERRIDE_AUTHORITY: _one(
        Step.OVERRIDE_AUTHORITY,
        "Go on without an authority",
        _reason("The month then runs as though none had been asked for."),
    ),
    Step.ASK_FEE: _one(
        Step.ASK_FEE,
        "Ask for a fee",
        _pick("ground", "On which ground", _of(FEE_LABELS), "SAR-3.2"),
        Field("amount", "How many pounds", Kind.NUMBER, "SAR-3.3", least=1, greatest=1000),
        _words("reason", "Why, for the letter", clause="SAR-3.2"),
        _day("When you asked"),
    ),
    Step.PAY_FEE: _one(Step.PAY_FEE, "The fee was paid", _day("When")),
    Step.CLARIFY: _one(
        Step.CLARIFY,
        "Ask what they mean",
        _words("text", "What you asked", hint="Only where you need it to find the data. The clock stands still."),
        _day("When you asked"),
    ),
    Step.EXTEND: _one(
        Step.EXTEND,
        "Take two months more",
        _pick("ground", "On which ground", _of(WHY_LABELS), "SAR-4.3"),
        _words("reason", "The reasons, as you told them", clause="SAR-4.4"),
        _day("When you told them", "notice_sent_on"),
        _words("override", "If the day for telling them is over: why all the same?", required=False, clause="SAR-4.4"),
    ),
    Step.UNDO: _one(
        Step.UNDO, "Take it back", _reason("What you take back stays in the history; the dates are worked out anew.")
    ),
    Step.EFFORT: _one(
        Step.EFFORT,
        "A copy would be out of proportion",
        _pick("offer", "Offer", _of(OFFER_LABELS), "SAR-7.4"),
        _reason(),
    ),
    Step.HOLD: _one(Step.HOLD, "Let nothing be deleted", _reason()),
    Step.RELEASE_HOLD: _one(Step.RELEASE_HOLD, "Release the hold", _reason("Deletion runs again from then on.")),
    Step.CARRY_OUT: _one(Step.CARRY_OUT, "It is done", _words("what", "What was done"), _day()),
    Step.INFORM_RECIPIENT: _one(
        Step.INFORM_RECIPIENT,
        "Others who had the data",
        _pick("outcome", "What happened", _TOLD, "DP-12.16"),
        Field(
            "name", "Who", Kind.TEXT, required=False, most=_SHORT, asked_if=lambda known: known.get("outcome") != "none"
        ),
        Field("on", "When", Kind.DATE, past=True, asked_if=lambda known: known.get("outcome") == "told"),
        Field("reason", "Why not", Kind.LONG, asked_if=lambda known: known.get("outcome") == "not_feasible"),
    ),
    Step.ACKNOWLEDGE_COMPLAINT: _one(
        Step.ACKNOWLEDGE_COMPLAINT, "The complaint was acknowledged", _day(), _pick("how", "How", _SENT_BY)
    ),
    Step.ANSWER_COMPLAINT: _one(
        Step.ANSWER_COMPLAINT,
        "The complaint was answered",
        _pick("outcome", "What was found", _OUTCOMES),
        _words("reason", "In a few words", hint="What was looked at, what was found, what will change."),
        _day("When it went"),
        _pick("how", "How", _SENT_BY),
    ),
    Step.WITHDRAW: _one(Step.WITHDRAW, "Withdrawn", _reason("Who said so, and when. The case is kept.")),
    Step.REOPEN: _one(Step.REOPEN, "Open it again", _reason("The dates go on from the first day."), send="Reopen"),
    Step.SNOOZE: _one(Step.SNOOZE, "Remind me later", _pick("days", "When", _PUT_OFF), send="Put off"),
}
