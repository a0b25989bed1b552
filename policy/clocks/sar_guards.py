"""What cannot have happened to a request: dates out of order, answers to nothing."""

from datetime import date
from typing import TYPE_CHECKING

from policy.clocks.refusal import RefusedDatesError, refuse_out_of_reach

if TYPE_CHECKING:
    from policy.clocks.sar import SarEvents


def refuse_impossible(events: "SarEvents", now: date) -> None:
    """Raise RefusedDatesError for a date before receipt or after `now`, or an answer before or without its question."""
    refuse_out_of_reach(events.received)
    if events.received > now:
        raise RefusedDatesError(f"Received on {events.received} is after {now}: that day has not come yet.")
    for what, asked, came in (
        ("identity", events.identity_asked, events.identity_received),
        ("authority", events.authority_asked, events.authority_received),
        ("fee", events.fee_asked, events.fee_paid),
        *(("clarification", one.asked, one.answered) for one in events.clarifications),
    ):
        if asked is None:
            if came is not None:
                raise RefusedDatesError(f"The {what} came on {came}, but when was it asked for? Give that day too.")
            continue
        for day in (asked, came):
            if day is None:
                continue
            if day < events.received:
                raise RefusedDatesError(
                    f"The {what} date {day} is before the request was received, on {events.received}."
                )
            if day > now:
                raise RefusedDatesError(f"The {what} date {day} is after {now}: that day has not come yet.")
            refuse_out_of_reach(day)
        if came is not None and came < asked:
            raise RefusedDatesError(f"The {what} came on {came}, before it was asked for on {asked}.")
