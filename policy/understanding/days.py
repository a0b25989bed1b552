"""The ways in which people say a day, one function a way: each gives the day, or that there is no such day."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from policy.understanding.spans import (
    NUMBERS,
    SEASONS,
    UNITS,
    Found,
    counted,
    day_of,
    end_of,
    following,
    next_day,
    season,
)
from policy.understanding.words import Message, word_set

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb febuary", "march mar", "april apr", "may", "june jun", "july jul"),
            *("august aug", "september sept sep", "october oct", "november nov", "december dec"),
        ),
        1,
    )
    for name in names.split()
}
_DAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday weds wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
_WORDS_THAT_ARE_DAYS: Final = frozenset({"sat", "sun", "wed", "mon"})
_MONTHS_THAT_ARE_WORDS: Final = frozenset(
    {"may", "march", "mar", "jan", "jun", "dec", "sep", "june", "april", "august"}
)
_TODAY: Final = word_set("today tonight now currently")
_TOMORROW: Final = word_set("tomorrow tmrw tmr tomoz tomorow tommorow tommorrow 2moro")
_NUMERIC: Final = re.compile(
    r"(?<![\w./-])(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})([/.-])(\d{1,2})(?:\5(\d{4}|\d{2}))?)(?![\w]|[./-]\d)"
)
_ORDINAL: Final = re.compile(r"^(\d{1,2})(st|nd|rd|th)?$")
_FEASTS: Final = {"christmas": (12, 25), "xmas": (12, 25), "easter": (4, 20)}
_YEARS: Final = word_set("year years yr y class classes")  # "year 3/4"
_MONTH_LEADS: Final = word_set("in by until during early late mid next this last since from till")
WEEKDAYS: Final = frozenset(_DAYS)
CALENDAR: Final = frozenset(_MONTHS) | frozenset(_DAYS) | frozenset(SEASONS) | frozenset(_FEASTS)


def days(said: Message, today: date) -> list[Found]:
    """Find every day that was said."""
    found = list(_numeric(said, today))
    taken = {i for one in found for i in range(one.start, one.end)}
    keys = said.keys
    at = 0
    while at < len(keys):
        one = None if at in taken else _at(said, keys, at, today)
        if one is not None:
            found.append(one)
            at = max(one.end, at + 1)
        else:
            at += 1
    return found


def _numeric(said: Message, today: date) -> list[Found]:
    if not any(c.isdecimal() for c in said.text):
        return []
    found = []
    for match in _NUMERIC.finditer(said.text):
        if match[1]:
            year, month, number = int(match[1]), int(match[2]), int(match[3])
        else:
            number, month = int(match[4]), int(match[6])
            if match[5] != "/" and not match[7]:
                continue  # "7.10" is a clause, "2-3" a few
            year = int(match[7]) if match[7] else 0
            year += 2000 if 0 < year < 100 else 0  # noqa: PLR2004  "27" is 2027
        places = [i for i, word in enumerate(said.words) if match.start() <= word.start < match.end()]
        if places and (not places[0] or said.words[places[0] - 1].key not in _YEARS):
            on = day_of(number, month, year, today)
            found.append(Found(places[0], places[-1] + 1, on, dated=bool(year)))
    return found


def _at(said: Message, keys: tuple[str, ...], at: int, today: date) -> Found | None:  # noqa: C901, PLR0911, PLR0912  one line a way of saying a day
    key = keys[at]
    before = keys[at - 1] if at else ""
    if key in _TODAY:
        return Found(at, at + 1, today)
    if key == "this" and keys[at + 1 : at + 2] and keys[at + 1] in {"morning", "afternoon", "evening", "lunchtime"}:
        return Found(at, at + 2, today)
    if key in _TOMORROW:
        return Found(at, at + 1, today + timedelta(2 if keys[max(0, at - 2) : at] == ("day", "after") else 1))
    if key == "yesterday":
        return Found(at, at + 1, today, gone=True)
    if key in _DAYS:
        return _numbered_weekday(keys, at, today) or _weekday(keys, at, before, today)
    if (key in NUMBERS or key.isdecimal()) and keys[at + 1 : at + 2] and keys[at + 1] in UNITS:
        return counted(keys, at, today)
    if (ordinal := _ORDINAL.match(key)) and not said.words[at].text.startswith("0"):
        return _day_of_month(keys, at, before, ordinal, today)
    if key in _MONTHS:
        return _month(said, keys, at, before, today)
    if key in {"next", "this", "last", "coming", "following"}:
        return following(keys, at, today)
    if key == "fortnight" and before in {"a", "in", "next"}:
        gone = keys[at + 1 : at + 2] == ("ago",)
        return Found(at - 1, at + 1, today if gone else today + timedelta(14), gone=gone)
    if key in SEASONS and keys[at + 1 : at + 2] in {("term",), ("holidays",), ("holiday",), ("break",)}:
        return Found(at, at + 2, season(key, keys[at + 1], today))
    if key in SEASONS and before == "in":
        return Found(at, at + 1, next_day(SEASONS[key], today))
    if key == "summer" and before in {"the", "over"} and at > 1 and _leads(keys, at):
        return Found(at, at + 1, day_of(31, 8, 0, today))
    if key in _FEASTS and before in {"at", "over", "until", "by", "after", "before", "for"}:
        month, number = _FEASTS[key]
        on = day_of(number, month, 0, today)
        return Found(at, at + 1, on + timedelta(21) if on and before == "after" else on)
    if key == "end" and keys[at + 1 : at + 2] == ("of",):
        return end_of(keys, at, today)
    if re.fullmatch(r"20\d\d", key) and before in {"in", "by", "until", "for", "september", "of"}:
        year = int(key)
        return Found(at, at + 1, max(date(year, 12, 31), today), gone=year < today.year)
    return None


def _leads(keys: tuple[str, ...], at: int) -> bool:
    # "over the summer", but not "for the summer fair"
    after = keys[at + 1] if at + 1 < len(keys) else ""
    return keys[at - 2] in _MONTH_LEADS | {"over", "for"} and after in {"", "holidays", "holiday", "and", "break"}


def _numbered_weekday(keys: tuple[str, ...], at: int, today: date) -> Found | None:
    """Read "Friday 4th", "Friday the 4th of June": no day where the weekday is another one."""
    place = at + 2 if keys[at + 1 : at + 2] == ("the",) else at + 1
    ordinal = _ORDINAL.match(keys[place]) if place < len(keys) else None
    if ordinal is None:
        return None
    month = place + 2 if keys[place + 1 : place + 2] == ("of",) else place + 1
    if month < len(keys) and keys[month] in _MONTHS:
        year, _ = _year(keys, month + 1)
        on = day_of(int(ordinal[1]), _MONTHS[keys[month]], year, today)
        return None if on is not None and on.weekday() == _DAYS[keys[at]] else Found(at, at + 1, None)
    if not ordinal[2] or keys[place + 1 : place + 2] == ("year",):
        return None
    on = _next_numbered(int(ordinal[1]), today)
    return Found(at, place + 1, on if on is not None and on.weekday() == _DAYS[keys[at]] else None)


def _weekday(keys: tuple[str, ...], at: int, before: str, today: date) -> Found | None:
    key = keys[at]
    if key in _WORDS_THAT_ARE_DAYS and before not in {"on", "next", "this", "last", "by", "until", "for", "and", "or"}:
        return None
    ahead = (_DAYS[key] - today.weekday()) % 7
    if before in {"last", "since"}:
        return Found(at - 1, at + 1, today, gone=True)
    if before == "this":
        return Found(at - 1, at + 1, today + timedelta(ahead))
    if before == "next":  # the one of next week
        return Found(at - 1, at + 1, today + timedelta(7 - today.weekday() + _DAYS[key]))
    ahead = ahead or 7
    if keys[at + 1 : at + 2] == ("week",) or keys[max(0, at - 3) : at] == ("a", "week", "on"):
        return Found(at, at + 1, today + timedelta(ahead + 7))
    return Found(at, at + 1, today + timedelta(ahead))


def _day_of_month(keys: tuple[str, ...], at: int, before: str, ordinal: re.Match[str], today: date) -> Found | None:
    number = int(ordinal[1])
    after = at + 1
    if keys[after : after + 1] == ("of",):
        after += 1
    if after < len(keys) and keys[after] in _MONTHS:
        year, end = _year(keys, after + 1)
        return Found(at, end, day_of(number, _MONTHS[keys[after]], year, today), dated=bool(year))
    if before in _MONTHS and (before not in _MONTHS_THAT_ARE_WORDS or ordinal[2] or at < 2 or keys[at - 2] == "on"):  # noqa: PLR2004  "May 4"
        year, end = _year(keys, at + 1)
        return Found(at - 1, end, day_of(number, _MONTHS[before], year, today), dated=bool(year))
    if ordinal[2] and before in {"the", "on", "until", "by"} and keys[at + 1 : at + 2] != ("year",):
        return Found(at, at + 1, _next_numbered(number, today))
    return None


def _next_numbered(number: int, today: date) -> date | None:
    for ahead in range(13):
        year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
        if 1 <= number <= monthrange(year, month + 1)[1] and (on := date(year, month + 1, number)) >= today:
            return on
    return None


def _year(keys: tuple[str, ...], at: int) -> tuple[int, int]:
    if at < len(keys) and re.fullmatch(r"20\d\d", keys[at]):
        return int(keys[at]), at + 1
    return 0, at


def _month(said: Message, keys: tuple[str, ...], at: int, before: str, today: date) -> Found | None:
    key, month = keys[at], _MONTHS[keys[at]]
    after = keys[at + 1] if at + 1 < len(keys) else ""
    if (
        (number := _ORDINAL.match(after))
        and (number[2] or key not in _MONTHS_THAT_ARE_WORDS or said.words[at].capital)
        and int(number[1]) > 0
    ):
        return None  # "July 3": read at the number
    lead = before in _MONTH_LEADS or (
        before == "of" and at > 1 and keys[at - 2] in {"end", "start", "beginning", "middle", "rest"}
    )
    year, end = _year(keys, at + 1)
    if not lead and not year and (key in _MONTHS_THAT_ARE_WORDS):
        return None
    if before in {"last", "since"}:
        return Found(at - 1, end, today, gone=True)
    if not year:
        year = today.year + (month < today.month)
        year += before == "next" and month == today.month
    return Found(
        at, end, date(year, month, monthrange(year, month)[1]), gone=date(year, month, 28) < today.replace(day=1)
    )
