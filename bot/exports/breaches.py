"""The register of breaches: every one of the school, near misses and those never reported to the ICO included."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NotTheirs, Outcome, Taken
from bot.exports.case_of import breaches_of, is_open_to
from bot.exports.who import Names, iso, name, yes_no
from bot.exports.writing import Format, written
from policy.breach.case import Breach
from policy.breach.criteria import Criterion
from policy.breach.events import Matter
from policy.breach.form_a import FORM_A
from policy.breach.form_b import form_b
from policy.breach.milestones import REVIEW_WITHIN
from policy.breach.status import ico_says, runs, status_of
from policy.clocks.breach import breach_clock
from policy.clocks.local_time import london
from policy.forms import shown
from policy.roles import Role
from storage import cases, people
from storage.cases import CaseKind

HEADING: Final = (
    *("number", "status", "school", "opened_at", "aware_at", "ico_by", "hours_left", "reporter", "form_a_signed_at"),
    *("acknowledged_at", "acknowledged_by", "near_miss", "child_at_risk", "ico_decision", "ico_decided_at"),
    *("ico_sent_at", "ico_reference", "subjects_decision", "subjects_told_at", "police", "others", "review_due"),
    *("closed_at", "what_happened", "effects", "action_taken", "ico_reason"),  # facts B-R9: of every breach
)
_FORM_B: Final = form_b(late=True)
_WHOSE: Final = frozenset({Role.DPO, Role.HEADTEACHER, Role.ACADEMY_LEADER})  # domain 8; governors have counts only


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write the register, without the cases in which the reader has a part of their own."""
    if asked.roles.isdisjoint(_WHOSE):
        return NotTheirs()
    found = await cases.at_schools(session, [asked.school.id], CaseKind.BREACH)
    breaches = await breaches_of(session, {case.number: case.school_id for case in found})
    open_to = [breach for breach in breaches if is_open_to(breach, asked)]
    names = await _names(session, asked.school.id, open_to)
    body = rows(open_to, school=asked.school.code, names=names, now=asked.now)
    return Taken(written(HEADING, body, Format(asked.form)), {"cases": len(body)})


def rows(breaches: Iterable[Breach], *, school: str, names: Names, now: datetime) -> list[Sequence[object]]:
    """Return the rows under HEADING: instants in ISO 8601 as London's clocks show them, claims as yes or no."""
    return [_row(breach, school, names, now) for breach in breaches]


def _row(breach: Breach, school: str, names: Names, now: datetime) -> Sequence[object]:
    clock = breach_clock(breach.t0, max(now, breach.t0))
    ico, says = breach.decisions.get(Matter.ICO), ico_says(breach)
    acknowledged = breach.acknowledged_at is not None
    return (
        breach.number,
        status_of(breach).value,
        school,
        iso(breach.opened_at),
        iso(breach.t0),
        iso(clock.ico_by),
        clock.hours_left if runs(breach) else "",
        name(names, breach.reporter),
        iso(breach.signed_at),
        iso(breach.acknowledged_at),
        name(names, breach.acknowledged_by) if acknowledged else "",
        yes_no(breach.near_miss),
        yes_no(breach.child_at_risk),
        "" if says is None else yes_no(says),
        iso(ico.at) if ico is not None and says is not None else "",
        iso(breach.ico_sent_at),
        breach.ico_reference,
        _outcome(breach, Matter.SUBJECTS),
        iso(breach.subjects_told_at),
        _outcome(breach, Matter.POLICE, "force", "reference"),
        _others(breach),
        _review_due(breach),
        iso(breach.closed_at or breach.withdrawn_at),
        _said(breach, "2a", "what") or breach.words,
        _said(breach, "3d", "") or _weighed(breach),
        _said(breach, "4a", "actions"),
        ico.reason if ico is not None else breach.withdrawn,
    )


def _said(breach: Breach, on_b: str, on_a: str) -> str:
    """Return an answer: of the last Form B, else of Form A."""
    later = breach.form_b[-1].answers if breach.form_b else {}
    for form, answers, wanted in ((_FORM_B, later, on_b), (FORM_A, breach.form_a or {}, on_a)):
        for field in form.fields:
            if field.name == wanted and field.name in answers:
                return shown(field, answers[wanted])
    return ""


def _weighed(breach: Breach) -> str:
    return (breach.criteria or {}).get(Criterion.DAMAGE, {}).get("note", "")


def _outcome(breach: Breach, matter: Matter, *details: str) -> str:
    decision = breach.decisions.get(matter)
    if decision is None:
        return ""
    more = ", ".join(filter(None, (decision.details.get(detail, "") for detail in details)))
    return f"{decision.outcome}: {more}" if more else decision.outcome


def _others(breach: Breach) -> str:
    known = [f"{organisation}, told {iso(at)}" for organisation, at in breach.others_told]
    owed = [f"{organisation}, to be told{f' by {iso(by)}' if by else ''}" for organisation, by in breach.owed.items()]
    return "; ".join((*known, *owed))


def _review_due(breach: Breach) -> str:
    """Two weeks after the decision that stands, or after the case was opened again (domain 2.6)."""
    decision = breach.decisions.get(Matter.ICO)
    if decision is None or ico_says(breach) is None:
        return ""
    since = max(decision.at, breach.reopened_at or decision.at)
    return london(since + REVIEW_WITHIN).date().isoformat()


async def _names(session: AsyncSession, school_id: int, breaches: Iterable[Breach]) -> Names:
    known = {person.id: person.display_name for person in await people.at_school(session, school_id)}
    named = {one for breach in breaches for one in (breach.reporter, breach.acknowledged_by) if one is not None}
    for gone in sorted(named - known.keys()):
        if (person := await people.by_id(session, gone)) is not None:
            known[gone] = person.display_name
    return known
