"""Reads "hand over to Sam Poole from 21 December to 4 January": to whom, and the first and the last day."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from policy.moments import day_said

_SAID: Final = re.compile(
    r"(?:please )?hand ?-?over(?: to (?P<to>.+?))?"
    r"(?: from (?P<first>.+?))?(?: (?:to|until|till|up to|through) (?P<last>.+?))?[.!]?",
    re.IGNORECASE,
)
# "hand over to the police" is about something else than a colleague standing in.
_NOBODY: Final = frozenset("the a an my our their his her them police parent parents ico somebody someone".split())  # noqa: SIM905  a list to read
_LONGEST_NAME: Final = 6  # words


def is_handover(text: str) -> bool:
    """Whether a message is this command, whatever days it names."""
    return handover_said(text, date(2026, 1, 1)) is not None


@dataclass(frozen=True, slots=True)
class HandoverSaid:
    """What was typed; whatever was not said, or can't be read, is empty or None."""

    to: str
    first: date | None
    last: date | None


def handover_said(text: str, today: date) -> HandoverSaid | None:
    """Read the command; None for any other message. A last day without a year is the next one after the first."""
    found = _SAID.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    to = found["to"] or ""
    words = to.split()
    if len(words) > _LONGEST_NAME or (words and words[0].casefold() in _NOBODY):
        return None
    first = day_said(found["first"], today, past=False) if found["first"] else None
    last = day_said(found["last"], max(first or today, today), past=False) if found["last"] else None
    if first is not None and last is None and found["last"] is None:
        last = first
    if first is None and last is not None and found["first"] is None:
        first = today
    if first is not None and last is not None and last < first <= last + timedelta(days=366):
        last = None
    return HandoverSaid(to, first, last)
