"""Stretches of time as people say them: "next week", "end of term", "in two weeks"."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from policy.understanding.words import word_set

NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"a": 1, "an": 1, "couple": 2, "few": 3}
UNITS: Final = word_set("day days week weeks month months fortnight fortnights term terms year years")
SEASONS: Final = {"autumn": (12, 20), "winter": (2, 28), "spring": (3, 31), "summer": (8, 31)}
_LASTING: Final = frozenset({"week", "month", "term", "year", "weekend", "fortnight", "half term"})
_MOST_DIGITS: Final = 3  # of days or years ahead that anybody plans for
_SEPTEMBER: Final = 9  # the academic year begins


@dataclass(frozen=True, slots=True)
class Found:
    """A day and the words, from one place to another, that said it."""

    start: int
    end: int
    on: date | None  # None: a day that cannot be
    gone: bool = False
    dated: bool = False  # said with its year


def day_of(number: int, month: int, year: int, today: date) -> date | None:
    """Give the day, the next such day where no year was said; None where there is none (31/02, 3/25)."""
    try:
        if year:
            return date(year, month, number)
        on = date(today.year, month, number)
        return on if on >= today else date(today.year + 1, month, number)
    except ValueError:
        return None


def next_day(month_and_day: tuple[int, int], today: date) -> date | None:
    """Give the next such day of the year."""
    return day_of(month_and_day[1], month_and_day[0], 0, today)


def following(keys: tuple[str, ...], at: int, today: date) -> Found | None:
    """Read "next week", "this term", "last year": the last day of it, or a day gone by."""
    key, end = keys[at], at + 2
    unit = keys[at + 1] if at + 1 < len(keys) else ""
    if unit in {"academic", "school"} and keys[at + 2 : at + 3] == ("year",):
        unit, end = "year", at + 3
    if unit == "half" and keys[at + 2 : at + 3] == ("term",):
        unit, end = "half term", at + 3
    if unit not in _LASTING and unit not in SEASONS:
        return None
    if key == "last":
        return Found(at, end, today, gone=True)
    if unit in SEASONS:
        return Found(at, end, next_day(SEASONS[unit], today))
    return Found(at, end, _this(unit, today) if key == "this" else _next(unit, today))


def _this(unit: str, today: date) -> date:
    match unit:
        case "week":
            return max(today, today + timedelta(4 - today.weekday()))
        case "weekend":
            return today + timedelta((5 - today.weekday()) % 7)
        case _:
            return today


def _next(unit: str, today: date) -> date:  # noqa: PLR0911  one line a span
    match unit:
        case "week":
            return today + timedelta(11 - today.weekday())
        case "weekend":
            return today + timedelta(12 - today.weekday())
        case "fortnight":
            return today + timedelta(14)
        case "half term":
            return today + timedelta(70)
        case "month":
            year, month = divmod(today.year * 12 + today.month, 12)
            return date(year, month + 1, monthrange(year, month + 1)[1])
        case "term":
            return _next_term(today)
        case _:  # "next year": the next academic year, for which no form exists yet
            return date(today.year + (today.month >= _SEPTEMBER), 9, 1)


def _next_term(today: date) -> date:
    if today.month >= _SEPTEMBER:
        return date(today.year + 1, 1, 31)
    if today.month <= 3:  # noqa: PLR2004  spring
        return date(today.year, 4, 30)
    return date(today.year, 9, 30)


def season(name: str, what: str, today: date) -> date | None:
    """Read "summer term", "summer holidays": the last day of it."""
    return next_day((7, 20) if (name, what) == ("summer", "term") else SEASONS[name], today)


def counted(keys: tuple[str, ...], at: int, today: date) -> Found | None:
    """Read "in two weeks", "3 days ago"."""
    before = keys[at - 1] if at else ""
    unit = keys[at + 1].removesuffix("s")
    if keys[at + 2 : at + 3] == ("ago",):
        return Found(at, at + 3, today, gone=True)
    later = keys[at + 2 : at + 3] in {("time",), ("from",), ("later",), ("today",)}
    if before not in {"in", "within", "after"} and not later:
        return None
    if keys[at].isdecimal() and len(keys[at]) > _MOST_DIGITS:
        return Found(at, at + 2, None)
    count = NUMBERS[keys[at]] if keys[at] in NUMBERS else int(keys[at])
    length = {"day": 1, "week": 7, "fortnight": 14, "month": 31, "term": 120, "year": 366}[unit]
    return Found(at, at + 2, today + timedelta(count * length))


def end_of(keys: tuple[str, ...], at: int, today: date) -> Found | None:
    """Read "end of term", "end of the month"."""
    rest = [key for key in keys[at + 2 : at + 5] if key not in {"the", "this"}]
    match rest[:1]:
        case ["term"]:
            ends = (date(today.year, 4, 15), date(today.year, 7, 31), date(today.year, 12, 31))
            return Found(at, at + 3, next(on for on in ends if on >= today))
        case ["month"]:
            return Found(at, at + 3, today.replace(day=monthrange(today.year, today.month)[1]))
        case ["year"]:
            return Found(at, at + 3, date(today.year + (today.month >= _SEPTEMBER), 8, 31))
        case ["week"]:
            return Found(at, at + 3, max(today, today + timedelta(4 - today.weekday())))
        case _:
            return None
