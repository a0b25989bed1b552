"""When the work beside the turns last came round: what readiness and telemetry know of it."""

import time
from collections.abc import Callable
from typing import Final

CLOCK: Final = "sweep"
COURIER: Final = "courier"
# Seconds after which something is wrong. A sweep that catches up after a day's outage takes its minutes.
LATE_AFTER: Final = {CLOCK: 600.0, COURIER: 120.0}


class Pulse:
    """One a process. Only work that is expected can be late."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: dict[str, float] = {}

    def expecting(self, work: str) -> Callable[[], None]:
        """Count from now; give what is to be called whenever it came round."""

        def came_round() -> None:
            self._last[work] = self._clock()

        came_round()
        return came_round

    def ages(self) -> dict[str, float]:
        """Give the seconds since each came round."""
        now = self._clock()
        return {work: now - last for work, last in self._last.items()}

    def late(self) -> list[str]:
        """Name the work that has not come round for too long."""
        return [work for work, age in self.ages().items() if age > LATE_AFTER[work]]
