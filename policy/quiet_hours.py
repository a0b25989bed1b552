"""When people are left alone: reminders that can wait are kept until the morning. A legal clock never waits."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from policy.clocks.local_time import instant, london

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From when to when, in London's time; `start` may lie after `end`, over midnight. Equal times: never."""

    start: time = time(19)
    end: time = time(7)
    weekends: bool = False  # whether Saturdays and Sundays are quiet all day

    def wait(self, at: datetime) -> datetime:
        """Return the first instant from `at` on that is not quiet; `at` itself where it isn't."""
        local = london(at).replace(tzinfo=None)
        if not self._is_quiet(local):
            return at
        while self._is_quiet(local):
            local = self._boundary_after(local)
        return instant(local).at

    def _is_quiet(self, local: datetime) -> bool:
        if self.weekends and local.weekday() >= _SATURDAY:
            return True
        clock = local.time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def _boundary_after(self, local: datetime) -> datetime:
        """Return the next midnight or end of the quiet hours, whichever comes first: quiet can end nowhere else."""
        midnight = datetime.combine(local.date() + _DAY, time.min)
        ends = datetime.combine(local.date(), self.end)
        return ends if local < ends else midnight
