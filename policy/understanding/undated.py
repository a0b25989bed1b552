"""Words of time that no day was read from: the day is then asked for, never taken for today."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from policy.spelling import APOSTROPHES
from policy.understanding.spans import NUMBERS, UNITS, Found
from policy.understanding.words import Message, word_set

_YEAR: Final = re.compile(r"2[01]\d\d")
_DATE_LIKE: Final = re.compile(r"(?<![\w./-])\d+([/.-])\d+\1\d+(?![\w])")
_SHORT_DATE: Final = re.compile(r"(?<![\w./-])\d{1,2}\.\d{1,2}(?![\w]|\.\d)")
_ON: Final = frozenset({"on", "until", "till", "by", "dated"})
_LEADS: Final = word_set("for in within after over throughout during until till all rest whole from by before")
_SMALL: Final = word_set(
    """
    a an the whole entire school academic calendar full next coming new rest of about another half or so this that
    remaining summer easter christmas spring autumn winter our first second
    """
) | frozenset(NUMBERS)
_MORE_NUMBERS: Final = word_set(
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty several many few couple"
)
_GONE: Final = frozenset({"last", "past", "previous", "ago", "since"})
_GO_ON: Final = word_set(
    """
    and or if when on at in for to with by from please is be can may ok okay of so too also start starts begins as
    """
)
_FREE: Final = frozenset({"holiday", "holidays", "break"})
_FOREIGN_TERMS: Final = frozenset({"michaelmas", "lent", "trinity", "hilary"})
_RETURNS: Final = frozenset({"when", "once", "after", "until", "till", "soon"})
_FEASTS: Final = word_set(
    """
    halloween remembrance armistice harvest diwali eid hanukkah chanukah ramadan valentines michaelmas advent
    """
)
_PAIRS: Final = frozenset(
    tuple(pair.split())
    for pair in (
        *("bonfire night", "new year", "new years", "pancake day", "shrove tuesday", "mothering sunday", "in future"),
        *("mothers day", "fathers day", "mother day", "father day", "may day", "ash wednesday", "good friday"),
        *("later date", "the future"),
    )
)
_THINGS: Final = word_set(
    """
    display displays wall board work writing poster posters card cards topic mask masks costume costumes hat story
    book newsletter message resolution resolutions unit art poem poems picture pictures photo photos video craft
    project projects basket baskets collection appeal homework model models prayer prayers song songs letter letters
    trail banner sculpture bread parcels donations
    """
)
_BUSY_FEASTS: Final = frozenset({"christmas", "xmas", "easter"})  # "the Christmas fair" says little of the day
_SHORT_UNITS: Final = word_set("yrs yr mths mth wks wk decade decades")
_FOR_GOOD: Final = frozenset({"permanently", "forever", "indefinitely"})
_SHORT_COUNT: Final = re.compile(r"\d+(?:yrs?|years?|mths?|months?|wks?|weeks?|days?|terms?)")
_NEAR: Final = 5
_SEPTEMBER: Final = 9  # the academic year begins


def undated(said: Message, found: Iterable[Found], today: date) -> Iterator[Found]:
    """Give every word of time that nothing in `found` has read, each as a day that cannot be told."""
    read = list(found)
    covered = {i for one in read for i in range(one.start, one.end)}
    ahead = any(one.on is not None and one.on > today for one in read)
    yield from _figures(said, covered, today)
    keys = said.keys
    for at, key in enumerate(keys):
        span = None
        if at not in covered:
            span = (
                _stretch(said, at, key)
                or _shortened(said, at, key)
                or _feast(said, at, key)
                or (None if ahead else _back(keys, at, key))
            )
        elif (
            key == "later"
            or (at and keys[at - 1] in {"later", "after"})
            or keys[max(0, at - 2) : at] == ("after", "the")
        ):
            span = _beyond(keys, at)
        if span is not None:
            yield Found(*span, None)


def _figures(said: Message, covered: set[int], today: date) -> Iterator[Found]:
    begun = today.year - (today.month < _SEPTEMBER)
    for at, word in enumerate(said.words):
        year = int(word.key) if _YEAR.fullmatch(word.key) else 0
        after = said.words[at + 1] if at + 1 < len(said.words) else None
        if year > begun and after is not None and after.gap in {"/", "-"} and after.key == str(year + 1)[2:]:
            yield Found(at, at + 2, None)  # "2027/28"
        elif at not in covered and year > today.year and not word.hyphened:
            yield Found(at, at + 1, None)
    if not any(c.isdecimal() for c in said.text):
        return
    for pattern in (_DATE_LIKE, _SHORT_DATE):
        for match in pattern.finditer(said.text):
            places = [i for i, word in enumerate(said.words) if match.start() <= word.start < match.end()]
            dated = pattern is _DATE_LIKE or (places and places[0] and said.keys[places[0] - 1] in _ON)
            if places and dated and covered.isdisjoint(places):
                yield Found(places[0], places[-1] + 1, None)


def _stretch(said: Message, at: int, key: str) -> tuple[int, int] | None:  # noqa: PLR0911  one line a stretch of time
    """Read "for the next 2 years", "in half a year", "after the holidays", "Michaelmas term", "the new school year"."""
    keys = said.keys
    if key not in UNITS | _FREE or not _ends(said, at + 1):
        return None
    start = at
    while start and at - start < _NEAR and _is_small(keys[start - 1]) and not said.words[start].gap:
        start -= 1
    within = keys[start:at]
    before = keys[start - 1] if start else ""
    if before in _GONE or set(within) & _GONE:
        return None
    if key == "term" and (before in _FOREIGN_TERMS or within[-1:] == ("half",)):
        return max(0, start - 1), at + 1
    if key in {"year", "term", "week", "month"} and ("new" in within or "half" in within) and before != "in":
        return (start, at + 1) if before in _LEADS | _ON | {"at", "of"} or "new" in within else None
    if key in {"day", "days"} and not any(_counts(word) for word in within):
        return None
    if "of" in within and within[-1:] == ("the",) and not set(within) & {"rest", "remaining"}:
        return None  # "star of the week"
    if before in _LEADS and (key != "term" or within):
        return start - 1, at + 1
    return (start, at + 1) if set(within) & {"next", "coming", "rest", "remaining", "couple", "half"} else None


def _shortened(said: Message, at: int, key: str) -> tuple[int, int] | None:
    """Read "2 yrs", "18mths", "Sep '27", "week commencing 7th"."""
    before = said.keys[at - 1] if at else ""
    if not _ends(said, at + 1):
        return None
    if key in _FOR_GOOD:
        return at, at + 1
    if key in _SHORT_UNITS and _counts(before):
        return at - 1, at + 1
    if _SHORT_COUNT.fullmatch(key) and before in _LEADS:
        return at - 1, at + 1
    year = key.isdecimal() and len(key) == 2 and said.words[at].gap in set(APOSTROPHES)  # noqa: PLR2004  "'27"
    week = before in {"commencing", "beginning", "ending", "starting"} and key[:1].isdecimal()
    return (at - 1, at + 1) if year or week else None


def _is_small(key: str) -> bool:
    return key in _SMALL or _counts(key)


def _counts(key: str) -> bool:
    return key.isdecimal() or key in NUMBERS or key in _MORE_NUMBERS


def _ends(said: Message, at: int) -> bool:
    """Whether the word of time stands by itself: not "year 4", "the holiday club", "eight years old"."""
    return at >= len(said.keys) or bool(said.words[at].gap) or said.keys[at] in _GO_ON | {"back"}


def _feast(said: Message, at: int, key: str) -> tuple[int, int] | None:
    """Read "Halloween", "at harvest festival", "New Year": some day of the year, nobody knows of which year."""
    keys = said.keys
    if keys[max(0, at - 1) : at] and keys[at - 1] in _GONE | {"from"}:
        return None
    if key in _BUSY_FEASTS:
        return (at, at + 1) if _ends(said, at + 1) or keys[at + 1] in {"day", "eve", "time"} else None
    end = at + 2 if keys[at : at + 2] in _PAIRS else at + 1 if key in _FEASTS else None
    if end is None or (
        end < len(keys) and (keys[end] in _THINGS or keys[end][0].isdecimal()) and not said.words[end].gap
    ):
        return None
    return at, end


def _back(keys: tuple[str, ...], at: int, key: str) -> tuple[int, int] | None:
    """Read "when we are back", "first week back"."""
    if key != "back":
        return None
    if at and keys[at - 1] in {"week", "day", "lesson", "morning", "term"}:
        return at - 1, at + 1
    for start in range(max(0, at - 4), at):
        if keys[start] in _RETURNS:
            return start, at + 1
    return None


def _beyond(keys: tuple[str, ...], at: int) -> tuple[int, int] | None:
    """Read "later this year" and "after the summer holidays": no day that was read is late enough."""
    if keys[at - 1] == "later":
        return (at - 1, at + 2) if keys[at] == "this" else None
    lasts = UNITS | _FREE | {"summer", "end"}
    spoken = keys[at : at + 3]
    return (at, at + 1) if set(spoken) & lasts and keys[at] not in {"tomorrow", "today"} else None
