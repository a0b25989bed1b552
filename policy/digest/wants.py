"""What gets a button on a digest: first what only the head can decide, then what is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from policy.digest.week import SchoolWeek

_MOST_WANTS: Final = 6
_MOST_PERMISSIONS: Final = 3


# The rules that the head alone lifts, each for one day (domain 1.5); they depend on no pupil.
PERMISSIONS: Final[Mapping[str, str]] = {
    "A2": "pictures in a changing, toilet or pool area",
    "A3": "a camera of one's own",
    "A4": "families filming",
    "A8": "a live stream or video call",
}


class Wants(StrEnum):
    """What a button of the digest opens."""

    PERMISSION = "permission"
    BREACH = "breach"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Want:
    """Something that the reader can open from the digest."""

    what: Wants
    number: int


def wants(week: SchoolWeek) -> tuple[Want, ...]:
    """Choose what gets a button: what only the head can decide, then what is late, then the least time left."""
    running = sorted(
        (one for one in week.breaches if one.hours_left is not None), key=lambda one: (one.hours_left or 0, one.number)
    )
    late = [one for one in week.requests if one.due is not None and one.due < week.today]
    wanted = [
        *(Want(Wants.PERMISSION, number) for number in week.permissions[:_MOST_PERMISSIONS]),
        *(Want(Wants.BREACH, one.number) for one in running if (one.hours_left or 0) < 0),
        *(Want(Wants.REQUEST, one.number) for one in late),
        *(Want(Wants.BREACH, one.number) for one in running),
        *(Want(Wants.PERMISSION, number) for number in week.permissions[_MOST_PERMISSIONS:]),
    ]
    return tuple(dict.fromkeys(wanted))[:_MOST_WANTS]
