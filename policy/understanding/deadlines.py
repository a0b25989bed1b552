"""Questions for one deadline of one case, with a date to count from: the clocks answer them (contract 4)."""

import re
from functools import lru_cache
from typing import Final

from policy.understanding.telling import Pattern, Tale, patterns
from policy.understanding.words import word_set

_MONTHS: Final = word_set(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec
    """
)
_DAY: Final = re.compile(r"\d{1,4}(?:st|nd|rd|th|am|pm)?")


def is_deadline(tale: Tale) -> bool:
    """Whether it is; without a date it is a question about the rules."""
    return tale.tells(_due()) and (tale.signs.date or tale.has("dateish") or _dated(tale.keys))


def _dated(keys: tuple[str, ...]) -> bool:
    numbers = [_DAY.fullmatch(key) is not None and key not in {"72", "30", "4"} for key in keys]
    months = [key in _MONTHS for key in keys]
    return any(months[at] and any(numbers[max(0, at - 2) : at + 3]) for at in range(len(keys))) or sum(numbers) > 1


@lru_cache(maxsize=1)
def _due() -> tuple[Pattern, ...]:
    return patterns("""
        due matter
        until began
    """)
