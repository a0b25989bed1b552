"""How much one person may send: beyond that they are slowed down, then told that a message was not read.

Slowing comes first, since a message that waits is not lost. Only who goes on all the same, a script or a stuck key, is
told to send it again; and what tells of a breach, a request or a danger is taken even then (bot/watched.py). Each
replica counts for itself: with N of them a person may send up to N times as much.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

STRANGERS: Final = 6  # messages a minute of somebody whom the school's list does not have
PATIENCE: Final = 8.0  # seconds: Teams delivers a turn again after 15, and the answer takes its time too
A_MINUTE: Final = 60  # messages of one person, unless a setting says otherwise: nobody types or presses faster for long
_MOST: Final = 10_000  # people remembered
_SETTING: Final = "ASKDPO_MESSAGES_PER_MINUTE"


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class Limits:
    """Buckets of tokens, one a person: a minute's messages at once, then as many as a minute brings."""

    def __init__(self, a_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._a_minute = a_minute  # 0: no limit
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait(self, who: str, *, stranger: bool = False) -> float | None:
        """Take a token; give the seconds until it is there. None where that is longer than anybody should wait."""
        if not self._a_minute:
            return 0.0
        most = min(STRANGERS, self._a_minute) if stranger else self._a_minute
        now, rate = self._clock(), most / 60
        bucket = self._buckets.pop(who, None) or _Bucket(float(most), now)
        bucket.tokens, bucket.at = min(float(most), bucket.tokens + (now - bucket.at) * rate), now
        self._buckets[who] = bucket  # last: whoever was silent longest is forgotten first, and had a full bucket
        if len(self._buckets) > _MOST:
            self._buckets.popitem(last=False)
        wait = max(0.0, (1 - bucket.tokens) / rate)
        if wait > (0.0 if stranger else PATIENCE):
            return None
        bucket.tokens -= 1
        return wait


def read_limit(values: Mapping[str, str]) -> int | None:
    """Read the setting; None where there is none. Raises ValueError with a sentence."""
    value = values.get(_SETTING)
    if value is not None and not (value.isascii() and value.isdigit() and len(value) < 7):  # noqa: PLR2004  digits
        raise ValueError(f"{_SETTING} is {value!r}. It must be a whole number; 0 sets no limit.")
    return None if value is None else int(value)


def limit_of(chosen: int | None, *, local: bool) -> int:
    """Give the messages a minute, 0 for any number; on one's own machine it is as one likes, unless one chose."""
    return chosen if chosen is not None else 0 if local else A_MINUTE
