"""Which clock may delete: none can be told to be wrong from within, so it must go on from nights that are known."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

NOTICED: Final = timedelta(hours=20)  # from one night to the next at least
GAP: Final = timedelta(days=14)  # after so long the clock may be what is wrong: a night is waited
JUMP: Final = timedelta(days=45)  # longer than a summer's holidays: a person says first that the date is right

Moments = Sequence[datetime]  # now, then the last nights on which there was a run, the newest first


def follow(moments: Moments) -> bool:
    """Whether each is known to be soon after the next; one alone follows nothing."""
    return len(moments) > 1 and all(later - earlier <= GAP for later, earlier in pairwise(moments))


def is_night_after(moments: Moments) -> bool:
    """Whether the last run is soon before now; one that came after a gap itself is as long ago as a night to notice."""
    return follow(moments) or (follow(moments[:2]) and moments[0] - moments[1] >= NOTICED)


def has_jumped(moments: Moments) -> bool:
    """Whether now is so long after the last known night that no waiting makes it likely."""
    return len(moments) > 1 and moments[0] - moments[1] > JUMP
