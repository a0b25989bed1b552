"""A term, week by week: what was open, what was new, what was asked. What governors' paper draws."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from policy.digest.occasion import WEEK, midnight

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lasted:
    """A case: from when to when, and whom it concerns."""

    opened_at: datetime
    closed_at: datetime | None
    concerned: frozenset[int]


@dataclass(frozen=True, slots=True)
class TermWeek:
    """One week's figures: open at its end, opened in it. `monday` is its first day."""

    monday: date
    breaches_open: int
    breaches_new: int
    requests_open: int
    requests_new: int
    questions: int


def weeks_of(
    began: date,
    until: datetime,
    *,
    breaches: Sequence[Lasted],
    requests: Sequence[Lasted],
    asked: Sequence[datetime],
    readers: Collection[int],
) -> tuple[TermWeek, ...]:
    """Count each week from the one in which the term began; the last ends `until`.

    A case in which one of the readers has a part is in none of the figures (domain 9).
    """
    ours, theirs = _open_to(breaches, readers), _open_to(requests, readers)
    return tuple(
        TermWeek(
            monday,
            sum(_is_open(one, end) for one in ours),
            sum(start <= one.opened_at < end for one in ours),
            sum(_is_open(one, end) for one in theirs),
            sum(start <= one.opened_at < end for one in theirs),
            sum(start <= at < end for at in asked),
        )
        for monday, start, end in _weeks(began, until)
    )


def _weeks(began: date, until: datetime) -> Iterable[tuple[date, datetime, datetime]]:
    monday = began - began.weekday() * _DAY
    while (start := midnight(monday)) < until:
        yield monday, start, min(midnight(monday + WEEK), until)
        monday += WEEK


def _is_open(one: Lasted, at: datetime) -> bool:
    return one.opened_at < at and (one.closed_at is None or one.closed_at >= at)


def _open_to(cases: Sequence[Lasted], readers: Collection[int]) -> tuple[Lasted, ...]:
    return tuple(one for one in cases if one.concerned.isdisjoint(readers))
