"""`[retention]` in the school's file: how long what is kept (policy/retention.py has the proposals)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from policy.retention import OUTER_LIMIT, Periods

PREFIX: Final = "retention."
_MOST_MONTHS: Final = 240
_MOST_YEARS: Final = 50


def _whole(unit: str, most: int, because: str = "") -> Callable[[Any], int]:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            raise ValueError(f"It must be a whole number of {unit}, from 1 to {most}{because}.")
        return value

    return read


_months: Final = _whole("months", _MOST_MONTHS)
# The key in the school's file -> where it goes, and how it is read
KEYS: Final[dict[str, tuple[str, Callable[[Any], Any]]]] = {
    f"{PREFIX}{name}": (f"{PREFIX}{name}", read)
    for name, read in (
        ("questions_months", _months),
        ("register_months", _months),
        ("letters_months", _months),
        ("cases_years", _whole("years", _MOST_YEARS)),
        ("leavers_months", _whole("months", OUTER_LIMIT, ": the policy lets nothing of a leaver stay longer")),
        ("staff_months", _months),
    )
}


def gathered(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Put the periods among what was chosen into one value, as SchoolRules has them."""
    periods = {name.removeprefix(PREFIX): value for name, value in chosen.items() if name.startswith(PREFIX)}
    rest = {name: value for name, value in chosen.items() if not name.startswith(PREFIX)}
    return {**rest, "retention": Periods(**periods)} if periods else rest
