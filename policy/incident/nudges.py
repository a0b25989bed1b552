"""Who is chased while nobody is on it: within minutes where somebody may come to harm, else by the school day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from policy.incident.case import Incident
from policy.incident.kinds import URGENT
from policy.quiet_hours import QuietHours

# Settings of ours. Each time everybody who has it is reminded and the next in line is told as well.
_AFTER_URGENT: Final = (timedelta(minutes=15), timedelta(minutes=30))
_AFTER: Final = (timedelta(hours=24), timedelta(hours=48))


@dataclass(frozen=True, slots=True)
class Chaser:
    """One round of reminders; its key is kept with the case once it was sent."""

    key: str
    due: datetime


def chasers(incident: Incident, *, quiet: QuietHours) -> tuple[Chaser, ...]:
    """Give the rounds that are still to come for a case as it stands; urgent ones wait for no morning."""
    if not incident.is_open or incident.seen_at is not None or incident.external:
        return ()
    urgent = incident.kind in URGENT
    since = incident.routed_at or incident.opened_at
    rounds = (
        Chaser(f"{incident.kind}:{n}", since + after if urgent else quiet.wait(since + after))
        for n, after in enumerate(_AFTER_URGENT if urgent else _AFTER)
    )
    return tuple(one for one in rounds if one.key not in incident.nudged)


def next_at(incident: Incident, *, quiet: QuietHours) -> datetime | None:
    """When the sweep must look at this case again. None: at nothing."""
    return min((one.due for one in chasers(incident, quiet=quiet)), default=None)


def due(incident: Incident, now: datetime, *, quiet: QuietHours) -> tuple[Chaser, ...]:
    """Return the rounds that are due; after an outage they are sent as one."""
    return tuple(one for one in chasers(incident, quiet=quiet) if one.due <= now)


WORDS: Final[Mapping[bool, str]] = {  # by whether it is urgent
    True: "Nobody is on this yet, and it cannot wait. Please press “I am on it”, or ring whoever can.",
    False: "Nobody is on this report yet. Please have a look when you can.",
}
