"""When a question that waits for the DPO is asked after: two working days, a setting of ours."""

from datetime import datetime, timedelta
from typing import Final

from policy.clocks.local_time import instant, london
from policy.clocks.working_days import Division, is_working_day

WORKING_DAYS: Final = 2
_DAY: Final = timedelta(days=1)


def ask_after(at: datetime, *, division: Division) -> datetime:
    """Return the same time of day two working days on, in UTC."""
    local = london(at).replace(tzinfo=None)
    for _ in range(WORKING_DAYS):
        local += _DAY
        while not is_working_day(local.date(), division):
            local += _DAY
    return instant(local).at
