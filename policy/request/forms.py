"""What is asked for each step of a request, and the data of the event that the answers make.

The first choice of every list is the careful one. Days are typed by people, and default to today where the form is
opened (`policy.request.intake.today_in`).
"""

from collections.abc import Sequence
from typing import Any, Final

from policy.forms import Answers, Choice, Field, Form, Kind, Page
from policy.request.authority import ROUTE_LABELS, Route, proposal
from policy.request.case import Request
from policy.request.checklist import LABELS as CHECKS
from policy.request.checklist import left
from policy.request.exemptions import (
    EXEMPTION_LABELS,
    GROUND_LABELS,
    TO_LABELS,
    Ground,
    needs_safeguarding,
)
from policy.request.form_parts import NO_YES, SENT_BY, SHORT, YES_NO, day, of, one, pick, reason, words
from policy.request.kinds import ACCESSES
from policy.request.plain_forms import FORMS
from policy.request.rights_forms import decision_data, decision_form
from policy.request.search import TASK_LABELS
from policy.request.steps import Step
from policy.request.third_parties import RUNG_LABELS, Rung, next_rungs

_NEW: Final = "new"
_ABLE: Final = (Choice("unsaid", "I go by their age"), Choice("yes", "Yes"), Choice("no", "No, not yet"))
_PARTS: Final = (
    Choice("requester", "They ask"),
    Choice("subject", "It is about their data"),
    Choice("accused", "It is about what they did"),
)


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
            note = words("note", "Note", hint="Such as “doesn't apply here”.", required=False)
            return one(step, "Tick a line", pick("check", "Which", lines, "SAR-8.1.6"), note) if lines else None
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
            return FORMS.get(step)


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


def _route(request: Request) -> Form:
    proposed = proposal(request)
    first = Choice(proposed.route.value, f"{ROUTE_LABELS[proposed.route]} (proposed)")
    routes = (first, *(Choice(route.value, ROUTE_LABELS[route]) for route in Route if route is not proposed.route))
    return one(
        Step.CONFIRM_ROUTE,
        "Who gets the answer",
        pick("route", "The answer goes to", routes, "SAR-6.7"),
        pick("able", "Does the child understand their rights?", _ABLE, "SAR-6.6"),
        pick("doubt", "A worry about whoever acts for them?", NO_YES, "SAR-6.3"),
        pick("conflict", "Do those who speak for the child disagree?", NO_YES, "SAR-6.7"),
        words("reason", "Why", hint="Needed where you differ, or say what a child understands.", required=False),
    )


def _third_party(request: Request) -> Form:
    items = tuple(Choice(str(one.item), f"No. {one.item}") for one in request.third_parties)
    reachable = frozenset[Rung]().union(next_rungs(None), *(next_rungs(one) for one in request.third_parties))
    rungs = tuple(Choice(rung.value, RUNG_LABELS[rung]) for rung in Rung if rung in reachable)
    return one(
        Step.THIRD_PARTY,
        "Somebody else in the data",
        pick("item", "Whom is it about?", (Choice(_NEW, "Somebody new"), *items), "SAR-7.2"),
        Field("who", "If new: who, in a word", Kind.TEXT, required=False, hint="Such as “a neighbour”.", most=SHORT),
        pick("move", "What now?", rungs, "SAR-7.2"),
        day(),
        words("reason", "Why", hint="Needed for weighing, and where asking or blacking out won't do.", required=False),
    )


def _answer_clarify(request: Request) -> Form | None:
    still = [one for one in request.questions if one.answered_on is None]
    if not still:
        return None
    choices = tuple(Choice(str(one.place), f"Asked on {one.asked_on.isoformat()}") for one in still)
    question = pick("question", "Which question", choices)
    return one(Step.ANSWER_CLARIFY, "They have answered", question, day("When it came"), words("text", "The answer"))


def _exemption(request: Request) -> Form:
    asked = Field(
        "dsl",
        "Was the safeguarding lead asked?",
        Kind.CHOICE,
        "SAR-7.5",
        choices=NO_YES,
        asked_if=lambda answers: needs_safeguarding(request, str(answers.get("exemption", ""))),
    )
    which = pick("exemption", "Exemption", of(EXEMPTION_LABELS), "SAR-7.1")
    return one(Step.EXEMPT, "Withhold something", which, words("what", "What is withheld"), reason(), asked)


def _refuse(request: Request) -> Form:
    fits = {
        Ground.IDENTITY: request.identity is not None and request.identity.seen_on is None,
        Ground.AUTHORITY: request.authority is not None and request.authority.is_waited_for,
        Ground.DECIDED: request.decision is not None and request.decision.outcome == "no",
        Ground.EXEMPT: request.kind in ACCESSES,
    }
    grounds = [Choice(ground.value, title) for ground, title in GROUND_LABELS.items() if fits.get(ground, True)]
    return one(
        Step.REFUSE,
        "Refuse it",
        pick("ground", "On which ground", sorted(grounds, key=lambda one: not fits.get(Ground(one.value))), "SAR-3.2"),
        words("reasons", "The reasons, for the letter", clause="SAR-3.2"),
        Field("routes", "The letter says where to complain", Kind.SEVERAL, "DP-12.10", choices=of(TO_LABELS)),
        day("When it went", "sent_on"),
        pick("how", "How", SENT_BY),
    )


def _respond(request: Request) -> Form:
    page = Page(
        "What went out",
        (
            words("explanation", "What kinds of data, in a few words", clause="SAR-8.1.6"),
            words("withheld", "What was withheld, and why", required=bool(request.exemptions), clause="SAR-7.3"),
        ),
    )
    sent = (
        day("When it went", "sent_on"),
        pick("how", "How", SENT_BY),
        Field("proof", "What shows it", Kind.TEXT, most=SHORT, hint="Such as a tracking number or the sent e-mail."),
    )
    return Form(f"request-{Step.RESPOND}", "The answer has gone", (page, Page("How it went", sent)), send="Save")


def _of_tasks(step: Step, request: Request) -> Form | None:
    still = tuple(Choice(str(task.number), f"Task no. {task.number}") for task in request.tasks if task.done_at is None)
    if not still:
        return None
    which = pick("task", "Which task", still)
    if step is not Step.FINISH_TASK:
        return one(step, "Remind somebody" if step is Step.CHASE_TASK else "Pass it up", which)
    found = pick("found", "Was anything found?", YES_NO, "SAR-8.1.2")
    return one(step, "A task is done", which, found, words("note", "Where did you look?", required=False))


def _with_people(step: Step, people: tuple[Choice, ...]) -> Form:
    if step is Step.SET_TASK:
        return one(
            step,
            "Ask somebody to search",
            pick("kind", "What to do", of(TASK_LABELS), "SAR-8.1.2"),
            words("what", "In a few words", hint="They see these words and nothing else of the case."),
            pick("owner", "Who does it", people),
            send="Send task",
        )
    person = pick("person", "Who", people)
    match step:
        case Step.INVOLVE:
            part = pick("part", "Which part do they have?", _PARTS)
            return one(step, "Somebody has a part in it", person, part)
        case Step.NO_LONGER_INVOLVED:
            return one(step, "Somebody has no part in it after all", person, reason())
        case Step.SEND_NOTICE:
            return one(step, "Ask somebody to delete nothing", person, send="Send")
        case _:
            return one(step, "Who works on it", person)
