"""A number of months to answer in, with what is left out of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from policy.clocks.months import months_on
from policy.clocks.pauses import Clarification, Pause, pauses
from policy.clocks.working_days import Division, last_working_day, next_working_day


@dataclass(frozen=True, slots=True)
class Period:
    """From `starts` some months on (`raw`), and further by the pauses.

    `safe` and `outer` are the last days before they move off weekends and bank holidays; `due` and `outer_due` after.
    """

    starts: date
    months: int
    raw: date
    counted: int
    pauses: tuple[Pause, ...]
    safe: date
    outer: date
    division: Division

    @property
    def due(self) -> date:
        """Last day to answer, what staff work to: moved once, at the very end."""
        return next_working_day(self.safe, self.division)

    @property
    def outer_due(self) -> date:
        """Last day in law."""
        return next_working_day(self.outer, self.division)

    @property
    def target(self) -> date:
        """Last working day on or before the safe date before it moves: what reminders aim at."""
        return last_working_day(self.safe, self.division)


def period(starts: date, months: int, clarifications: tuple[Clarification, ...], division: Division) -> Period:
    """Work out one period from answered clarifications in the order in which they were asked.

    `counted` of them, from the first, were asked in time; the next one, if any, when this period was over.
    """
    raw = months_on(starts, months)
    counted = sum(one.asked <= raw for one in clarifications)
    found = _sum(starts, raw, months, clarifications[:counted], division)
    while counted < len(clarifications) and clarifications[counted].asked <= found.due:
        counted += 1
        found = _sum(starts, raw, months, clarifications[:counted], division)
    return found


def _sum(starts: date, raw: date, months: int, clarifications: tuple[Clarification, ...], division: Division) -> Period:
    left_out = pauses(clarifications, starts=starts)
    return Period(
        starts,
        months,
        raw,
        len(clarifications),
        left_out,
        safe=raw + timedelta(sum(one.safe_days for one in left_out)),
        outer=raw + timedelta(sum(one.days_in_law for one in left_out)),
        division=division,
    )
