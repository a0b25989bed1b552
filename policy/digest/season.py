"""What the time of year asks of a head: in the holidays and before the summer, who is on duty (people, headteacher).

The bot cannot know who will answer the telephone in August. It knows whom it alerts, and says so in time to change it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from policy.calendar import academic_year, academic_year_ends, long_date
from policy.clocks.school_days import Term
from policy.labels import joined

_HALF_TERM: Final = timedelta(days=11)  # a week and its weekends; the shortest other holidays have two
_BEFORE_SUMMER: Final = frozenset({6, 7})


@dataclass(frozen=True, slots=True)
class Duty:
    """Whom the bot alerts, in its order: each post in words with who holds it; and a sentence for each post lent."""

    posts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    lent: tuple[str, ...] = ()


_NOBODY: Final = Duty()


def season(today: date, terms: Sequence[Term], duty: Duty = _NOBODY) -> str:
    """Say it in a few sentences; nothing in an ordinary school week, or where no terms are known.

    `terms` are first and last days.
    """
    if not terms:
        return ""
    if any(first <= today <= last for first, last in terms):
        return _summer(today, terms, duty)
    ahead = min((first for first, _ in terms if first > today), default=None)
    if ahead is None:
        return (
            f"The terms that I know are over, and every clock runs on. {_alerted(duty)} "
            "Please have the new dates imported."
        )
    return f"School starts again on {long_date(ahead)}; every clock runs through the holidays. {_alerted(duty)}"


def term_began(today: date, terms: Sequence[Term]) -> date | None:
    """Return the first day of the term that it is, or in the holidays of the last one; None where none is known.

    Two halves with no more than half-term between them are one term.
    """
    return max((first for first in _first_days(terms) if first <= today), default=None)


def _alerted(duty: Duty) -> str:
    """Name them, the post that nobody holds, and who stands in for whom."""
    held = [f"{joined(people)} ({post})" for post, people in duty.posts if people]
    empty = [post for post, people in duty.posts if not people]
    who = f"On duty, as far as I know: {joined(held)}." if held else "I know of nobody on duty."
    missing = [f"Nobody is entered as {joined(empty)}."] if held and empty else []
    return " ".join((who, *missing, *duty.lent))


def term_before(began: date, terms: Sequence[Term]) -> date | None:
    """Return the first day of the term before the one that began then; None where none is known."""
    return max((first for first in _first_days(terms) if first < began), default=None)


def _first_days(terms: Sequence[Term]) -> list[date]:
    first_days, ended = [], date.min
    for first, last in sorted(terms):
        if first - ended > _HALF_TERM:
            first_days.append(first)
        ended = max(ended, last)
    return first_days


def _summer(today: date, terms: Sequence[Term], duty: Duty) -> str:
    """In June and July ask early: nobody can be asked once they have left."""
    ends = [last for _, last in terms if academic_year(last) == academic_year(today)]
    if today.month not in _BEFORE_SUMMER or not ends or academic_year_ends(today) == max(ends):
        return ""
    return (
        f"School ends on {long_date(max(ends))}, and the clocks of breaches and requests run through August. "
        f"{_alerted(duty)} If somebody else is there in August, please tell the DPO now."
    )
