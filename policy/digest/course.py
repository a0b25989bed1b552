"""How things went from week to week: what was counted for one reader, drawn as a chart or told as figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from policy.digest.counts import Count

FEWEST: Final = 3  # weeks that show a course
MOST: Final = 8  # weeks that fit a phone
LINES: Final[Mapping[Count, str]] = {Count.BREACHES_OPEN: "Breaches open", Count.REQUESTS_OPEN: "Requests open"}


@dataclass(frozen=True, slots=True)
class Course:
    """Weeks in order, each by its day, and each line's (name, a figure a week)."""

    weeks: tuple[date, ...]
    lines: tuple[tuple[str, tuple[int, ...]], ...]


def course(history: Mapping[date, Mapping[str, int]], now: Mapping[Count, int], *, today: date) -> Course | None:
    """Return the last weeks up to today; None where too few were counted, or there was nothing to count."""
    known = [*sorted(history.items()), (today, {what.value: count for what, count in now.items()})][-MOST:]
    if len(known) < FEWEST:
        return None
    lines = tuple((name, tuple(counts.get(what.value, 0) for _, counts in known)) for what, name in LINES.items())
    return Course(tuple(week for week, _ in known), lines) if any(any(row) for _, row in lines) else None


def figures(course: Course, days: Sequence[str]) -> str:
    """Tell it without a picture; `days` are the weeks in words."""
    each = (f"{name.lower()} {', '.join(map(str, row))}" for name, row in course.lines)
    return f"From {days[0]} to {days[-1]}, {'; '.join(each)}."
