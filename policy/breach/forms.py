"""The forms of the DPO's desk: what is asked for each step of a case, and the event that the answers make."""

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any, Final

from policy.breach import criteria, letter
from policy.breach.criteria import LEVELS, Criterion
from policy.breach.decision_forms import decision_data, decision_form
from policy.breach.events import Happened
from policy.breach.letter import Part
from policy.breach.steps import DECIDES, Step
from policy.forms import Answers, Choice, Field, Form, Kind, Page, Value, instant

CONTAINMENT: Final = (  # BREACH-3.7, BREACH-5.5
    Choice("ask-deletion", "Ask whoever got it to delete it"),
    Choice("recover", "Get the data back"),
    Choice("passwords", "Change passwords"),
    Choice("remote-lock", "Lock or wipe a device from afar"),
    Choice("shut-system", "Shut a system down"),
    Choice("other", "Something else"),
)
TOPICS: Final = (  # BREACH-3.9 to BREACH-3.11
    Choice("reached", "What was reached"),
    Choice("how", "How it came about"),
    Choice("fix", "The technical fix"),
    Choice("control", "Which safeguard failed"),
    Choice("interview", "Talks with those involved"),
    Choice("policy", "Does a policy need to change?"),
)
_LEARNT: Final = (  # BREACH-6.1, BREACH-6.2
    Choice("message", "A message to staff"),
    Choice("training", "Training"),
    Choice("system", "A change to a system"),
)
_SENT_BY: Final = (
    Choice("online", "The regulator's online form"),
    Choice("phone", "Phone"),
    Choice("email", "E-mail"),
    Choice("post", "Post"),
)
_TOLD_BY: Final = (
    Choice("letter", "Letter"),
    Choice("email", "E-mail"),
    Choice("phone", "Phone"),
    Choice("in-person", "In person"),
    Choice("notice", "Public notice"),
)
_PARTS: Final = (Choice("subject", "It is about their data"), Choice("accused", "Their own part in it is looked at"))
_NO_YES: Final = (Choice("no", "Not yet"), Choice("yes", "Yes"))
_SHORT: Final = 200
_KEPT: Final = "It is kept with the case."


def form_of(step: Step, *, people: Sequence[Choice] = (), organisations: Sequence[str] = ()) -> Form | None:
    """Return what is asked for a step; None where nothing is, or where another form is the whole of it.

    `people` are the staff that a task, a review or a part in the case can go to (values: their ids); `organisations`
    those still to be told.
    """
    if step in DECIDES:
        return decision_form(DECIDES[step])
    if step in {Step.SET_TASK, Step.INVOLVE, Step.NO_LONGER_INVOLVED, Step.REVIEW}:
        return _with_people(step, tuple(people)) if people else None
    if step is Step.TELL_OTHERS:
        return _others_told(organisations)
    return _FORMS.get(step)


