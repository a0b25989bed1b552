"""A question about a deadline becomes its answer: the day first, then the sum, a line a step."""

from datetime import date, datetime, time

from policy.calendar import long_date
from policy.clocks.asked import DeadlineAsked, DeadlineKind
from policy.clocks.breach import HOURS, breach_clock, breach_steps
from policy.clocks.complaint import complaint_clock
from policy.clocks.local_time import Instant, instant, long_time
from policy.clocks.refusal import RefusedDatesError
from policy.clocks.sar import SarEvents, sar_clock
from policy.clocks.sar_steps import sar_steps
from policy.clocks.working_days import Division

_OTHER_DAYS = (
    "Only the day it came in is counted here. A wait for identity, authority, a fee or an answer moves the date; "
    "the DPO keeps those on the case."
)


def deadline_lines(asked: DeadlineAsked, *, division: Division, now: datetime) -> tuple[str, ...]:
    """Answer as if the day had come, whenever it is: the first line is the answer, the others the sum.

    `now` is the moment of the question (UTC): "72 hours from now" counts from it.
    Nothing here is for the DPO's eyes alone, and nothing is of the asker's own words.
    """
    if asked.on is None:
        return ("Which day do you mean? Please write it out, such as 3 March 2027, and I work out the date.",)
    try:
        match asked.kind:
            case DeadlineKind.SAR | DeadlineKind.RIGHTS:
                return _request(asked, asked.on, division)
            case DeadlineKind.BREACH:
                return _breach(asked, asked.on, now)
            case DeadlineKind.COMPLAINT:
                clock = complaint_clock(asked.on, division=division)
                return (f"Acknowledge it by {long_date(clock.acknowledge_by)}.", *clock.steps)
    except RefusedDatesError as refused:
        return (str(refused),)


def _request(asked: DeadlineAsked, on: date, division: Division) -> tuple[str, ...]:
    clock = sar_clock(SarEvents(on, extended=asked.extended), division=division, now=on)
    due = clock.extended_due or clock.due
    answer = f"A request that came in on {long_date(on)} must be answered by {long_date(due)}." if due else ""
    return (answer, *sar_steps(clock), *((_OTHER_DAYS,) if asked.other_days else ()))


def _breach(asked: DeadlineAsked, on: date, now: datetime) -> tuple[str, ...]:
    known = Instant(now) if asked.just_now else instant(datetime.combine(on, asked.at or time()))
    clock = breach_clock(known.at, known.at)
    notes = [known.note] if known.note else []
    if asked.at is None and not asked.just_now:
        notes.append("No hour was given, so it counts from midnight, to be safe. Tell me the hour for the exact end.")
    return (f"The {HOURS} hours end on {long_time(clock.ico_by)}.", *notes, *breach_steps(clock))
