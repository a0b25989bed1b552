"""Many schools on one card, a line each, those with something late first: what a DPO of several schools reads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from policy.digest.cases import SOON
from policy.digest.counts import Count, counts_of
from policy.digest.seen import BreachSeen, IncidentSeen, RequestSeen
from policy.digest.wants import Want, wants
from policy.digest.week import SchoolWeek
from policy.digest.wording import codes, counted, sentence

_NEVER: Final = 1_000.0  # hours: more than any breach's clock has


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One school's line; without words it has nothing to report. `apart` are cases kept from its head's digest."""

    school: str
    words: str
    is_late: bool
    hours_left: float
    first: Want | None  # the case to look at first
    apart: str = ""
    breaches: int = 0  # open ones, as the reader sees them
    requests: int = 0
    new: int = 0  # breaches of this week


def school_line(week: SchoolWeek, *, reader: int, heads: Collection[int] | None) -> SchoolLine:
    """Write a school's line for a reader; `heads` those who get its digest, None where that is not the reader's matter.

    The cases that concern a head come with it, unless they concern the reader as well (domain 9).
    """
    seen = week.seen_by(reader)
    counts = counts_of(seen)
    running = sorted(one.hours_left for one in seen.breaches if one.hours_left is not None)
    late = [one for one in seen.breaches if one.hours_left is not None and one.hours_left < 0]
    due = [one for one in seen.requests if one.due is not None and one.is_open]
    overdue = [one for one in due if one.due is not None and one.due < week.today]
    soon = sum(1 for one in due if one.due is not None and week.today <= one.due <= week.today + SOON)
    reviews = sum(one.review_is_late for one in seen.breaches)
    breaches, requests = counts[Count.BREACHES_OPEN], counts[Count.REQUESTS_OPEN] + counts[Count.FOOTAGE_OPEN]
    new = sum(one.is_new for one in seen.breaches)
    late_questions = counts.get(Count.ESCALATIONS_LATE, 0)
    words = sentence(
        f"past the 72 hours: {codes([one.number for one in late])}" if late else "",
        f"requests overdue: {codes([one.number for one in overdue])}" if overdue else "",
        f"{counted(breaches, 'breach', 'breaches')} open{f', {new} new' if new else ''}" if breaches else "",
        f"{running[0]:.1f} hours left on the tightest" if running and running[0] >= 0 else "",
        f"{counted(requests, 'request')} open" if requests else "",
        f"{soon} due within 14 days" if soon else "",
        f"{counted(reviews, 'review')} overdue" if reviews else "",
        f"{counted(late_questions, 'question')} with you for over 2 working days" if late_questions else "",
    )
    return SchoolLine(
        school=week.school,
        words=words,
        is_late=bool(late or overdue or reviews or late_questions),
        hours_left=running[0] if running else _NEVER,
        first=_first(seen),
        apart="" if heads is None else _apart(seen, heads),
        breaches=breaches,
        requests=requests,
        new=new,
    )


def sums(lines: Sequence[SchoolLine]) -> str:
    """Add the schools up in a sentence; nothing for one school, or where there is nothing to add."""
    breaches, requests, new = (sum(getattr(one, what) for one in lines) for what in ("breaches", "requests", "new"))
    late = sum(one.is_late for one in lines)
    if len(lines) == 1 or not breaches + requests + late:
        return ""
    return sentence(
        f"something is late at {late} of your {len(lines)} schools" if late else "nothing is late",
        f"open altogether: {counted(breaches, 'breach', 'breaches')}{f' ({new} new)' if new else ''}, "
        f"{counted(requests, 'request')}",
    )


def in_order(lines: Sequence[SchoolLine]) -> list[SchoolLine]:
    """Put what is late first, then whoever has least time, then by name; what has nothing to report comes last."""
    return sorted(lines, key=lambda one: (not one.words, not one.is_late, one.hours_left, one.school))


def _first(week: SchoolWeek) -> Want | None:
    """Choose what is late before what is not, and a breach before a request."""
    return next(iter(wants(replace(week, permissions=()))), None)


def _apart(week: SchoolWeek, heads: Collection[int]) -> str:
    cases = week.withheld(heads)
    named = [one.number for one in cases if isinstance(one, BreachSeen | RequestSeen)]
    incidents = sum(isinstance(one, IncidentSeen) for one in cases)
    return sentence(
        "" if heads else "no headteacher is entered, so nobody there gets a digest",
        f"not in the head's digest, by rule: {codes(named)}" if named else "",
        f"{counted(incidents, 'online-safety case')} kept apart as well" if incidents else "",
    )
