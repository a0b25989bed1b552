"""A request for exam marks that comes before the results are out (DPA 2018 Sch. 2 para. 25).

The two numbers stand in the Act of 1998 and were carried over; the DPO confirms them before they are relied on.
"""

from datetime import date, timedelta
from typing import Final

from policy.clocks.months import months_on

MONTHS: Final = 5
DAYS: Final = 40
_DAY: Final = timedelta(1)


def exam_marks_due(starts: date, *, announced: date) -> date:
    """Earlier of five months and of forty days, both beginning with their first day; never moved on, to be safe."""
    return min(months_on(starts, MONTHS) - _DAY, announced + (DAYS - 1) * _DAY)
