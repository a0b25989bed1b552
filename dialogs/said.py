"""Instants and days as people read them, in local time."""

from datetime import datetime

from dialogs.desk import LONDON
from policy.calendar import long_date


def moment(at: datetime) -> str:
    """Say when, in local time: "Mon 23 Nov 2026 at 10:04"."""
    local = at.astimezone(LONDON)
    return f"{long_date(local.date())} at {local:%H:%M}"
