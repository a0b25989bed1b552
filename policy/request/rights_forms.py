"""What is asked for the decision on another right, or on footage for outsiders (domain 4 and 6)."""

from typing import Any

from policy.forms import Answers, Choice, Field, Form, Kind, Page
from policy.request.kinds import KIND_LABELS, RequestKind
from policy.request.rights import RIGHTS, Outcome


def decision_form(kind: RequestKind) -> Form | None:
    """Make the form; None for what is not decided so: access, complaints, and advertising, which simply stops."""
    right = RIGHTS.get(kind)
    if right is None:
        return None
    outcomes = (Choice(Outcome.YES, "Yes"), Choice(Outcome.PARTLY, "In part"), Choice(Outcome.NO, "No"))
    grounds = tuple(Choice(value, title) for value, title in right.grounds.items())
    against = tuple(Choice(value, title) for value, title in right.exceptions.items())
    fields = [
        Field("outcome", "Is it done?", Kind.CHOICE, right.clause, choices=outcomes),
        Field("ground", "What it rests on", Kind.CHOICE, right.clause, choices=grounds, asked_if=_not(Outcome.NO)),
        Field(
            "exception",
            "What stands against it",
            Kind.CHOICE,
            right.clause,
            choices=against,
            asked_if=_not(Outcome.YES),
        ),
        Field("reason", "Why", Kind.LONG, hint="It is kept, and told to the person."),
    ]
    if kind is RequestKind.RELEASE:
        who = Field("authorised_by", "Who authorised it", Kind.TEXT, "CCTV-7.7", asked_if=_not(Outcome.NO), most=200)
        fields.append(who)
    return Form(
        f"request-decide-{kind}",
        f"Decide: {KIND_LABELS[kind]}",
        (Page("Decision", tuple(fields)),),
        send="Save decision",
    )


def decision_data(kind: RequestKind, answers: Answers) -> dict[str, Any]:
    """Return the data of the DECIDED event; what is not asked any more is left out."""
    form = decision_form(kind)
    asked = {field.name for field in form.asked(answers)} if form else set()
    blank = dict.fromkeys(("ground", "exception", "authorised_by"), "")
    return {**blank, **{name: value for name, value in answers.items() if name in asked}}


def _not(outcome: Outcome) -> Any:  # noqa: ANN401  a condition on the answers so far
    return lambda answers: answers.get("outcome") != outcome
