"""Dates that cannot be: no deadline is worked out from them."""

from datetime import date
from typing import Final

FIRST_YEAR: Final = 2000  # of years before and after no list of bank holidays can be trusted
LAST_YEAR: Final = 2098


class RefusedDatesError(ValueError):
    """What was said cannot have happened so; the message tells a person what to look at."""


def refuse_out_of_reach(day: date) -> None:
    """Raise RefusedDatesError for a day whose deadline could not be worked out."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise RefusedDatesError(
            f"{day.isoformat()[:10]} is out of reach: dates are worked out from {FIRST_YEAR} to {LAST_YEAR}. "
            "Is the year right?"
        )
