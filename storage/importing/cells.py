"""What a cell may say, and what it then means. A refusal is a CellError: the rest of a sentence about the column."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeVar

_E = TypeVar("_E", bound=StrEnum)
LONGEST: Final = 200  # characters in a cell: nothing we store is longer, and a card must hold it
_YES: Final = frozenset({"yes", "y", "true", "1"})
_NO: Final = frozenset({"no", "n", "false", "0", ""})


class CellError(ValueError):
    """A cell that will not do; the message says why."""


def words(text: str) -> str:
    """Return the text with single spaces; refuse control characters and what no name is as long as."""
    told = " ".join(text.split())
    if len(told) > LONGEST:
        raise CellError(f"is longer than {LONGEST} characters")
    if not told.isprintable():
        raise CellError("holds a character that cannot be shown")
    return told


def needed(text: str) -> str:
    """Return the text, of which there must be some."""
    told = words(text)
    if not told:
        raise CellError("is empty")
    return told


@lru_cache(maxsize=4096)
def day(text: str) -> date:
    """Read 2026-09-10 or the British 10/9/2026, with slashes, dashes or dots."""
    told = text.strip()
    if not told:
        raise CellError("is empty; write a date as 2026-09-10 or 10/09/2026")
    parts = told.split(" ")[0].split("T")[0].replace("/", "-").replace(".", "-").split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):  # noqa: PLR2004  day, month, year
        raise CellError(f"“{told}” is not a date; write 2026-09-10 or 10/09/2026")
    first, month, last = parts
    year, of_month = (first, last) if len(first) == len("2026") else (last, first)
    if len(year) != len("2026"):
        raise CellError(f"“{told}” has a year of {len(year)} digits; write all four")
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        raise CellError(f"there is no {told} in the calendar; the day comes before the month") from None


def day_or_none(text: str) -> date | None:
    """Read a date that may be missing."""
    return day(text) if text and not text.isspace() else None


def yes_or_no(text: str) -> bool:
    """Read an answer; blank is a no (PHOTO-4.4)."""
    told = text.strip().casefold()
    if told in _YES:
        return True
    if told in _NO:
        return False
    raise CellError(f"“{words(text)}” is neither yes nor no")


@lru_cache(maxsize=256)
def academic_year(text: str) -> str:
    """Read 2026/27, 2026-27 or 2026/2027."""
    told = text.strip()
    start, _, end = told.replace("-", "/").partition("/")
    if not (start.isdecimal() and end.isdecimal() and len(start) == len("2026") and len(end) in {2, 4}):
        raise CellError(f"“{told}” is not an academic year; write 2026/27")
    if int(end) % 100 != (int(start) + 1) % 100 or (len(end) > 2 and int(end) != int(start) + 1):  # noqa: PLR2004  digits
        raise CellError(f"“{told}” is not one academic year; write 2026/27")
    return f"{start}/{end[-2:]}"


def upn(text: str) -> str:
    """Read a pupil number: letters and digits, upper case."""
    told = "".join(text.split()).upper()
    if not told:
        raise CellError("is empty")
    if not (told.isascii() and told.isalnum() and len(told) <= 32):  # noqa: PLR2004  twice as long as any in use
        raise CellError(f"“{words(text)}” is not a pupil number")
    return told


def year_group(text: str) -> str:
    """Read a year: "Year 4", "Y4" and "4" are one, "Reception" is R."""
    told = needed(text)
    bare = told.casefold().removeprefix("year").removeprefix("yr").removeprefix("y").strip()
    if bare.isdecimal():
        return str(int(bare))
    return {"reception": "R", "r": "R", "nursery": "N", "n": "N"}.get(told.casefold(), told)


def one_of(text: str, choices: type[_E]) -> _E:
    """Read one of a few words."""
    told = _key(text)
    if not told:
        raise CellError(f"is empty (it is one of {', '.join(choices)})")
    try:
        return choices(told)
    except ValueError:
        raise CellError(f"“{words(text)}” is not known{nearest(told, choices)}") from None


def several_of(text: str, choices: type[_E]) -> frozenset[_E]:
    """Read words separated by semicolons; none is an answer too."""
    return frozenset(one_of(part, choices) for part in text.replace(",", ";").split(";") if part.strip())


def nearest(told: str, choices: Iterable[str]) -> str:
    """Return " (did you mean …?)", or the choices where nothing is near."""
    known = list(choices)
    close = get_close_matches(told, known, n=1)
    return f" (did you mean {close[0]}?)" if close else f" (it is one of {', '.join(known)})"


def _key(text: str) -> str:
    return "_".join(text.casefold().replace("-", " ").replace("_", " ").split())
