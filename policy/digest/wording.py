"""The few ways in which a digest counts: with last week beside it, as codes, and small groups held back."""

from collections.abc import Mapping, Sequence
from typing import Final

from policy.labels import joined

SMALL: Final = 3  # a group under this many is never named by its cause: a setting of ours (domain 9)
_MOST_CODES: Final = 5


def counted(count: int, one: str, many: str = "") -> str:
    """Say how many: "1 form", "2 forms"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def compared(count: int, before: int | None) -> str:
    """Say how that differs from last week, after a comma; nothing where last week is not known."""
    if before is None:
        return ""
    if count == before:
        return ", as many as last week" if count else ""
    return f", {abs(count - before)} {'more' if count > before else 'fewer'} than last week"


def codes(numbers: Sequence[int]) -> str:
    """Name cases by their numbers: "case 7", "cases 7, 9 and 12"."""
    if len(numbers) == 1:
        return f"case {numbers[0]}"
    rest = len(numbers) - _MOST_CODES
    named = [str(number) for number in numbers[:_MOST_CODES]]
    return f"cases {joined([*named, f'{rest} more'] if rest > 0 else named)}"


def groups(by_cause: Mapping[str, int], *, others: str, unnamed: int = 0) -> str:
    """Count by cause, the largest first; causes of fewer than three are one number together (domain 9).

    `unnamed` are further ones whose cause is never named. Nothing where no cause may be named.
    """
    large = sorted(((name, count) for name, count in by_cause.items() if count >= SMALL), key=lambda p: (-p[1], p[0]))
    rest = unnamed + sum(count for count in by_cause.values() if count < SMALL)
    said = [f"{count} {name}" for name, count in large]
    return ", ".join([*said, *([f"{rest} {others}"] if rest else [])]) if large else ""


def sentence(*parts: str) -> str:
    """Put what there is to say into one line: parts with a semicolon between, a full stop at the end."""
    said = "; ".join(part for part in parts if part)
    return f"{said[0].upper()}{said[1:]}." if said else ""


def lines(*each: str) -> tuple[str, ...]:
    """Return the lines that say something."""
    return tuple(one for one in each if one)
