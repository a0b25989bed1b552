"""The 72 hours in which the regulator must hear of a breach (UK GDPR art. 33(1), BREACH-3.3, BREACH-4.6)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from policy.clocks.local_time import london, long_time
from policy.clocks.refusal import RefusedDatesError

HOURS: Final = 72
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class BreachClock:
    """From the first moment anybody at school knew: both times as London shows them, and the hours left.

    `hours_left` has two decimals and is negative when the time is over.
    """

    aware: datetime
    ico_by: datetime
    hours_left: float


def breach_clock(aware: datetime, now: datetime) -> BreachClock:
    """Count 72 elapsed hours, through nights, weekends and clock changes. Both arguments are aware instants.

    Raises RefusedDatesError where `aware` is after `now`.
    """
    if aware > now:
        raise RefusedDatesError(
            f"Known since {long_time(aware)} is after {long_time(now)}: nobody can have known it before it was so."
        )
    # In UTC, because adding hours to London's time would add hours on the wall instead.
    ends = aware.astimezone(UTC) + HOURS * _HOUR
    left = round((ends - now) / _HOUR, 2) + 0.0  # never "-0.0"
    return BreachClock(london(aware), london(ends), left)


def breach_steps(clock: BreachClock) -> tuple[str, ...]:
    """Give the sum, a line a step."""
    steps = [
        f"Somebody at school first knew on {long_time(clock.aware)}.",
        f"{HOURS} hours run from then, through nights, weekends and holidays (UK GDPR art. 33).",
    ]
    if clock.aware.utcoffset() != clock.ico_by.utcoffset():
        forward = (clock.ico_by.utcoffset() or timedelta()) > (clock.aware.utcoffset() or timedelta())
        steps.append(
            f"The clocks go {'forward' if forward else 'back'} in between, so the end reads an hour "
            f"{'later' if forward else 'earlier'}."
        )
    steps.append(f"If the regulator must be told, it is by {long_time(clock.ico_by)}.")
    return tuple(steps)
