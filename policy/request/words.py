"""Two checks that every step's data shares: something was written, and a day can be."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from policy.calendar import long_date


def said(data: Mapping[str, Any], name: str, otherwise: str) -> str | None:
    """Return `otherwise` where nothing was written."""
    return None if str(data.get(name) or "").strip() else otherwise


def between(written: str, first: date, today: date) -> str | None:
    """Say what is wrong with a day that lies in the future, or before `first`."""
    day = date.fromisoformat(written)
    if day > today:
        return "That day is still to come. Please check it."
    return f"That is before {long_date(first)}. Please check the day." if day < first else None
