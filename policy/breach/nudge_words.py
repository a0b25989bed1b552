"""What a reminder says, and what a case still lacks. Fixed words: nobody's name and nobody's own text is in them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from policy.breach.case import Breach
from policy.breach.criteria import LABELS, unweighed
from policy.breach.form_b import is_late, starred_missing
from policy.breach.milestones import Milestone, Track
from policy.breach.status import ico_says, is_analysed
from policy.clocks.breach import breach_clock
from policy.clocks.local_time import long_time
from policy.labels import joined

_DAY: Final = timedelta(days=1)
_END: Final = 72
_NAMED: Final = 3  # fields of Form B: a reminder is read at a glance, and the form names them all
_FIXED: Final[Mapping[Track, str]] = {
    Track.ACKNOWLEDGE: "Nobody with the DPO's seat has acknowledged this case yet. Please do, so that everybody knows.",
    Track.FORM_A: "Your report is saved as far as it goes. Could you finish it? Type resume to go on.",
    Track.SUBJECTS: "It was decided to tell the people affected, and that isn't recorded yet. It should not wait.",
    Track.OTHERS: "The time to tell another organisation is up. Please record when they were told.",
    Track.OUTSTANDING: "Form B said that something would be known today. Please fill it in, or give a new day.",
    Track.REVIEW: "It is two weeks since the decision: please look back at what to do differently.",
}


def words(milestone: Milestone, breach: Breach, now: datetime) -> str:
    """Put one reminder into words."""
    match milestone.track:
        case Track.CLOCK:
            return _clock(milestone.step, breach, now)
        case Track.OTHERS if milestone.step == 0:
            return f"Another organisation must hear of this by {long_time(milestone.due + _DAY)}."
        case track:
            return _FIXED[track]


def lacking(breach: Breach, now: datetime) -> tuple[str, ...]:
    """Say what is still to be done before the clock stops, the next thing first (domain 2.5)."""
    left: list[str] = []
    if breach.form_a is None:
        left.append("Form A")
    if not is_analysed(breach):
        weighed = None if breach.criteria is None else tuple(LABELS[one] for one in unweighed(breach.criteria))
        left.append(f"the criteria ({joined(weighed)})" if weighed else "the five criteria")
    if ico_says(breach) is None:
        left.append("the decision on the regulator")
    elif ico_says(breach) and breach.ico_sent_at is None:
        left += _of_form_b(breach, now)
        left.append("sending the report")
    return tuple(left)


def _of_form_b(breach: Breach, now: datetime) -> list[str]:
    if not breach.form_b:
        return ["Form B"]
    blank = [field.label for field in starred_missing(breach.form_b[-1].answers, late=is_late(breach.t0, now))]
    named = blank if len(blank) <= _NAMED else [*blank[:_NAMED], f"{len(blank) - _NAMED} more"]
    return [f"Form B ({', '.join(named)})"] if blank else []


def _clock(hours: int, breach: Breach, now: datetime) -> str:
    clock = breach_clock(breach.t0, now)
    missing = joined(lacking(breach, now))
    still = f" Still missing: {missing}." if missing else ""
    if clock.hours_left < 0 or hours == _END:
        return (
            f"The 72 hours ended on {long_time(clock.ico_by)}. "
            f"A report now must say why it is late (2d on Form B).{still}"
        )
    count = f"{clock.hours_left:.0f}"
    left = f"{count} hour{'' if count == '1' else 's'} left, until {long_time(clock.ico_by)}."
    match hours:
        case 24:
            return f"{left}{still}"
        case 48:
            return f"A decision on the regulator is needed. {left}{still}" if ico_says(breach) is None else left + still
        case 60:
            return f"Time is getting short. {left}{still}"
        case _:
            return f"Last call. {left}{still}"
