"""What the time of year asks of a head: in the holidays and before the summer, who is on duty (people, headteacher)."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from policy.calendar import academic_year, academic_year_ends, long_date
from policy.clocks.school_days import Term

_BEFORE_SUMMER: Final = frozenset({6, 7})


def season(today: date, terms: Sequence[Term]) -> str:
    """Say it in a line; nothing in an ordinary school week, or where no terms are known.

    `terms` are first and last days.
    """
    if not terms:
        return ""
    if any(first <= today <= last for first, last in terms):
        return _summer(today, terms)
    ahead = min((first for first, _ in terms if first > today), default=None)
    if ahead is None:
        return (
            "The terms that I know are over, and every clock runs on. Who is on duty? Please have the new dates "
            "imported."
        )
    return f"School starts again on {long_date(ahead)}, and every clock runs through the holidays. Who is on duty?"


def term_began(today: date, terms: Sequence[Term]) -> date | None:
    """Return the first day of the term that it is, or in the holidays of the last one; None where none is known."""
    return max((first for first, _ in terms if first <= today), default=None)


def _summer(today: date, terms: Sequence[Term]) -> str:
    """In June and July ask early: nobody can be asked once they have left."""
    ends = [last for _, last in terms if academic_year(last) == academic_year(today)]
    if today.month not in _BEFORE_SUMMER or not ends or academic_year_ends(today) == max(ends):
        return ""
    return (
        f"School ends on {long_date(max(ends))}, and the clocks of breaches and requests run through August. "
        "Who is on duty, and does the DPO know?"
    )
