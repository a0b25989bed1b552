"""The form of a member of staff who was asked something: two short pages, under a minute, most of it filled in."""

from datetime import date, datetime
from typing import Any, Final

from policy.clocks.local_time import london
from policy.forms import Answers, Choice, Field, Form, Kind, Page
from policy.request.kinds import HOW_LABELS, KIND_LABELS, OUTSIDERS, REQUESTER_LABELS, How, Requester, RequestKind

_SHORT: Final = 120

INTAKE: Final = Form(
    "request-intake",
    "Pass on a data request",
    (
        Page(
            "Who and when",
            (
                Field("requester", "Who asked?", Kind.TEXT, "SAR-1.4", most=_SHORT),
                Field(
                    "requester_kind",
                    "They are",
                    Kind.CHOICE,
                    choices=tuple(Choice(one.value, REQUESTER_LABELS[one]) for one in Requester),
                ),
                Field("about", "About whom?", Kind.TEXT, hint="The person whose data it is.", most=_SHORT),
                Field(
                    "received_how",
                    "How did it come?",
                    Kind.CHOICE,
                    "SAR-1.3",
                    choices=tuple(Choice(one.value, HOW_LABELS[one]) for one in How),
                ),
                Field(
                    "received_on",
                    "On which day?",
                    Kind.DATE,
                    "SAR-1.3",
                    past=True,
                    hint="The day anybody at school first got it. Spoken counts.",  # C24
                ),
            ),
        ),
        Page(
            "What they asked",
            (
                Field("words", "In their words, as far as you remember", Kind.LONG, "SAR-1.1"),
                Field(
                    "kind",
                    "What they want",
                    Kind.CHOICE,
                    "DP-12.1",
                    choices=tuple(Choice(one.value, KIND_LABELS[one]) for one in RequestKind),
                ),
                Field("contact", "How to reach them, if you know", Kind.TEXT, required=False, most=_SHORT),
                Field("born", "If it is a child: date of birth, if you know", Kind.DATE, required=False, past=True),
            ),
        ),
    ),
    send="Pass it on",
    review=False,
)


def begun(kind: RequestKind, words: str, *, now: datetime) -> Answers:
    """Fill in what is known before anything is asked: what they want, the words that were typed, and today."""
    return {"kind": kind.value, "words": words, "received_on": today_in(now), "received_how": How.SPOKEN.value}


def opening(answers: Answers, *, own: bool = False) -> dict[str, Any]:
    """Return the data of the OPENED event; `own` where whoever fills it in asks for their own data.

    Footage for police, insurers or the press is not a request for one's own data, whatever was chosen (domain 6).
    """
    kind = RequestKind(str(answers["kind"]))
    requester = Requester(str(answers["requester_kind"]))
    if kind is RequestKind.CCTV and requester in OUTSIDERS:
        kind = RequestKind.RELEASE
    about = str(answers.get("about") or answers["requester"])
    return {**dict(answers), "kind": kind.value, "about": about, "born": answers.get("born", ""), "own": own}


def today_in(now: datetime) -> str:
    """Return London's day, as a form holds it."""
    day: date = london(now).date()
    return day.isoformat()
