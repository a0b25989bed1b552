"""The digest's lines about cases: codes and counts, whoever they are about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from policy.calendar import long_date
from policy.clocks.local_time import london
from policy.digest.counts import Count
from policy.digest.seen import BreachSeen, IncidentSeen, RequestSeen
from policy.digest.trend import trend
from policy.digest.week import SchoolWeek
from policy.digest.wording import codes, compared, counted, groups, lines, sentence
from policy.incident.kinds import IncidentKind
from policy.incident.status import Status

SOON: Final = timedelta(days=14)
_MOST_DUE: Final = 2
# Safeguarding causes are never named here, however many there are (domain 9).
UNNAMED: Final = frozenset({IncidentKind.ILLEGAL, IncidentKind.GROOMING, IncidentKind.OTHER})
KINDS: Final[Mapping[IncidentKind, str]] = {
    IncidentKind.EXPOSURE: "of something unsuitable seen by accident",
    IncidentKind.PUPIL_MISUSE: "of misuse by pupils",
    IncidentKind.STAFF_MISUSE: "of misuse by staff",
    IncidentKind.BULLYING: "of bullying",
    IncidentKind.THREATENING_MAIL: "of threatening messages",
    IncidentKind.SPAM: "of spam or phishing",
    IncidentKind.FILTER: "of the filter",
    IncidentKind.SECURITY: "of accounts and network",
    IncidentKind.SOCIAL_MEDIA: "of social media",
    IncidentKind.DEVICE_MISUSE: "of devices",
}


def breaches(week: SchoolWeek, counts: Mapping[Count, int], before: Mapping[str, int]) -> tuple[str, ...]:
    """Open, new, the tightest clock, overdue, what waits to be decided, reviews overdue, and how the term goes."""
    new = sum(one.is_new for one in week.breaches)
    late, tightest = _clocks(week)
    undecided = [one.number for one in week.breaches if one.is_undecided]
    reviews = [one.number for one in week.breaches if one.review_is_late]
    return lines(
        sentence(_open(counts, before, Count.BREACHES_OPEN), f"{new} new" if new else ""),
        sentence(
            f"past the 72 hours: {codes([one.number for one in late])}" if late else "",
            f"least time left: case {tightest.number}, {tightest.hours_left:.1f} of 72 hours" if tightest else "",
        ),
        sentence(
            f"no decision about the ICO yet: {codes(undecided)}" if undecided else "",
            f"review overdue: {codes(reviews)}" if reviews else "",
        ),
        *trend(week.trend),
    )


def requests(week: SchoolWeek, counts: Mapping[Count, int], before: Mapping[str, int]) -> tuple[str, ...]:
    """Open, due soon, extended, overdue, waiting for whoever asked; never what is in them."""
    open_ = [one for one in week.requests if one.is_open and not one.is_of_footage]
    late = [one.number for one in open_ if one.due is not None and one.due < week.today]
    soon = sorted(_soon(open_, week.today), key=lambda one: (one.due or week.today, one.number))
    named = [f"case {one.number} from {one.who}, by {long_date(one.due)}" for one in soon if one.due][:_MOST_DUE]
    rest = len(soon) - len(named)
    return lines(
        sentence(
            _open(counts, before, Count.REQUESTS_OPEN),
            _some(sum(one.is_new for one in open_), "new"),
            _some(sum(one.is_extended for one in open_), "extended"),
            _some(sum(one.is_waiting for one in open_), "waiting for whoever asked"),
        ),
        sentence(f"overdue: {codes(late)}" if late else ""),
        sentence(f"due within 14 days: {', '.join(named)}{f', and {rest} more' if rest else ''}" if named else ""),
    )


def footage(week: SchoolWeek, counts: Mapping[Count, int], before: Mapping[str, int]) -> tuple[str, ...]:
    """Count requests for footage, the only part of CCTV that is recorded here; how many are releases to others."""
    count = counts[Count.FOOTAGE_OPEN]
    compare = compared(count, before.get(Count.FOOTAGE_OPEN))
    releases = sum(one.is_release and one.is_open for one in week.requests)
    first = f"{counted(count, 'request')} for footage open{compare}" if count or compare else ""
    return lines(sentence(first, f"{releases} to give it to somebody outside" if releases else ""))


def online(week: SchoolWeek, counts: Mapping[Count, int], before: Mapping[str, int]) -> tuple[str, ...]:
    """Incidents by kind and status; of what may be illegal, how many and nothing else."""
    named = [one for one in week.incidents if not one.is_illegal]
    open_ = [one for one in named if one.is_open]
    untouched = sum(one.status is Status.OPEN for one in open_)
    patterns = sum(one.is_pattern for one in named)
    audited = max((one.audited_at for one in week.incidents if one.audited_at is not None), default=None)
    return lines(
        sentence(
            _open(counts, before, Count.INCIDENTS_OPEN),
            _some(sum(one.is_new for one in named), "new"),
            f"nobody on {untouched} of them yet" if untouched else "",
            f"{patterns} part of a pattern" if patterns else "",
        ),
        sentence(by_kind(named)),
        sentence(f"that may be illegal to hold: {counts[Count.ILLEGAL]}" if counts[Count.ILLEGAL] else ""),
        sentence(f"last audited on {long_date(london(audited).date())}" if audited else ""),
    )


def by_kind(incidents: Sequence[IncidentSeen]) -> str:
    """Count incidents by what they were of, as far as that may be said."""
    kinds = Counter(KINDS[one.kind] for one in incidents if one.kind not in UNNAMED)
    return groups(kinds, others="of other kinds", unnamed=len(incidents) - kinds.total())


def _open(counts: Mapping[Count, int], before: Mapping[str, int], what: Count) -> str:
    count = counts[what]
    compare = compared(count, before.get(what))
    return f"{count} open{compare}" if count or compare else ""


def _some(count: int, what: str) -> str:
    return f"{count} {what}" if count else ""


def _clocks(week: SchoolWeek) -> tuple[list[BreachSeen], BreachSeen | None]:
    running = sorted(
        (one for one in week.breaches if one.hours_left is not None), key=lambda one: (one.hours_left or 0, one.number)
    )
    late = [one for one in running if (one.hours_left or 0) < 0]
    return late, next((one for one in running if one not in late), None)


def _soon(requests: list[RequestSeen], today: date) -> list[RequestSeen]:
    return [one for one in requests if one.due is not None and today <= one.due <= today + SOON]
