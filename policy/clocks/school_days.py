"""Two clocks that count school days, beside the request for one's own data: a letter may start all three.

A parent's right to the educational record (SI 2005/1437 reg. 5; maintained schools only) and freedom of information
(FOIA 2000 s.10 and the regulations for schools).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from policy.clocks.refusal import RefusedDatesError
from policy.clocks.working_days import Division, is_working_day

RECORD_DAYS: Final = 15
FOI_SCHOOL_DAYS: Final = 20
FOI_WORKING_DAYS: Final = 60
_DAY: Final = timedelta(1)

Term = tuple[date, date]  # first and last day with pupils in


def educational_record_due(received: date, *, terms: Sequence[Term], division: Division) -> date:
    """Day by which a parent gets the record: the 15th school day after receipt.

    Raises RefusedDatesError where the terms that are known end before that.
    """
    due = _school_day(received, RECORD_DAYS, terms, division)
    if due is None:
        raise RefusedDatesError(f"The school's terms do not reach {RECORD_DAYS} school days past {received}. Add some.")
    return due


def foi_due(received: date, *, terms: Sequence[Term], division: Division) -> date:
    """Day by which an information request is answered: the 20th school day, and never after the 60th working day.

    A working day is one in every part of the kingdom at once. `terms` are those of the academy asked about; where they
    end too soon, the 60th working day is given.
    """
    last = received
    left = FOI_WORKING_DAYS
    while left:
        last += _DAY
        left -= all(is_working_day(last, part) for part in Division)
    return min(last, _school_day(received, FOI_SCHOOL_DAYS, terms, division) or last)


def _school_day(received: date, count: int, terms: Sequence[Term], division: Division) -> date | None:
    """Give the school day that is so many after receipt, or None where no term reaches it."""
    ends = max((last for _, last in terms), default=received)
    day = received
    while count and day < ends:
        day += _DAY
        count -= is_working_day(day, division) and any(first <= day <= last for first, last in terms)
    return None if count else day
