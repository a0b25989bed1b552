"""What is asked for each decision. The first choice of a list is the careful one; the table is shown, never applied."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from policy.breach.decisions import EXEMPTIONS, Outcome
from policy.breach.events import Matter
from policy.forms import Answers, Choice, Field, Form, Kind, Page

_NO_EXEMPTION: Final = "none"
_NO_YES: Final = (Choice("no", "No"), Choice("yes", "Yes"))
_YES_NO: Final = _NO_YES[::-1]
_SHORT: Final = 200


def decision_form(matter: Matter) -> Form:
    """Make the form for one decision of domain 2.6."""
    return Form(f"breach-decide-{matter}", _TITLES[matter], _PAGES[matter], send="Save decision")


def decision_data(matter: Matter, answers: Answers) -> dict[str, Any]:
    """Return the data of the DECIDED event for what was filled in; what is not asked any more is left out."""
    asked = {field.name for field in decision_form(matter).asked(answers)} & answers.keys()
    details = {name: _text(answers[name]) for name in asked - {"outcome", "reason"}}
    if details.get("exemption") == _NO_EXEMPTION:
        del details["exemption"]
    return {
        "what": matter.value,
        "outcome": answers["outcome"],
        "reason": answers["reason"],
        "details": dict(sorted(details.items())),
    }


def _text(value: Any) -> str:  # noqa: ANN401  an answer: JSON
    return str(value["at"]) if isinstance(value, dict) else str(value)


def _is(name: str, value: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get(name) == value


def _reason(hint: str = "") -> Field:
    return Field("reason", "Why", Kind.LONG, hint=hint)


def _outcome(label: str, choices: tuple[Choice, ...], clause: str) -> Field:
    return Field("outcome", label, Kind.CHOICE, clause, choices=choices)


def _detail(name: str, label: str, clause: str, *, required: bool = True, kind: Kind = Kind.TEXT) -> Field:
    return Field(name, label, kind, clause, required=required, asked_if=_is("outcome", "yes"), most=_SHORT)


_OVERRIDE: Final = Field(
    "override",
    "If this differs from the procedure's table: why?",
    Kind.LONG,
    "BREACH-4.7",
    required=False,
    hint="Leave it empty where it doesn't. You decide; I only keep the reason.",
)
_TITLES: Final[Mapping[Matter, str]] = {
    Matter.ICO: "Tell the regulator?",
    Matter.SUBJECTS: "Tell the people affected?",
    Matter.POLICE: "Tell the police?",
    Matter.OTHERS: "Tell another organisation?",
    Matter.OVERSEAS: "Tell an authority abroad?",
    Matter.PRESS: "Say something to the press?",
    Matter.DSL: "Does the safeguarding lead need to act?",
}
_SUBJECT_OUTCOMES: Final = (
    Choice(Outcome.YES, "Tell each of them"),
    Choice(Outcome.PUBLIC_NOTICE, "A public notice instead"),
    Choice(Outcome.NO, "No need to tell them"),
)
_EXEMPTIONS: Final = (
    Choice(_NO_EXEMPTION, "None of these"),
    *(Choice(exemption.value, title) for exemption, title in EXEMPTIONS.items()),
)
_PAGES: Final[Mapping[Matter, tuple[Page, ...]]] = {
    Matter.ICO: (
        Page(
            "The regulator",
            (
                Field(
                    "risk_unlikely",
                    "Is a risk to anybody unlikely?",
                    Kind.CHOICE,
                    "BREACH-4.7",
                    choices=_NO_YES,
                    hint="Your judgement, after the five criteria.",
                ),
                _outcome("Is the regulator told?", _YES_NO, "BREACH-3.2"),
                _reason("It is kept with the case either way."),
                _OVERRIDE,
            ),
        ),
    ),
    Matter.SUBJECTS: (
        Page(
            "The people affected",
            (
                Field("high_risk", "Is the risk to them high?", Kind.CHOICE, "BREACH-4.10", choices=_YES_NO),
                Field(
                    "exemption",
                    "Does one of these apply?",
                    Kind.CHOICE,
                    "BREACH-4.12",
                    choices=_EXEMPTIONS,
                    asked_if=_is("high_risk", "yes"),
                ),
                Field("ico_orders", "Has the regulator ordered it?", Kind.CHOICE, "BREACH-4.13", choices=_NO_YES),
                _outcome("Are they told?", _SUBJECT_OUTCOMES, "BREACH-4.10"),
                _reason(),
            ),
        ),
        Page(
            "One more thing",
            (
                Field(
                    "notice",
                    "Where does the public notice stand?",
                    Kind.TEXT,
                    "BREACH-4.12",
                    asked_if=_is("outcome", Outcome.PUBLIC_NOTICE),
                    most=_SHORT,
                    hint="Its address or reference.",
                ),
                _OVERRIDE,
            ),
        ),
    ),
    Matter.POLICE: (
        Page(
            "The police",
            (
                _outcome("Are the police told?", _NO_YES, "BREACH-4.2"),
                _reason(),
                _detail("force", "Which force", "BREACH-4.2"),
                _detail("reference", "Their reference, if known", "BREACH-4.2", required=False),
            ),
        ),
    ),
    Matter.OTHERS: (
        Page(
            "Another organisation",
            (
                Field("name", "Which organisation", Kind.TEXT, "BREACH-3.4", most=_SHORT),
                _outcome("Is it told?", _NO_YES, "BREACH-3.4"),
                _detail("by", "By when, under the contract", "BREACH-3.4", kind=Kind.WHEN),
                _reason("One decision for each organisation."),
            ),
        ),
    ),
    Matter.OVERSEAS: (
        Page(
            "Abroad",
            (
                _outcome("Is an authority abroad told?", _NO_YES, "BREACH-4.9"),
                _reason(),
                _detail("country", "Which country", "BREACH-4.9"),
            ),
        ),
    ),
    Matter.PRESS: (
        Page(
            "The press",
            (_outcome("Does the school say something?", _NO_YES, "BREACH-4.15"), _reason("Staff say nothing.")),
        ),
    ),
    Matter.DSL: (
        Page(
            "Safeguarding",
            (_outcome("Does the safeguarding lead need to act?", _YES_NO, "BREACH-3.13"), _reason()),
        ),
    ),
}
