"""The first answers of Form B, from Form A, the case and the school's registers: a person reads each one over.

Form A itself is never changed by what is written here (FORMB-2a).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from policy.breach.case import Breach
from policy.breach.decisions import Outcome
from policy.breach.events import Matter
from policy.breach.form_a import FORM_A
from policy.calendar import long_date
from policy.forms import LONDON, Answers, Value, is_unknown, shown

_LOOK_BACK: Final = 2  # years (FORMB-6a)


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """One report to the regulator before this one."""

    on: date
    brief: str
    reference: str


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What the school's settings and registers know; whatever is empty is left for a person to write."""

    organisation: str = ""
    controller_number: str = ""
    dpo: str = ""
    contact: str = ""
    job_title: str = "Data protection officer"
    measures: str = ""  # in force when it happened (FORMB-2e)
    policies: str = ""  # with the dates that they state (FORMB-2f)
    training: str = ""
    trained: str = ""
    guidance: str = ""
    earlier: tuple[EarlierReport, ...] = ()


def prefilled(breach: Breach, facts: SchoolFacts) -> Answers:
    """Fill in what is known. What was not known on Form A stays open: the DPO fills it or says by when."""
    earlier = [report for report in facts.earlier if _is_within(report.on, breach)]
    known: dict[str, Value] = {
        "1_organisation": facts.organisation,
        "1_controller": facts.controller_number,
        "1_dpo": facts.dpo,
        "1_contact": facts.contact,
        "2a": _lines(_said(breach, "what"), _named(breach, "going_on", "seen_by")),
        "2b": _lines(_said(breach, "happened"), _said(breach, "until")),
        "2e": facts.measures,
        "2f": facts.policies,
        "3a": _lines(_said(breach, "data"), _named(breach, "kinds", "people", "protected")),
        "4a": _lines(_said(breach, "actions"), *(task.what for task in breach.tasks if task.done_at is not None)),
        "4b": _lines(_said(breach, "recovered"), _said(breach, "recovered_how")),
        "5a": facts.training,
        "5b": facts.trained,
        "5c": facts.guidance,
        "6a": "yes" if earlier else "no",
        "6b": _lines(*(f"{long_date(one.on)}: {one.brief} ({one.reference or 'no reference'})" for one in earlier)),
        "7a": _decided(breach, Matter.OVERSEAS, "country"),
        "7b": _decided(breach, Matter.POLICE, "force", "reference"),
        "7c": _lines(*(f"{name}, told {long_date(at.astimezone(LONDON).date())}" for name, at in breach.others_told)),
        "7d": _decided(breach, Matter.PRESS),
        "8_name": facts.dpo,
        "8_title": facts.job_title,
    }
    number = (breach.form_a or {}).get("number")
    if isinstance(number, int):
        known["3b"] = number
    return {name: value for name, value in known.items() if value != ""}


def current(breach: Breach, facts: SchoolFacts) -> Answers:
    """Return the answers as they stand: the last version that was saved, over what is known."""
    saved = breach.form_b[-1].answers if breach.form_b else {}
    return {**prefilled(breach, facts), **saved}


def _said(breach: Breach, name: str) -> str:
    """Return an answer of Form A in words; nothing where it is not known yet."""
    field = next(field for field in FORM_A.fields if field.name == name)
    value = (breach.form_a or {}).get(name)
    return "" if is_unknown(value) else shown(field, value)


def _named(breach: Breach, *names: str) -> str:
    labels = {field.name: field.label for field in FORM_A.fields}
    told = ((labels[name], _said(breach, name)) for name in names)
    return "\n".join(f"{label} {said}." for label, said in told if said)


def _decided(breach: Breach, matter: Matter, *details: str) -> str:
    decision = breach.decisions.get(matter)
    if decision is None or decision.outcome != Outcome.YES:
        return ""
    told = [decision.details[name] for name in details if decision.details.get(name)]
    return ", ".join(told) or decision.reason


def _lines(*parts: str) -> str:
    return "\n".join(_stripped(parts))


def _stripped(parts: Iterable[str]) -> Iterable[str]:
    return (part.strip() for part in parts if part.strip())


def _is_within(day: date, breach: Breach) -> bool:
    aware = breach.t0.astimezone(LONDON).date()
    leap = (aware.month, aware.day) == (2, 29)
    since = aware.replace(year=aware.year - _LOOK_BACK, day=28 if leap else aware.day)
    return since <= day <= aware
