"""A decision in words: what it came to, why, and what the procedure's table said to what was typed (BREACH-4.7)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from dialogs.breach.words import OUTCOMES
from policy.breach.case import Breach
from policy.breach.decisions import EXEMPTIONS, Exemption, contradiction, typed
from policy.breach.decisions import Outcome as Came
from policy.breach.events import Event, Matter
from policy.clocks.local_time import long_time

_SUBJECTS: Final = {
    Came.YES: "tell the people affected",
    Came.NO: "no need to tell the people affected",
    Came.PUBLIC_NOTICE: "a public notice instead",
}
_DETAILS: Final = {
    "risk_unlikely": "A risk to anybody is unlikely",
    "high_risk": "The risk to them is high",
    "ico_orders": "The regulator has ordered it",
    "force": "Police force",
    "reference": "Reference",
    "name": "Organisation",
    "country": "Country",
    "notice": "Where the notice stands",
}


def outcome(event: Event) -> str:
    """Say what a decision came to."""
    came = str(event.data["outcome"])
    return OUTCOMES.get(came, came)


def reasons(event: Event, before: Breach) -> Iterator[str]:
    """Say why, a line each: the reason, what was typed, what the procedure's table said, and why it was not followed.

    `before` is the case as it stood then.
    """
    details = {key: str(value) for key, value in event.data.get("details", {}).items()}
    yield f"Reason: {event.data['reason']}"
    for key, label in _DETAILS.items():
        if details.get(key):
            yield f"{label}: {details[key]}"
    if details.get("by"):
        yield f"By: {long_time(datetime.fromisoformat(details['by']))}"
    if details.get("exemption") in set(Exemption):
        yield f"Exemption: {EXEMPTIONS[Exemption(details['exemption'])]}"
    if (said := table_said(event, before)) is not None:
        yield f"The procedure's table said: {said}"
    if details.get("override"):
        yield f"Decided otherwise because: {details['override']}"


def table_said(event: Event, before: Breach) -> str | None:
    """Return what the table of domain 2.6 says to what was typed, and whether the decision agrees; None of others."""
    matter = Matter(event.data["what"])
    details = {key: str(value) for key, value in event.data.get("details", {}).items()}
    ico = before.decisions.get(Matter.ICO)
    if matter is Matter.SUBJECTS and ico is not None:
        details = {"risk_unlikely": ico.details.get("risk_unlikely", ""), **details}
    says = typed(details)
    match matter:
        case Matter.ICO if says.ico is not None:
            said = "tell the regulator" if says.ico else "no need to tell the regulator"
        case Matter.SUBJECTS if says.subjects is not None:
            said = _SUBJECTS[says.subjects]
        case Matter.ICO | Matter.SUBJECTS:
            return "nothing to what was entered"
        case _:
            return None
    differs = contradiction(matter, str(event.data["outcome"]), details) is not None
    return f"{said} ({'the decision differs' if differs else 'the decision agrees'})"
