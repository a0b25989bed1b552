"""Which week somebody means: a day in it, written as people write days, or "last week"."""

import re
from datetime import date, datetime, timedelta
from typing import Final

HOW: Final = 'Name a day of the week you mean, such as "preview digest 9 November", or say "last week".'
_DATED: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
_UNDATED: Final = ("%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")  # with the year that we add
_DROPPED: Final = re.compile(r"\b(?:the|of|for|on|in|week|wc|beginning|commencing)\b|,")
_WEEKDAY: Final = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b")
_ORDINAL: Final = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_AGO: Final = re.compile(r"(\d{1,2}) weeks? ago")
_YEARS: Final = range(2000, 2101)
_RELATIVE: Final = {"last week": -7, "this week": 0, "next week": 7, "today": 0, "yesterday": -1}


def day_named(words: str, today: date) -> date | None:
    """Return the day; without a year the latest that is not far ahead. None where the words name no day."""
    said = " ".join(words.lower().split())
    if said in _RELATIVE:
        return today + timedelta(days=_RELATIVE[said])
    if ago := _AGO.fullmatch(said):
        return today - timedelta(weeks=int(ago[1]))
    plain = " ".join(_ORDINAL.sub(r"\1", _WEEKDAY.sub(" ", _DROPPED.sub(" ", said))).split())
    if (found := _read(plain, _DATED)) is not None:
        return found
    joint = "/" if "/" in plain else " "
    near = [_read(f"{plain}{joint}{year}", _UNDATED) for year in (today.year, today.year - 1)]
    return next((one for one in near if one is not None and one <= today + timedelta(days=7)), None)


def _read(words: str, forms: tuple[str, ...]) -> date | None:
    for form in forms:
        try:
            found = datetime.strptime(words, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
        return found if found.year in _YEARS else None
    return None
