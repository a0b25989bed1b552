"""Which day is meant. A day that cannot be read stays unclear: taking it for today could make a yes of a no."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from policy.understanding.heard import When
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
        ("monday mon", "tuesday tues tue", "wednesday weds wed", "thursday thurs thur thu", "friday fri")
        + ("saturday sat", "sunday sun")
    )
    for name in names.split()
}
_WORDS_THAT_ARE_DAYS: Final = frozenset({"sat", "sun", "wed", "mon"})
_MONTHS_THAT_ARE_WORDS: Final = frozenset(
    {"may", "march", "mar", "jan", "jun", "dec", "sep", "june", "april", "august"}
)
_TODAY: Final = word_set("today tonight now currently")
_TOMORROW: Final = word_set("tomorrow tmrw tmr tomoz tomorow tommorow tommorrow 2moro")
_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {"a": 1, "an": 1, "couple": 2, "few": 3}
_UNITS: Final = word_set("day days week weeks month months fortnight fortnights term terms year years")
_NUMERIC: Final = re.compile(
    r"(?<![\w./-])(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})([/.-])(\d{1,2})(?:\5(\d{4}|\d{2}))?)(?![\w]|[./-]\d)"
)
_ORDINAL: Final = re.compile(r"^(\d{1,2})(st|nd|rd|th)?$")
_SEASONS: Final = {"autumn": (12, 20), "winter": (2, 28), "spring": (3, 31), "summer": (8, 31)}
_FEASTS: Final = {"christmas": (12, 25), "xmas": (12, 25), "easter": (4, 20)}
_GONE: Final = frozenset({"last", "ago", "previous", "yesterday", "previously", "since"})
_NOT_THE_ACT: Final = word_set(
    """
    left leaves leaving joined joins joining starts started start starting arrived arrives born since moved moves
    turned turns taken took shot
    """
)
_SUBJECTS: Final = word_set("he she they who is was were are only just has had that us officially")
_YEARS: Final = word_set("year years yr y class classes")  # "year 3/4"
_MONTH_LEADS: Final = word_set("in by until during early late mid next this last since from till")
_LINKS: Final = word_set(
    """
    on in at the of from by for this last early late mid end here school us during back away out
    """
)


WEEKDAYS: Final = frozenset(_DAYS)
CALENDAR: Final = frozenset(_MONTHS) | frozenset(_DAYS) | frozenset(_SEASONS) | frozenset(_FEASTS)


@dataclass(frozen=True, slots=True)
class Day:
    """The day found, and which words said it."""

    on: date
    when: When
    words: str = ""
    covered: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    on: date | None  # None: a day that cannot be
    gone: bool = False
    dated: bool = False  # said with its year


def day(said: Message, today: date, names: frozenset[int] = frozenset()) -> Day:
    """Find the day on which the pictures are to be taken or used; today where none was said.

    Of several days the last counts, and of "in June" the last day: rules that end with the year or begin with a
    birthday are then kept. `names` are places of words that are a child's name: "April Fenton". A day gone by counts as today, as publishing an old picture is an act of today.
    """
    found = [one for one in _found(said, today) if names.isdisjoint(range(one.start, one.end))]
    covered = frozenset(i for one in found for i in range(one.start, one.end))
    acts = [one for one in found if not one.gone and not (_aside(said.keys, one.start) and not _is_ahead(one, today))]
    unclear = next((one for one in acts if one.on is None), None)
    if unclear is not None:
        return Day(today, When.UNCLEAR, said.said(unclear.start, unclear.end), covered)
    ahead = [one.on for one in acts if one.on is not None]
    if not ahead:
        return Day(today, When.UNSAID, "", covered)
    return Day(max(*ahead, today), When.SAID, "", covered)


def _is_ahead(one: _Found, today: date) -> bool:
    # "taken 6 September 2027": a day with its year that has yet to come cannot be the day of an old picture.
    return one.dated and one.on is not None and one.on > today


def _aside(keys: tuple[str, ...], start: int) -> bool:
    # "Stanley left in October", "she starts in January", "taken on 3 July": not the day of the act.
    at = start - 1
    while at >= 0 and keys[at] in _LINKS and start - at <= 5:  # noqa: PLR2004  a short clause
        at -= 1
    if at < 0 or keys[at] not in _NOT_THE_ACT:
        return False
    return keys[at] != "starting" or (at > 0 and keys[at - 1] in _SUBJECTS)


def _found(said: Message, today: date) -> "list[_Found]":
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


def _numeric(said: Message, today: date) -> "list[_Found]":
    if not any(c.isdigit() for c in said.text):
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
            on = _on(number, month, year, today)
            found.append(_Found(places[0], places[-1] + 1, on, dated=bool(year)))
    return found


def _on(number: int, month: int, year: int, today: date) -> date | None:
    """Give the day, the next such day where no year was said; None where there is none (31/02, 3/25)."""
    try:
        if year:
            return date(year, month, number)
        on = date(today.year, month, number)
        return on if on >= today else date(today.year + 1, month, number)
    except ValueError:
        return None


def _on_or_after(month_and_day: tuple[int, int], today: date) -> date | None:
    return _on(month_and_day[1], month_and_day[0], 0, today)


def _at(said: Message, keys: tuple[str, ...], at: int, today: date) -> _Found | None:  # noqa: C901, PLR0911, PLR0912  one line a way of saying a day
    key = keys[at]
    before = keys[at - 1] if at else ""
    if key in _TODAY:
        return _Found(at, at + 1, today)
    if key == "this" and keys[at + 1 : at + 2] and keys[at + 1] in {"morning", "afternoon", "evening", "lunchtime"}:
        return _Found(at, at + 2, today)
    if key in _TOMORROW:
        return _Found(at, at + 1, today + timedelta(2 if keys[max(0, at - 2) : at] == ("day", "after") else 1))
    if key == "yesterday":
        return _Found(at, at + 1, today, gone=True)
    if key in _DAYS:
        return _weekday(keys, at, before, today)
    if (key in _NUMBERS or key.isdigit()) and keys[at + 1 : at + 2] and keys[at + 1] in _UNITS:
        return _counted(keys, at, before, today)
    if (ordinal := _ORDINAL.match(key)) and not said.words[at].text.startswith("0"):
        return _day_of_month(keys, at, before, ordinal, today)
    if key in _MONTHS:
        return _month(said, keys, at, before, today)
    if key in {"next", "this", "last", "coming", "following"}:
        return _next(keys, at, key, today)
    if key == "fortnight" and before in {"a", "in", "next"}:
        gone = keys[at + 1 : at + 2] == ("ago",)
        return _Found(at - 1, at + 1, today if gone else today + timedelta(14), gone=gone)
    if key in _SEASONS and keys[at + 1 : at + 2] in {("term",), ("holidays",), ("holiday",), ("break",)}:
        return _Found(at, at + 2, _on_or_after(_season(key, keys[at + 1]), today))
    if key in _SEASONS and before == "in":
        return _Found(at, at + 1, _on_or_after(_SEASONS[key], today))
    if (
        key in {"summer"}
        and before in {"the", "over"}
        and keys[max(0, at - 2)] in {"over", "in", "during", "for", "until"}
    ):
        return _Found(at, at + 1, _on(31, 8, 0, today))
    if key in _FEASTS and before in {"at", "over", "until", "by", "after", "before", "for"}:
        month, number = _FEASTS[key]
        on = _on(number, month, 0, today)
        return _Found(at, at + 1, on + timedelta(21) if on and before == "after" else on)
    if key == "end" and keys[at + 1 : at + 2] == ("of",):
        return _end_of(keys, at, today)
    if re.fullmatch(r"20\d\d", key) and before in {"in", "by", "until", "for", "september", "of"}:
        year = int(key)
        return _Found(at, at + 1, max(date(year, 12, 31), today), gone=year < today.year)
    return None


def _leads(keys: tuple[str, ...], at: int) -> bool:
    # "over the summer", but not "for the summer fair"
    after = keys[at + 1] if at + 1 < len(keys) else ""
    return keys[at - 2] in {"over", "in", "during", "for", "until"} and after in {
        "",
        "holidays",
        "holiday",
        "and",
        "break",
    }


def _weekday(keys: tuple[str, ...], at: int, before: str, today: date) -> _Found | None:
    key = keys[at]
    if key in _WORDS_THAT_ARE_DAYS and before not in {"on", "next", "this", "last", "by", "until", "for", "and", "or"}:
        return None
    ahead = (_DAYS[key] - today.weekday()) % 7
    if before in {"last", "since"}:
        return _Found(at - 1, at + 1, today, gone=True)
    if before == "this":
        return _Found(at - 1, at + 1, today + timedelta(ahead))
    if before == "next":  # the one of next week
        return _Found(at - 1, at + 1, today + timedelta(7 - today.weekday() + _DAYS[key]))
    ahead = ahead or 7
    if keys[at + 1 : at + 2] == ("week",) or keys[max(0, at - 3) : at] == ("a", "week", "on"):
        return _Found(at, at + 1, today + timedelta(ahead + 7))
    return _Found(at, at + 1, today + timedelta(ahead))


def _day_of_month(keys: tuple[str, ...], at: int, before: str, ordinal: re.Match[str], today: date) -> _Found | None:
    number = int(ordinal[1])
    after = at + 1
    if keys[after : after + 1] == ("of",):
        after += 1
    if after < len(keys) and keys[after] in _MONTHS:
        year, end = _year(keys, after + 1)
        return _Found(at, end, _on(number, _MONTHS[keys[after]], year, today), dated=bool(year))
    if before in _MONTHS and (before not in _MONTHS_THAT_ARE_WORDS or ordinal[2] or at < 2 or keys[at - 2] == "on"):  # noqa: PLR2004  "May 4"
        year, end = _year(keys, at + 1)
        return _Found(at - 1, end, _on(number, _MONTHS[before], year, today), dated=bool(year))
    if ordinal[2] and before in {"the", "on", "until", "by"} and keys[at + 1 : at + 2] != ("year",):
        return _Found(at, at + 1, _next_numbered(number, today))
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


def _month(said: Message, keys: tuple[str, ...], at: int, before: str, today: date) -> _Found | None:
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
    if before == "last" or before == "since":
        return _Found(at - 1, end, today, gone=True)
    if not year:
        year = today.year + (month < today.month)
        year += before == "next" and month == today.month
    return _Found(
        at, end, date(year, month, monthrange(year, month)[1]), gone=date(year, month, 28) < today.replace(day=1)
    )


def _next(keys: tuple[str, ...], at: int, key: str, today: date) -> _Found | None:
    unit = keys[at + 1] if at + 1 < len(keys) else ""
    if unit == "half" and keys[at + 2 : at + 3] == ("term",):
        return _Found(at, at + 3, today if key == "this" else today + timedelta(70))
    if unit == "academic" or unit == "school":
        unit = keys[at + 2] if at + 2 < len(keys) else ""
        if unit != "year":
            return None
    if unit in _SEASONS:
        return _season_named(at, key, unit, today)
    if unit not in {"week", "month", "term", "year", "weekend", "fortnight"}:
        return None
    end = at + 2
    if key == "last":
        return _Found(at, end, today, gone=True)
    friday = today + timedelta(4 - today.weekday())
    if key == "this":
        ends = {"week": max(friday, today), "weekend": today + timedelta((5 - today.weekday()) % 7)}
        return _Found(at, end, ends.get(unit, today))
    match unit:
        case "week":
            return _Found(at, end, friday + timedelta(7))
        case "weekend":
            return _Found(at, end, today + timedelta(12 - today.weekday()))
        case "fortnight":
            return _Found(at, end, today + timedelta(14))
        case "month":
            year, month = divmod(today.year * 12 + today.month, 12)
            return _Found(at, end, date(year, month + 1, monthrange(year, month + 1)[1]))
        case "term":
            return _Found(at, end, _next_term(today))
        case _:  # "next year": the next academic year, for which no form exists yet
            return _Found(at, end, date(today.year + (today.month > 8), 9, 1))  # noqa: PLR2004  it begins in September


def _next_term(today: date) -> date:
    if today.month >= 9:  # noqa: PLR2004  autumn
        return date(today.year + 1, 1, 31)
    if today.month <= 3:  # noqa: PLR2004  spring
        return date(today.year, 4, 30)
    return date(today.year, 9, 30)


def _season_named(at: int, key: str, season: str, today: date) -> _Found:
    if key == "last":
        return _Found(at, at + 2, today, gone=True)
    month, number = _SEASONS[season]
    return _Found(at, at + 2, _on(number, month, 0, today))


def _season(season: str, what: str) -> tuple[int, int]:
    return (7, 20) if (season, what) == ("summer", "term") else _SEASONS[season]


def _counted(keys: tuple[str, ...], at: int, before: str, today: date) -> _Found | None:
    unit = keys[at + 1].removesuffix("s")
    if keys[at + 2 : at + 3] == ("ago",):
        return _Found(at, at + 3, today, gone=True)
    later = keys[at + 2 : at + 3] in {("time",), ("from",), ("later",), ("today",)}
    if before not in {"in", "within", "after"} and not later:
        return None
    count = _NUMBERS.get(keys[at]) or (int(keys[at]) if keys[at].isdigit() and len(keys[at]) < 3 else 1)  # noqa: PLR2004  two digits
    days = {"day": 1, "week": 7, "fortnight": 14, "month": 31, "term": 120, "year": 366}[unit]
    return _Found(at, at + 2, today + timedelta(count * days))


def _end_of(keys: tuple[str, ...], at: int, today: date) -> _Found | None:
    rest = [key for key in keys[at + 2 : at + 5] if key not in {"the", "this"}]
    match rest[:1]:
        case ["term"]:
            ends = (date(today.year, 4, 15), date(today.year, 7, 31), date(today.year, 12, 31))
            return _Found(at, at + 3, next(on for on in ends if on >= today))
        case ["month"]:
            return _Found(at, at + 3, today.replace(day=monthrange(today.year, today.month)[1]))
        case ["year"]:
            return _Found(at, at + 3, date(today.year + (today.month > 8), 8, 31))  # noqa: PLR2004  the academic year
        case ["week"]:
            return _Found(at, at + 3, max(today, today + timedelta(4 - today.weekday())))
        case _:
            return None
