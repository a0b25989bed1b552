"""How fast one chat may be written to: Teams counts messages per chat, and refuses what is beyond (platform 4)."""

import time
from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Final

# Messages, and the seconds in which no more than so many may go to one chat. Some room is left for answers to turns.
OF_TEAMS: Final = ((6, 1.0), (7, 2.0), (50, 30.0), (1700, 3600.0))
_MOST: Final = 10_000  # chats remembered


class Pace:
    """One a courier. Without limits (a connector on this machine has none) it only knows who is to be left alone."""

    def __init__(self, limits: Sequence[tuple[int, float]] = ()) -> None:
        self._limits = limits
        self._sent: defaultdict[str, deque[float]] = defaultdict(deque)
        self._quiet: dict[str, float] = {}
        self._longest = max((count for count, _ in limits), default=0)

    def wait(self, addressee: str) -> float:
        """Give the seconds until something may be sent to this person; 0 is now."""
        now = time.monotonic()
        free = self._quiet.get(addressee, now)
        if free <= now:
            self._quiet.pop(addressee, None)
        if sent := self._sent.get(addressee):
            for count, seconds in self._limits:
                if len(sent) >= count:
                    free = max(free, sent[-count] + seconds)
        return max(0.0, free - now)

    def sent(self, addressee: str) -> None:
        """Count a message that went out."""
        if not self._limits:
            return
        if len(self._sent) >= _MOST:
            self._sent.clear()
        sent = self._sent[addressee]
        sent.append(time.monotonic())
        if len(sent) > self._longest:
            sent.popleft()

    def hold(self, addressee: str, seconds: float) -> None:
        """Leave this person alone for so long."""
        if len(self._quiet) >= _MOST:
            self._quiet.clear()
        self._quiet[addressee] = max(self._quiet.get(addressee, 0.0), time.monotonic() + seconds)
