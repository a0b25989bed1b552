"""Days on which something came in. People say "on Friday" and "on 3 March" of days gone by; other talk looks ahead."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from policy.understanding.days import WEEKDAYS, days
from policy.understanding.spans import NUMBERS, Found
from policy.understanding.words import Message, word_set

_DAY: Final = timedelta(1)
_LENGTHS: Final = {"day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14, "fortnights": 14}
_STRETCHES: Final = word_set("week weeks month months term terms year years fortnight weekend")
_TODAY: Final = word_set("today tonight now currently tomorrow tmrw")
_FIRST_LETTERS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBER: Final = re.compile(r"\d{1,2}(?:st|nd|rd|th)?")

Place = tuple[int, date | None]  # where its first word stands, and the day; None where it cannot be told which


def days_gone(said: Message, today: date) -> tuple[Place, ...]:
    """Find every day that was said, in order: the latest such weekday, the nearest such date.

    Stretches of time ("in August", "last week") are days that cannot be told; "within a month" is no day at all.
    """
    return tuple(_read(said, sorted(days(said, today), key=_start), today))


def _start(one: Found) -> int:
    return one.start


def _read(said: Message, found: list[Found], today: date) -> Iterator[Place]:
    weekday: int | None = None  # "Friday" of "Friday 4 September"
    for one, after in zip(found, [*found[1:], None], strict=False):
        keys = said.keys[one.start : one.end]
        before = said.keys[one.start - 1] if one.start else ""
        if len(keys) == 1 and (number := _weekday(keys[0])) is not None:
            if after is not None and after.start - one.end <= 1:
                weekday = number
                continue
            yield one.start, one.on if before == "next" else _latest(number, today)
        elif keys == ("last", "week") and weekday is not None:
            yield one.start, today - timedelta(today.weekday() + 7 - weekday)
        elif one.gone:
            yield one.start, _gone(keys, today)
        elif keys[0] in _TODAY or keys[0] == "this":
            yield one.start, None if _STRETCHES & set(keys) else one.on
        elif any(_NUMBER.fullmatch(key) for key in keys):
            if not _STRETCHES & set(keys) and keys[-1] not in _LENGTHS:
                yield one.start, _dated(one, len(keys), weekday, today)
        elif before == "in":
            yield one.start, None  # "in August"
        weekday = None


def _gone(keys: tuple[str, ...], today: date) -> date | None:
    match keys:
        case ("yesterday",):
            return today - _DAY
        case ("last", name) if (number := _weekday(name)) is not None:
            return _latest(number, today - _DAY)
        case (count, unit, "ago") if unit in _LENGTHS and (count in NUMBERS or len(count) < 4):  # noqa: PLR2004  digits
            return today - timedelta(_LENGTHS[unit] * (NUMBERS[count] if count in NUMBERS else int(count)))
        case _:
            return None


def _dated(one: Found, words: int, weekday: int | None, today: date) -> date | None:
    """Give the nearest such date that is such a weekday, or the latest such day of a month."""
    if one.on is None or one.dated:
        return one.on if one.on is None or weekday in {None, one.on.weekday()} else None
    if words == 1:  # "the 3rd"
        back = [one.on - timedelta(ago) for ago in range(63)]
        return next((day for day in back if day <= today and day.day == one.on.day), None)
    years = [_year_before(one.on), one.on]
    fitting = [day for day in years if day is not None and weekday in {None, day.weekday()}]
    return min(fitting, key=lambda day: abs(day - today), default=None)


def _year_before(day: date) -> date | None:
    return None if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _weekday(key: str) -> int | None:
    """Monday is 0."""
    return _FIRST_LETTERS.index(key[:3]) if key in WEEKDAYS else None


def _latest(weekday: int, today: date) -> date:
    return today - timedelta((today.weekday() - weekday) % 7)
