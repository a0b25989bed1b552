"""When a document says that it should be reviewed; the earliest date that it states rules (C16)."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from policy.documents.paragraph import Paragraph
from policy.documents.school_text import Stated

_MONTHS: Final = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905  a list to read
)
_MONTH: Final = "|".join(month[:3] + f"(?:{month[3:]})?" for month in _MONTHS)
_TERMS: Final = {"spring": (3, 31), "summer": (7, 31), "autumn": (12, 31)}  # the last day that can be meant
_YEAR: Final = r"(?P<{0}>20\d\d)"
_DATE: Final = re.compile(
    rf"(?P<term>spring|summer|autumn)(?:\s+term)?,?\s+{_YEAR.format('ty')}"
    rf"|(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})\.?,?\s+{_YEAR.format('my')}"
    rf"|(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}})[./]{_YEAR.format('dy')}"
    rf"|{_YEAR.format('iy')}-(?P<im>\d\d)-(?P<id>\d\d)",
    re.IGNORECASE,
)
# Words that say when it will be, not when it was: "last reviewed in …" is no date to keep.
_NEXT: Final = re.compile(
    r"(?:next\s+(?:\w+\s+)?review|review\s+(?:date|due|by|on)|(?:to|will|must|shall)\s+be\s+(?:next\s+)?review(?:ed)?"
    r"|due\s+(?:for\s+)?(?:a\s+)?review|renewal\s+date)",
    re.IGNORECASE,
)
_LAST: Final = re.compile(r"(?:last|previous|date\s+of\s+(?:the\s+)?last)\s+review", re.IGNORECASE)
_WITHIN: Final = 90  # characters between those words and the date


def stated(paragraphs: Iterable[Paragraph]) -> tuple[Stated, ...]:
    """Find every review date that is still to come, or was when it was written; earliest first."""
    found = {each.said: each for one in paragraphs for each in _in(one)}
    return tuple(sorted(found.values(), key=lambda each: each.due))


def _in(paragraph: Paragraph) -> Iterator[Stated]:
    for word in _NEXT.finditer(paragraph.text):
        if _LAST.search(paragraph.text[max(0, word.start() - 10) : word.end()]):
            continue
        at = _DATE.search(paragraph.text, word.end(), word.end() + _WITHIN)
        read = at and _read(at)
        if read:
            yield Stated(*read, paragraph.place)


def _read(at: re.Match[str]) -> tuple[date, str] | None:
    if term := at["term"]:
        month, day = _TERMS[term.lower()]
        return date(int(at["ty"]), month, day), f"{term.lower()} {at['ty']}"
    if name := at["month"]:
        month = next(n for n, one in enumerate(_MONTHS, 1) if one.startswith(name[:3].lower()))
        return _day(int(at["my"]), month, at["day"])
    if at["d"]:
        return _day(int(at["dy"]), int(at["m"]), at["d"])
    return _day(int(at["iy"]), int(at["im"]), at["id"])


def _day(year: int, month: int, day: str | None) -> tuple[date, str] | None:
    """Make a date of it; None for the 31st of February."""
    if not 1 <= month <= len(_MONTHS):
        return None
    last = monthrange(year, month)[1]
    name = _MONTHS[month - 1].capitalize()
    if day is None:
        return date(year, month, last), f"{name} {year}"
    return (date(year, month, int(day)), f"{int(day)} {name} {year}") if 1 <= int(day) <= last else None
