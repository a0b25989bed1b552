"""Working days of a part of the United Kingdom: no weekend, no bank holiday.

The `holidays` library knows the bank holidays, one-off and substitute days included. Of years that the government has
not announced yet it gives what the law says as it stands.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final

_DAY: Final = timedelta(1)
_SATURDAY: Final = 5


class Division(StrEnum):
    """A part of the kingdom with bank holidays of its own, named as the government's list names it."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"


_SUBDIVISIONS: Final = {
    Division.ENGLAND_AND_WALES: "ENG",
    Division.SCOTLAND: "SCT",
    Division.NORTHERN_IRELAND: "NIR",
}


def is_working_day(day: date, division: Division) -> bool:
    """Whether a day is neither a weekend's nor a bank holiday."""
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year, division)


def next_working_day(day: date, division: Division) -> date:
    """First working day on or after a day."""
    while not is_working_day(day, division):
        day += _DAY
    return day


def last_working_day(day: date, division: Division) -> date:
    """Last working day on or before a day."""
    while not is_working_day(day, division):
        day -= _DAY
    return day


def why_closed(day: date, division: Division) -> str:
    """Say why a day is no working day: "a Saturday", "Good Friday"; empty for a working day."""
    match day.weekday():
        case 5:
            return "a Saturday"
        case 6:
            return "a Sunday"
        case _:
            return bank_holidays(day.year, division).get(day, "")


@cache
def bank_holidays(year: int, division: Division) -> Mapping[date, str]:
    """Bank holidays of a year with their names, weekend ones among them."""
    import holidays  # noqa: PLC0415  a third of a start's time, and few messages need a working day

    listed = holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[Division(division)], years=year, language="en_GB")
    return {day: name.replace("(observed)", "(substitute day)") for day, name in listed.items()}
