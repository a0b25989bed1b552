"""The sum behind a request's dates, a line a step, so that a DPO can read it aloud."""

from datetime import date, timedelta
from typing import Final

from policy.calendar import long_date
from policy.clocks.months import months_on
from policy.clocks.period import Period
from policy.clocks.sar import EXTENDED_MONTHS, MONTHS, SarClock, SarState
from policy.clocks.working_days import why_closed

_RULES_BEGAN: Final = date(2026, 2, 5)  # DPA 2018 s.54 as it stands now
_SPANS: Final = {MONTHS: "One month", EXTENDED_MONTHS: "Three months"}


def sar_steps(clock: SarClock) -> tuple[str, ...]:
    """Give the sum as all may see it: the last day in law is not in it."""
    lines = _came(clock)
    if clock.starts is None:
        lines.append("The month starts when the last of what we asked for has come; until then nothing is due.")
    else:
        lines.append(f"The month starts on {long_date(clock.starts)} (UK GDPR art. 12A; SAR-4.1, SAR-4.2).")
        lines += _paused(clock, clock.starts) if clock.state is SarState.PAUSED else []
    if clock.month is not None:
        lines += _running(clock.month, clock.longer)
    if clock.events.received < _RULES_BEGAN:
        lines.append(f"It came before {long_date(_RULES_BEGAN)}, when these rules began: the DPO checks this sum.")
    return tuple(lines)


def sar_steps_for_the_dpo(clock: SarClock) -> tuple[str, ...]:
    """Give what the DPO alone sees: the last day in law, where it is another day."""
    span = clock.in_force
    if span is None or span.outer_due == span.due:
        return ()
    line = (
        f"The Act also leaves out the day of each answer, so the last day in law is {long_date(span.outer_due)} "
        "(Data Protection Act 2018, s.54). Working to the date above is the safe side of that."
    )
    return (line,)


def _came(clock: SarClock) -> list[str]:
    events = clock.events
    lines = [
        f"The request came on {long_date(events.received)}. That day counts, whoever got it, spoken too (SAR-1.3)."
    ]
    if events.identity_asked and not events.identity_doubt:
        lines.append("Proof of identity was asked for with no doubt on record, so the month does not wait for it.")
    if events.identity_doubt and not events.identity_asked:
        lines.append("A doubt about identity is on record, but no proof was asked for, so the month does not wait.")
    for what, asked, came in (
        ("proof of identity", events.identity_asked if events.identity_doubt else None, events.identity_received),
        ("written authority", events.authority_asked, events.authority_received),
        ("the fee", events.fee_asked, events.fee_paid),
    ):
        if asked is not None:
            ending = f"it came on {long_date(came)}." if came else "it has not come yet."
            lines.append(f"We asked for {what} on {long_date(asked)}; {ending}")
    return lines


def _running(month: Period, longer: Period | None) -> list[str]:
    span = longer or month
    lines = [f"{_SPANS[span.months]} on is {_raw(span.starts, span.raw)}."]
    if longer:
        lines.insert(0, "It was extended, once, by two months: three in all from the same start (SAR-4.3).")
    day = span.raw
    for pause in span.pauses:
        day += timedelta(pause.safe_days)
        lines.append(
            f"We waited to be told what is meant from {long_date(pause.begins)} to {long_date(pause.answered)}: "
            f"{_days(pause.safe_days)} left out, which makes it {long_date(day)} (UK GDPR art. 12A)."
        )
    if span.due != span.safe:
        lines.append(f"That is {why_closed(span.safe, span.division)}, so it moves to the next working day.")
    lines.append(f"The reply is due by {long_date(span.due)}.")
    if span.target != span.due:
        lines.append(f"Reminders aim at {long_date(span.target)}, the last working day before.")
    if longer is None:
        lines.append(
            f"An extension would have to be announced, with its reason, by {long_date(month.target)} (SAR-4.4)."
        )
    return lines


def _paused(clock: SarClock, starts: date) -> list[str]:
    months = EXTENDED_MONTHS if clock.events.extended else MONTHS
    open_question = clock.events.unanswered
    lines = [f"{_SPANS[months]} on is {_raw(starts, months_on(starts, months))}."]
    if open_question is not None:
        lines.append(
            f"We asked what is meant on {long_date(open_question.asked)} and have no answer yet, so the clock stands "
            f"still. {_days(clock.days_left or 0)} are left when the answer comes (UK GDPR art. 12A)."
        )
    if clock.set_aside:
        lines.append(f"An earlier pause adds {_days(clock.set_aside)} to these.")
    return lines


def _raw(starts: date, raw: date) -> str:
    return long_date(raw) + ("" if raw.day == starts.day else ", the last day of a shorter month")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
