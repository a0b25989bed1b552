"""Months on the calendar."""

from calendar import monthrange
from datetime import date


def months_on(day: date, months: int) -> date:
    """Corresponding day some months on, or the last day of a shorter month: 31 January and one is 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
