"""Short ways of writing days in tests of the clocks."""

from datetime import date, datetime

from policy.clocks.local_time import instant
from policy.clocks.pauses import Clarification


def day(words: str) -> date:
    return date.fromisoformat(words)


def asked(words: str) -> Clarification:
    """Read "2026-06-08:2026-06-15", or the first day alone."""
    first, _, answered = words.partition(":")
    return Clarification(day(first), day(answered) if answered else None)


def at(words: str) -> datetime:
    """Read an hour in London as an instant."""
    return instant(datetime.fromisoformat(words)).at
