"""London's time: what a person says about the hour becomes an instant, and back."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from policy.calendar import long_date
from policy.clocks.refusal import refuse_out_of_reach

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Instant:
    """An instant in UTC, and what must be said about how it was read ("" where nothing)."""

    at: datetime
    note: str = ""


@cache
def zone() -> "ZoneInfo":
    """Europe/London."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415  read from disk once, and only where an hour is shown

    return ZoneInfo("Europe/London")


def london(at: datetime) -> datetime:
    """Show an instant as London's clocks do, with its offset."""
    return at.astimezone(zone())


def instant(local: datetime) -> Instant:
    """Read a time without an offset as London's, one with an offset as it is.

    A time that the clocks show twice is the first of the two. One that they skip is moved an hour on.
    Raises RefusedDatesError for a year that no deadline is worked out for.
    """
    refuse_out_of_reach(local)
    if local.tzinfo is not None:
        return Instant(local.astimezone(UTC))
    at = local.replace(tzinfo=zone(), fold=0).astimezone(UTC)
    shown = london(at)
    if shown.replace(tzinfo=None) != local:
        return Instant(at, f"The clocks went forward past {local:%H:%M} that night, so {shown:%H:%M} is taken instead.")
    if local.replace(tzinfo=zone(), fold=1).astimezone(UTC) != at:
        return Instant(at, f"The clocks showed {local:%H:%M} twice that night; the first time is taken, to be safe.")
    return Instant(at)


def long_time(at: datetime) -> str:
    """Instant as staff read it, in London's time: "Mon 30 Mar 2026, 17:00"."""
    shown = london(at)
    return f"{long_date(shown.date())}, {shown:%H:%M}"
