"""Days and times as people say them of what happened: "yesterday at 3", "half past two", "Friday 14:30", "an hour ago".

`policy/understanding/days.py` reads ahead, for pictures still to be taken; a form mostly asks about what is past.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from policy.filled import FIRST_YEAR, instant_of

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_COUNTS: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7} | {
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "couple": 2,
    "few": 3,
    "half an": 0.5,
}
_COUNT: Final = (
    r"(\d{1,3}|half an|an?(?: couple of| few)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
)
_MONTH: Final = rf"(?:{'|'.join(_MONTHS)})[a-z]*"
_NAMED: Final = {
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "yesterday": -1,
    "last night": -1,
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "this lunchtime": 0,
    "tomorrow": 1,
}
_DATES: Final = tuple(  # the day, month and year of each way to write them; the first that is found counts
    re.compile(way)
    for way in (
        r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:t(?=\d)|(?!\d))",
        r"\b(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}|\d{2})\b",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{_MONTH})\b(?:,? (?P<y>\d{{4}})\b)?",
        rf"\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y>\d{{4}})\b)?",
        r"\b(?P<d>\d{1,2})/(?P<m>\d{1,2})\b(?!/)",
    )
)
_WEEKDAY: Final = re.compile(r"\b(?:(last|this|next) )?(mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day|[rs]{0,2})\b")
_AGO: Final = re.compile(rf"\b{_COUNT} (min(?:ute)?|hour|hr|day|week|month)s? ago\b")
_IN: Final = re.compile(rf"\bin {_COUNT} (day|week|month)s?(?: time)?\b")
_NOW: Final = re.compile(r"^(?:just |right )?now$|^just a moment ago$")
_CLOCK: Final = re.compile(r"\b(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s?([ap])?\.?(?:m\b)?")
_HOUR: Final = re.compile(r"\b(\d{1,2})\s?(?:o'?clock\b(?:\s?([ap])\.?m\b)?|([ap])\.?m\b)")
_AT: Final = re.compile(r"\b(?:at|about|around|approximately|roughly|circa|by|since|@|~)\s?(\d{1,2})(?!\d)")
_PAST_TO: Final = re.compile(
    r"\b(half|quarter|\d{1,2}|five|ten|twenty) (past|to) (\d{1,2}|[a-z]+)\b(?:\s?([ap])\.?m\b)?"
)
_SPELT: Final = re.compile(r"\b(?:at|about|around) (one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b")
_NOONS: Final = {"midday": time(12), "noon": time(12), "lunchtime": time(12, 30), "midnight": time(0)}
_AFTERNOON: Final = re.compile(r"p\.?m\b|\b(?:1[3-9]|2\d)[:.]\d|afternoon|evening|night")  # said in so many words
_HOUR_LONG: Final = 60  # minutes
_MORNING_FROM: Final = 7  # a bare "3" at a school is the afternoon, a bare "9" the morning


@dataclass(frozen=True, slots=True)
class DayOnly:
    """A day without its time."""

    on: date


def day_said(words: str, today: date, *, past: bool) -> date | None:
    """Return the day that was said; without its year the last such day where `past`, else the next."""
    found = _day(_plain(words), today, past=past)
    return None if found is None else found[0]


def moment_said(words: str, now: datetime, zone: ZoneInfo, *, past: bool) -> datetime | DayOnly | None:
    """Return the instant that was said, in UTC; a time alone is today's, or yesterday's where it is yet to come."""
    said = _plain(words)
    if _NOW.search(said):
        return now
    ago = _AGO.search(said)
    if ago and ago[2] in {"min", "minute", "hour", "hr"}:
        return now - _span(ago[1], 60 if ago[2].startswith("h") else 1)
    local = now.astimezone(zone)
    found = _day(said, local.date(), past=past)
    oclock = _time(said if found is None else found[1])
    if oclock is None:
        return None if found is None else DayOnly(found[0])
    at = instant_of(local.date() if found is None else found[0], oclock, zone)
    if past and at > now:
        if found is None:
            return instant_of(local.date() - timedelta(days=1), oclock, zone)
        if oclock.hour > 12 and not _AFTERNOON.search(said):  # noqa: PLR2004  "today at 5:30", said in the morning
            return instant_of(found[0], oclock.replace(hour=oclock.hour - 12), zone)
    return at


def _day(said: str, today: date, *, past: bool) -> tuple[date, str] | None:
    """Return the day and the words without it."""
    for words, days in _NAMED.items():
        if re.search(rf"\b{words}\b", said):
            return today + timedelta(days=days), said.replace(words, " ", 1)
    if found := next(filter(None, (way.search(said) for way in _DATES)), None):
        on = _dated(found.groupdict(), today, past=past)
        return None if on is None else (on, _without(said, found))
    if found := _AGO.search(said):
        return today - _span(found[1], _MINUTES[found[2]]), _without(said, found)
    if found := _IN.search(said):
        return today + _span(found[1], _MINUTES[found[2]]), _without(said, found)
    if found := _WEEKDAY.search(said):
        return _weekday(found[1] or "", _WEEKDAYS.index(found[2]), today, past=past), _without(said, found)
    return None


_MINUTES: Final = {"min": 1, "minute": 1, "hour": 60, "hr": 60, "day": 1440, "week": 10_080, "month": 43_200}


def _dated(said: dict[str, str | None], today: date, *, past: bool) -> date | None:
    """Make the day of what was written; None where there is none, such as 31/02."""
    year, month, day = said.get("y"), said["m"] or "", int(said["d"] or 0)
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3]) + 1
    try:
        if year:
            on = date(int(year) if len(year) > 2 else 2000 + int(year), number, day)  # noqa: PLR2004  "27" is 2027
            return on if on.year >= FIRST_YEAR else None
        on = date(today.year, number, day)
        if past and on > today:
            return on.replace(year=today.year - 1)
        return on.replace(year=today.year + 1) if not past and on < today else on
    except ValueError:
        return None


def _weekday(lead: str, wanted: int, today: date, *, past: bool) -> date:
    behind = (today.weekday() - wanted) % 7 or 7
    ahead = (wanted - today.weekday()) % 7 or 7
    match lead:
        case "last":
            return today - timedelta(days=behind)
        case "next":
            return today + timedelta(days=7 - today.weekday() + wanted)  # the one of next week
        case "this":
            return today + timedelta(days=wanted - today.weekday())
        case _:
            return today - timedelta(days=behind) if past else today + timedelta(days=ahead)


def _time(said: str) -> time | None:  # noqa: PLR0911  one line a way of saying a time
    for words, oclock in _NOONS.items():
        if re.search(rf"\b{words}\b", said):
            return oclock
    if found := _PAST_TO.search(said):
        return _past_to(found[1], found[2], found[3], found[4])
    if found := _CLOCK.search(said):
        return _oclock(int(found[1]), int(found[2]), found[3], spelt=len(found[1]) > 1)
    if found := _HOUR.search(said):
        return _oclock(int(found[1]), 0, found[2] or found[3])
    if found := _AT.search(said):
        return _oclock(int(found[1]), 0, None)
    if found := _SPELT.search(said):
        return _oclock(int(_COUNTS[found[1]]), 0, None)
    rest = said.strip(" ,.")
    return _oclock(int(rest), 0, None) if rest.isdecimal() else None  # "Friday 3", or "9" by itself


def _past_to(minutes: str, way: str, hour: str, half: str | None) -> time | None:
    count = {"half": 30, "quarter": 15, "twenty": 20}.get(minutes) or int(_COUNTS.get(minutes, 0)) or int(minutes)
    number = int(hour) if hour.isdecimal() else int(_COUNTS.get(hour, 0))
    oclock = _oclock(number, 0, half) if number else None
    if oclock is None or count >= _HOUR_LONG:
        return None
    after_midnight = (oclock.hour * _HOUR_LONG + (count if way == "past" else -count)) % (24 * _HOUR_LONG)
    return time(*divmod(after_midnight, _HOUR_LONG))


def _oclock(hour: int, minute: int, half: str | None, *, spelt: bool = False) -> time | None:
    """Read an hour; without "am" or "pm" it is one of a school's day, unless it was written in four digits."""
    if half == "p" and hour < 12:  # noqa: PLR2004  noon
        hour += 12
    elif half == "a" and hour == 12:  # noqa: PLR2004  midnight
        hour = 0
    elif half is None and not spelt and 0 < hour < _MORNING_FROM:
        hour += 12
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _span(count: str, minutes: int) -> timedelta:
    words = count.removeprefix("a ").removesuffix(" of")
    return timedelta(minutes=round((int(words) if words.isdecimal() else _COUNTS.get(words, 1)) * minutes))


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("\u2019", "'").split())


def _without(said: str, found: re.Match[str]) -> str:
    return f"{said[: found.start()]} {said[found.end() :]}"
