"""The forms of an incident: place, time, device and who was told; no pupil, and no account of what was seen."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from policy.forms import Answers, Choice, Field, Form, Kind, Page, instant
from policy.incident.guarding import MOST, Guard, a_reference, no_description
from policy.incident.kinds import TITLES, IncidentKind
from policy.incident.steps import Step

# Fields that take words, and what words they take; the rest are lists and times.
GUARDS: Final[Mapping[str, Guard]] = {"place": no_description, "names": no_description, "reference": a_reference}
TITLE: Final = "Where, when and who knows"
_NOBODY: Final = "nobody"
DEVICES: Final = (
    Choice("school-computer", "A school computer or laptop"),
    Choice("school-tablet", "A school tablet"),
    Choice("pupil-device", "A device that pupils use"),
    Choice("pupil-phone", "A pupil's own phone or device"),
    Choice("staff-phone", "A colleague's own phone or device"),
    Choice("board", "A board or a screen on the wall"),
    Choice("account", "An account or a service, on no device of ours"),
    Choice("none", "No device"),
)
TOLD: Final = (
    Choice("head", "The headteacher"),
    Choice("dsl", "The DSL"),
    Choice("deputy", "The deputy DSL"),
    Choice("champion", "The online-safety champion"),
    Choice("it", "IT"),
    Choice("senior", "Another senior leader"),
    Choice(_NOBODY, "Nobody yet"),
)
BODIES: Final = (
    Choice("police", "The police"),
    Choice("ceop", "CEOP"),
    Choice("iwf", "The Internet Watch Foundation"),
    Choice("local-authority", "The local authority"),
)
TAGS: Final = (
    Choice("first", "The first of its kind"),
    Choice("again", "It has happened before"),
    Choice("same-people", "The same people as before"),
    Choice("same-site", "The same app or site as before"),
    Choice("same-place", "The same place or device as before"),
)
_YES_NO: Final = (Choice("yes", "Yes"), Choice("no", "No"))
_KINDS: Final = tuple(Choice(kind.value, TITLES[kind]) for kind in IncidentKind if kind is not IncidentKind.ILLEGAL)


_PLACE: Final = Field("place", "Where? A room or a site", Kind.TEXT, clause="ONLINE-4.6", hint="Room 12", most=MOST)
_AT: Final = Field("at", "When was it noticed?", Kind.WHEN, unknown_ok=True, past=True)
_DEVICE: Final = Field("device", "On what?", Kind.CHOICE, choices=DEVICES, unknown_ok=True)
_TOLD: Final = Field("told", "Who has been told?", Kind.SEVERAL, choices=TOLD)
_NAMES: Final = Field("names", "Names of whoever was told", Kind.TEXT, required=False, hint="Names alone", most=MOST)


def _was_told(answers: Answers) -> bool:
    return answers.get("told") != [_NOBODY]


_TOLD_AT: Final = Field("told_at", "When were they told?", Kind.WHEN, unknown_ok=True, past=True, asked_if=_was_told)


def illegal_form(people: Sequence[Choice], schools: Sequence[Choice] = ()) -> Form:
    """Make the form for what may be illegal; `people` are those who have the case, `schools` several to choose from."""
    return Form(
        "incident-illegal",
        TITLE,
        (
            Page("Where and when", (*_which(schools), _PLACE, _AT, _DEVICE)),
            Page("Who knows", (_TOLD, _NAMES, _TOLD_AT, *_about(people))),
        ),
    )


def incident_form(people: Sequence[Choice], schools: Sequence[Choice] = ()) -> Form:
    """Make the form for every other kind."""
    which = _which(schools)
    kind = Field("kind", "What was it?", Kind.CHOICE, choices=_KINDS)
    filtered = Field("filtered", "Did it get past the filter?", Kind.CHOICE, choices=_YES_NO, unknown_ok=True)
    return Form(
        "incident",
        TITLE,
        (
            *([Page("Which school?", which)] if which else []),
            Page("What, where and when", (kind, _PLACE, _AT, _DEVICE)),
            Page("Who knows", (_TOLD, _TOLD_AT, filtered, *_about(people))),
        ),
    )


def _which(schools: Sequence[Choice]) -> tuple[Field, ...]:
    return (Field("school", "At which school?", Kind.CHOICE, choices=tuple(schools)),) if schools else ()


def _about(people: Sequence[Choice]) -> tuple[Field, ...]:
    if not people:
        return ()
    label = "Is it about any of these colleagues? They then don't see it"
    return (Field("involved", label, Kind.SEVERAL, choices=tuple(people), required=False),)


def step_form(step: Step) -> Form | None:
    """Make the form of a step; None for what needs no words."""
    match step:
        case Step.EXTERNAL:
            fields: tuple[Field, ...] = (
                Field("body", "Who was told?", Kind.CHOICE, choices=BODIES),
                Field("reference", "Their reference", Kind.TEXT, most=MOST),
                Field("at", "When?", Kind.WHEN, past=True),
            )
        case Step.CPOMS | Step.FILTER:
            fields = (Field("reference", "The reference alone", Kind.TEXT, most=MOST),)
        case Step.CLOSE:
            fields = (
                Field("tag", "Is there a pattern?", Kind.CHOICE, choices=TAGS),
                Field("policy_change", "Does a policy need changing?", Kind.CHOICE, choices=_YES_NO),
            )
        case Step.SEEN | Step.AUDIT:
            return None
    return Form(f"incident-{step.value}", _STEP_TITLES[step], (Page("Please", fields),), send="Save", review=False)


_STEP_TITLES: Final[Mapping[Step, str]] = {
    Step.EXTERNAL: "Told outside school",
    Step.FILTER: "Report to the filter's provider",
    Step.CPOMS: "CPOMS",
    Step.CLOSE: "Close the case",
}


def data_of(step: Step, answers: Answers) -> dict[str, Any]:
    """Return the data of a step's events from its form's answers."""
    match step:
        case Step.EXTERNAL:
            at = instant(answers["at"])
            told = {"body": answers["body"], "reference": answers["reference"]}
            return told | {"at": "" if at is None else at.isoformat()}
        case Step.CPOMS | Step.FILTER:
            return {"reference": answers["reference"]}
        case Step.CLOSE:
            return {"tag": answers["tag"], "policy_change": answers["policy_change"] == "yes"}
        case Step.SEEN | Step.AUDIT:
            return {}
