"""Says, when a request is logged, that its day falls into the holidays: the month takes no notice of them."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from policy.calendar import long_date
from policy.clocks.school_days import Term

ASKED_THE_DPO: Final = "The day to answer by is in the school holidays, so I've asked the DPO who is on duty then."


def holiday_guard(target: date | None, terms: Sequence[Term]) -> str | None:
    """Say that nobody may be at school on the target, and ask who is on duty; None where somebody is.

    `terms` are first and last days. Where they end before the target nothing is known, and nothing is said.
    """
    if target is None or not terms:
        return None
    inside = any(first <= target <= last for first, last in terms)
    ahead = min((first for first, _ in terms if first > target), default=None)
    if inside or ahead is None or target < min(first for first, _ in terms):
        return None
    return (
        f"{long_date(target)} is in the school holidays, and the month runs through them. School starts again on "
        f"{long_date(ahead)}. Who is on duty, and who sends the answer?"
    )
