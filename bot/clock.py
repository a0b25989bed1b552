"""What time it is: the machine's clock, or in local mode one that starts where you say and runs on."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def starting_at(moment: datetime) -> Clock:
    """Make a clock that shows this moment now and runs on from there."""
    began = time.monotonic()
    return lambda: moment + timedelta(seconds=time.monotonic() - began)


def moment(words: str) -> datetime:
    """Read ISO 8601; without an offset it is London's time, the earlier one where the clock change repeats it.

    Raises ValueError with a sentence.
    """
    try:
        read = datetime.fromisoformat(words)
    except ValueError as wrong:
        raise ValueError(f"{words!r} is not a time. Write it as 2026-12-08T10:30.") from wrong
    if read.tzinfo is None:
        from zoneinfo import ZoneInfo  # noqa: PLC0415  only where a time is given

        read = read.replace(tzinfo=ZoneInfo("Europe/London"))
    return read.astimezone(UTC)
