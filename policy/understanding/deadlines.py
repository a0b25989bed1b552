"""Questions for one deadline of one case, with a date to count from: the clocks answer them (contract 4)."""

import re
from functools import lru_cache
from typing import Final

from policy.understanding.telling import Pattern, Tale, patterns
from policy.understanding.tellwords import meanings
from policy.understanding.words import word_set

_MONTHS: Final = word_set(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec
    """
)
_ASKS_WHEN: Final = re.compile(
    r"(?:(?:please|hi|hello|so|and|um|by|until|on|tell|me|can|you|quick|one) )*"
    r"(?:how many (?:\w+ )?days|days (?:left|remaining|to go)|time (?:left|remaining)|how long|what date|which date"
    r"|what day|which day|what(?:s| is)? the (?:last |latest |final |due )?(?:day|date|deadline)|when|whens|due date"
    r"|deadline|last day)\b"
)
_OWED: Final = word_set("request sar dsar reply response answer")
_KINDS: Final = word_set("records record access data subject rights information deletion erasure formal")
_TITLES: Final = word_set("mr mrs ms miss dr")
_KEEPING: Final = word_set("keep kept keeping retain retained store stored retention file filed")
_BEFORE: Final = word_set("the on for of till until to with")
_AFTER: Final = word_set("be go goes have has need needs is due leave out")
_ANY: Final = word_set("a an any each every all another")
_NO_NAMES: Final = word_set(
    """
    next second third early earliest new initial typical normal standard average usual big such annual yearly termly
    monthly weekly daily automatic holding
    """
)
_SHORTEST_NAME: Final = 3
_DAY: Final = re.compile(r"\d{1,4}(?:st|nd|rd|th|am|pm)?")


def is_deadline(tale: Tale) -> bool:
    """Whether it is; without a date, and about nobody's request, it is a question about the rules."""
    dated = tale.signs.date or tale.has("dateish") or _dated(tale.keys)
    return (tale.tells(_due()) and dated) or _of_one_case(tale.keys)


def _of_one_case(keys: tuple[str, ...]) -> bool:
    """Whether it asks by when one person's case is due: "days left on Mrs Lim's request", "the Diaz reply"."""
    if _ASKS_WHEN.match(" ".join(keys)) is None or not _KEEPING.isdisjoint(keys) or _OWED.isdisjoint(keys):
        return False
    if any(key in _TITLES for key in keys[:-1]):
        return True
    return any(
        (key in _OWED and _is_somebodys(keys, at)) or (key == "family" and _could_be_name(keys[at - 1]))
        for at, key in enumerate(keys)
    )


def _is_somebodys(keys: tuple[str, ...], at: int) -> bool:
    whose = at - 1
    while whose > 0 and keys[whose] in _KINDS:
        whose -= 1
    if whose < 1 or not _could_be_name(keys[whose]):
        return False
    after = keys[at + 1] if at + 1 < len(keys) else ""
    return keys[whose - 1] in _BEFORE or (after in _AFTER and keys[whose - 1] not in _ANY)


def _could_be_name(key: str) -> bool:
    return key.isalpha() and len(key) >= _SHORTEST_NAME and key not in meanings().words and key not in _NO_NAMES


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
