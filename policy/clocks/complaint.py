"""When a data-protection complaint must be acknowledged (DPA 2018 s.164A, in force from 19 June 2026)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from policy.calendar import long_date
from policy.clocks.refusal import RefusedDatesError, refuse_out_of_reach
from policy.clocks.working_days import Division, next_working_day, why_closed

DAYS: Final = timedelta(30)  # day 1 is the day after receipt
DUTY_BEGAN: Final = date(2026, 6, 19)


@dataclass(frozen=True, slots=True)
class ComplaintClock:
    """The day by which it must be acknowledged, and the sum."""

    received: date
    acknowledge_by: date
    steps: tuple[str, ...]


def complaint_clock(received: date, *, division: Division, now: date | None = None) -> ComplaintClock:
    """Work out the day. Raises RefusedDatesError for a receipt after `now`, where a `now` is given."""
    refuse_out_of_reach(received)
    if now is not None and received > now:
        raise RefusedDatesError(f"Received on {received} is after {now}: that day has not come yet.")
    thirtieth = received + DAYS
    due = next_working_day(thirtieth, division)
    return ComplaintClock(received, due, _steps(received, thirtieth, due, division))


def _steps(received: date, thirtieth: date, due: date, division: Division) -> tuple[str, ...]:
    steps = [
        f"The complaint came on {long_date(received)}; the day after is day 1 (Data Protection Act 2018, s.164A).",
        f"Day 30 is {long_date(thirtieth)}.",
    ]
    if due != thirtieth:
        steps.append(f"That is {why_closed(thirtieth, division)}, so it moves to the next working day.")
    steps.append(f"Acknowledge it by {long_date(due)}; looking into it starts at once.")
    if received < DUTY_BEGAN:
        steps.append(f"It came before {long_date(DUTY_BEGAN)}, when this duty began: the DPO says whether it holds.")
    return tuple(steps)
