"""On the path of a server, this makes the one clock that the bot reads (`bot.clock.wall_clock`) off by some seconds.

Python imports it before anything else. The file that CLOCK_IS_OFF_BY names is read at every look, so the clock jumps
while the server runs. libfaketime would move the C library's clock, but makes Python's sleeps fail and its waits spin.
"""

import os
from datetime import datetime, timedelta
from pathlib import Path

from bot import clock

right, off_by = clock.wall_clock, Path(os.environ["CLOCK_IS_OFF_BY"])


def wrong() -> datetime:
    return right() + timedelta(seconds=int(off_by.read_text()))


clock.wall_clock = wrong
