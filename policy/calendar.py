"""School days and ages: the academic year of a day, somebody's age on it, and how a day is written."""

from datetime import date
from typing import Final

YEAR_STARTS_IN: Final = 9  # 1 September to 31 August: a setting of ours, the policies give no dates (PHOTO-4.9)

# Written out, because strftime follows the machine's language.
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def academic_year(day: date) -> str:
    """Label of the academic year that holds a day: 8 December 2026 is in "2026/27"."""
    first = _first_calendar_year(day)
    return f"{first}/{(first + 1) % 100:02}"


def academic_year_ends(day: date) -> date:
    """Last day, 31 August, of the academic year that holds a day."""
    return date(_first_calendar_year(day) + 1, YEAR_STARTS_IN - 1, 31)


def is_later_year(day: date, than: date) -> bool:
    """Whether a day lies in a later academic year than another: no form can cover it yet (PHOTO-4.9)."""
    return _first_calendar_year(day) > _first_calendar_year(than)


def age_on(born: date, day: date) -> int:
    """Completed years on a day; who was born on 29 February turns a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def long_date(day: date) -> str:
    """Day as staff read it: "Tue 8 Dec 2026"."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Write a date where its year goes without saying: "23 Nov"."""
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _first_calendar_year(day: date) -> int:
    return day.year if day.month >= YEAR_STARTS_IN else day.year - 1