def data_of(  # noqa: PLR0911  one return a step
    step: Step, answers: Answers, *, organisations: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the data of a step's event for what was filled in. Raises KeyError where a required answer is missing."""
    if step in DECIDES:
        return decision_data(DECIDES[step], answers)
    match step:
        case Step.ANALYSE:
            weighed = {
                one.value: {"level": answers[f"{one}_level"], "note": answers[f"{one}_note"]} for one in Criterion
            }
            return {"criteria": weighed}
        case Step.WRITE_LETTER:
            return {"parts": {part.value: answers[part] for part in Part if part in answers}}
        case Step.SET_TASK:
            said = str(answers.get("what", "")).strip()
            chosen = answers["kind"]
            known = "" if chosen == "other" else _title(CONTAINMENT, chosen)
            return {"what": ": ".join(part for part in (known, said) if part), "owner": int(str(answers["owner"]))}
        case Step.INVOLVE | Step.NO_LONGER_INVOLVED:
            return {**answers, "person": int(str(answers["person"]))}
        case Step.REVIEW:
            action = f"{_title(_LEARNT, answers['action'])}: {answers['what']}"
            done = answers["done"] == "yes"
            return {
                "cause": answers["cause"],
                "action": action,
                "owner": str(answers.get("owner", "")),
                "due": answers.get("due"),
                "done": done,
            }
        case Step.CORRECT_T0:
            return {"reason": "", **_flat(answers)}  # none is needed to move it earlier
        case Step.TELL_OTHERS if organisations:
            return {**_flat(answers), "name": organisations[int(str(answers["name"]))]}
        case _:
            return _flat(answers)


def event_of(step: Step) -> Happened | None:
    """Return the kind of event that records a step; None for a look."""
    if step in DECIDES:
        return Happened.DECIDED
    return Happened(step.value) if step.value in set(Happened) else None


def analysis_answers(weighed: criteria.Weighed | None) -> Answers:
    """Return what was weighed before as answers, to begin the form with."""
    return {f"{one}_{what}": text for one, both in (weighed or {}).items() for what, text in both.items()}


def _flat(answers: Answers) -> dict[str, Any]:
    return {name: _plain(value) for name, value in answers.items()}


def _plain(value: Value) -> Any:  # noqa: ANN401  an event's data: JSON
    moment = instant(value)
    return value if moment is None else moment.astimezone(UTC).isoformat()


def _title(choices: Sequence[Choice], value: Value) -> str:
    return next(choice.title for choice in choices if choice.value == value)


def _words(name: str, label: str, *, hint: str = "", required: bool = True) -> Field:
    return Field(name, label, Kind.LONG, hint=hint, required=required)


def _when(label: str) -> Field:
    return Field("at", label, Kind.WHEN, past=True)


def _one(name: str, title: str, *fields: Field, send: str = "Save") -> Form:
    return Form(f"breach-{name}", title, (Page(title, fields),), send=send, review=False)


def _with_people(step: Step, people: tuple[Choice, ...]) -> Form:
    if step is Step.SET_TASK:
        return _one(
            "task",
            "Contain it",
            Field("kind", "What to do", Kind.CHOICE, "BREACH-3.7", choices=CONTAINMENT),
            _words("what", "In a few words", hint="They see these words and nothing else of the case."),
            Field("owner", "Who does it", Kind.CHOICE, "BREACH-3.7", choices=people),
            send="Send task",
        )
    if step is Step.REVIEW:
        return _review(people)
    person = Field("person", "Who", Kind.CHOICE, choices=people)
    if step is Step.INVOLVE:
        part = Field("part", "Which part do they have?", Kind.CHOICE, choices=_PARTS)
        return _one("involve", "Somebody has a part in it", person, part)
    return _one("not-involved", "Somebody has no part in it after all", person, _words("reason", "Why", hint=_KEPT))


def _review(people: tuple[Choice, ...]) -> Form:
    pages = (
        Page(
            "What was learnt",
            (
                _words("cause", "What was the cause?", hint="The way things are done, rather than a person."),
                Field("action", "What will help?", Kind.CHOICE, "BREACH-6.2", choices=_LEARNT),
                _words("what", "In a few words"),
            ),
        ),
        Page(
            "Who and when",
            (
                Field("owner", "Who sees to it", Kind.CHOICE, "BREACH-6.1", choices=people),
                Field("due", "By when", Kind.DATE, "BREACH-6.1"),
                Field("done", "Is it done?", Kind.CHOICE, "BREACH-6.1", choices=_NO_YES),
            ),
        ),
    )
    return Form("breach-review", "Look back", pages, send="Save review")


def _others_told(organisations: Sequence[str]) -> Form:
    choices = tuple(Choice(str(place), name) for place, name in enumerate(organisations))
    kind = Kind.CHOICE if choices else Kind.TEXT
    return _one(
        "others-told",
        "Another organisation was told",
        Field("name", "Which organisation", kind, "BREACH-3.4", choices=choices, most=_SHORT),
        _when("When"),
        Field("how", "How", Kind.CHOICE, choices=_TOLD_BY[:-1]),
    )


def _pair(one: Criterion) -> tuple[Field, Field]:
    label = criteria.LABELS[one]
    levels = tuple(Choice(level.value, title) for level, title in LEVELS.items())
    return (
        Field(f"{one}_level", label, Kind.CHOICE, "BREACH-3.13", choices=levels),
        Field(f"{one}_note", f"{label}: why?", Kind.LONG, "BREACH-3.13"),
    )


_C: Final = Criterion
_FORMS: Final[Mapping[Step, Form]] = {
    Step.ANALYSE: Form(
        "breach-analysis",
        "Weigh the five criteria",
        (
            Page("The information", (*_pair(_C.TYPE_AND_VOLUME), *_pair(_C.SPECIAL_CATEGORY))),
            Page("Who can get to it", (*_pair(_C.ACCESS), *_pair(_C.SAFEGUARDS))),
            Page("What it may do", _pair(_C.DAMAGE)),
        ),
        send="Save",
    ),
    Step.WRITE_LETTER: Form(
        "breach-letter",
        "Letter to the people affected",
        (
            Page(
                "Four parts",
                tuple(
                    Field(part, label, Kind.LONG, "BREACH-4.11", required=False, most=4000)
                    for part, label in letter.LABELS.items()
                ),
            ),
        ),
        send="Save letter",
    ),
    Step.NOTE: _one(
        "note",
        "Note for the investigation",
        Field("topic", "About", Kind.CHOICE, "BREACH-3.10", choices=TOPICS),
        _words("text", "Note", hint="No names of those affected, please."),
    ),
    Step.ASK: _one("ask", "Ask the reporter", _words("text", "Your question"), send="Ask"),
    Step.ANSWER: _one("answer", "Answer the DPO", _words("text", "Your answer"), send="Send answer"),
    Step.SAY: _one("say", "Add something", _words("text", "What else should the DPO know?"), send="Send"),
    Step.CORRECT_T0: _one(
        "t0",
        "When anybody at school first knew",
        _when("First known"),
        _words("reason", "Why it moves", hint="Needed to move it later. Both times are kept.", required=False),
    ),
    Step.TELL_SUBJECTS: _one(
        "subjects-told",
        "The people affected were told",
        _when("When"),
        Field("how", "How", Kind.CHOICE, "BREACH-4.10", choices=_TOLD_BY),
    ),
    Step.SEND_ICO: _one(
        "ico-sent",
        "The report has gone to the regulator",
        _when("When it went"),
        Field("how", "How", Kind.CHOICE, "BREACH-5.6", choices=_SENT_BY),
        Field("reference", "Their reference, if you have one", Kind.TEXT, "BREACH-5.6", required=False, most=_SHORT),
    ),
    Step.FOLLOW_UP: _one(
        "follow-up", "Tell the regulator more", _when("When it went"), _words("text", "What they were told")
    ),
    Step.WITHDRAW: _one(
        "withdraw", "Not a breach", _words("reason", "Why it isn't one", hint="Form A and this reason are kept.")
    ),
    Step.REOPEN: _one(
        "reopen",
        "Open it again",
        _words("reason", "Why", hint="The 72 hours go on from the first time."),
        send="Reopen",
    ),
    Step.BREACH_AFTER_ALL: _one("after-all", "It did get out", _words("reason", "What happened?")),
}
