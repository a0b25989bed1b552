"""When the digest goes out: one occasion a week, in London's time, and late where nothing ran at that hour."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from policy.clocks.local_time import instant, london

WEEK: Final = timedelta(days=7)
LATE: Final = timedelta(days=2)  # an outage is made up for; who installs on a Thursday is not sent Monday's
_DAY: Final = timedelta(days=1)


def midnight(day: date) -> datetime:
    """Return the instant at which a day begins in London."""
    return instant(datetime.combine(day, time())).at


@dataclass(frozen=True, slots=True)
class Occasion:
    """One week's digest: the Monday of that week, whatever day it goes out on, and the instant."""

    week: date
    at: datetime


@dataclass(frozen=True, slots=True)
class DigestAt:
    """The day (0 is Monday) and the hour, London's: `digest.at`, a setting of ours (domain 9)."""

    weekday: int = 0
    at: time = time(7, 30)

    def last(self, now: datetime) -> Occasion:
        """Return the latest occasion that has come."""
        day = london(now).date()
        day -= (day.weekday() - self.weekday) % 7 * _DAY
        found = self._on(day)
        return found if found.at <= now else self._on(day - WEEK)

    def due(self, now: datetime) -> Occasion | None:
        """Return the occasion whose digest is to be sent by now; None once it is too late to be of use."""
        found = self.last(now)
        return found if now - found.at <= LATE else None

    def next(self, now: datetime) -> Occasion:
        """Return the occasion to come, which a preview is of."""
        return self._on(self.last(now).week + self.weekday * _DAY + WEEK)

    def of_week(self, day: date) -> Occasion:
        """Return the occasion of the week that a day is in, gone by or still to come."""
        return self._on(day - day.weekday() * _DAY + self.weekday * _DAY)

    def _on(self, day: date) -> Occasion:
        return Occasion(day - day.weekday() * _DAY, instant(datetime.combine(day, self.at)).at)
