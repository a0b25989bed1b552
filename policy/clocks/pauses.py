"""The time in which we waited to be told what is meant. It does not count towards the reply."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Clarification:
    """We asked what is meant; `answered` is None while we wait."""

    asked: date
    answered: date | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Answered questions whose waits touch, as one wait that counts once."""

    begins: date
    answered: date

    @property
    def safe_days(self) -> int:
        """Days left out, the day of the answer counting against us."""
        return (self.answered - self.begins).days

    @property
    def days_in_law(self) -> int:
        """Days left out by the Act, which leaves out the day of the answer too (DPA 2018 s.54(3C))."""
        return self.safe_days + 1


def pauses(clarifications: Iterable[Clarification], *, starts: date) -> tuple[Pause, ...]:
    """Join the answered clarifications into pauses, in order; only days from `starts` on count."""
    joined: list[Pause] = []
    waits = sorted((one.asked, one.answered) for one in clarifications if one.answered is not None)
    for asked, answered in waits:
        if answered < starts:
            continue
        if joined and asked <= joined[-1].answered:
            joined[-1] = Pause(joined[-1].begins, max(joined[-1].answered, answered))
        else:
            joined.append(Pause(max(asked, starts), answered))
    return tuple(joined)
