"""How a request's dates read: one line for the head of a card, and the sum for whoever wants to check it."""

from datetime import date, datetime

from dialogs.cards.case_parts import Section
from policy.calendar import long_date
from policy.clocks.sar import SarEvents, sar_clock
from policy.clocks.sar_steps import sar_steps_for_the_dpo
from policy.clocks.working_days import Division
from policy.request.case import Request
from policy.request.dates import Change, Dates, Runs, changes, dates_of, day_of
from policy.request.events import Happened
from policy.request.kinds import RequestKind

_WHY = {
    Happened.DETAILS_CORRECTED: "the details were put right",
    Happened.UNDONE: "a step was taken back",
    Happened.EXTENDED: "it was extended by two months",
    Happened.IDENTITY_ASKED: "proof of identity was asked for",
    Happened.IDENTITY_SEEN: "proof of identity was seen",
    Happened.FEE_ASKED: "a fee was asked for",
    Happened.FEE_PAID: "the fee was paid",
    Happened.AUTHORITY_ASKED: "a signed authority was asked for",
    Happened.AUTHORITY_RECEIVED: "the signed authority came",
    Happened.AUTHORITY_OVERRIDDEN: "no authority was waited for any longer",
    Happened.CLARIFY_ASKED: "we asked what is meant",
    Happened.CLARIFY_ANSWERED: "the answer came",
}


def headline(request: Request, *, division: Division, now: datetime) -> str:  # noqa: PLR0911  one line a state
    """Say in a line by when it is to be answered, and how long that is."""
    if request.answer is not None:
        return f"Answered on {long_date(request.answer.sent_on)}."
    if not request.is_open:
        return "No clock runs."
    dates, today = dates_of(request, division=division), day_of(now)
    match dates.runs:
        case Runs.WAITING:
            return f"The month has not begun: we wait for the requester{_since(dates)}."
        case Runs.PAUSED:
            return f"The clock stands still{_since(dates)}. {_left(dates)} left when the answer comes."
        case Runs.AT_ONCE:
            return "Advertising stops at once: nothing is weighed."
        case Runs.NO_CLOCK:
            return "No law sets a day for this; the sooner the better, while the footage is there."
        case Runs.RUNNING:
            return _running(request, dates, today)


def facts(request: Request, *, division: Division) -> tuple[tuple[str, str], ...]:
    """Give the days behind the headline. For the DPO: the last day in law is among them."""
    dates = dates_of(request, division=division)
    lines = [("Received", long_date(request.details.received_on))]
    if dates.starts is not None and dates.starts != request.details.received_on:
        lines.append(("The month starts", long_date(dates.starts)))
    if dates.outer_due is not None and dates.outer_due != dates.due:
        lines.append(("Last day in law", long_date(dates.outer_due)))
    if dates.notice_by is not None and request.extension is None and request.is_running:
        lines.append(("An extension must be announced by", long_date(dates.notice_by)))
    return tuple(lines)


def sections(request: Request, *, division: Division) -> tuple[Section, ...]:
    """Give the sum, and every older date with why it changed. For the DPO."""
    dates = dates_of(request, division=division)
    extra = () if dates.clock is None else sar_steps_for_the_dpo(dates.clock)
    differs = _policy_differs(request, dates, division)
    return (
        Section("How the date is worked out", tuple(("", line) for line in (*dates.steps, *extra, *differs))),
        Section("Older dates", tuple(map(_change, changes(request, division=division)))),
    )


def _running(request: Request, dates: Dates, today: date) -> str:
    if dates.due is None:
        return "No day is known yet."
    what = "Acknowledge" if request.kind is RequestKind.COMPLAINT else "Answer"
    if request.kind is RequestKind.COMPLAINT and request.complaint_acknowledged_on is not None:
        return f"Acknowledged on {long_date(request.complaint_acknowledged_on)}. The outcome follows without delay."
    left = (dates.due - today).days
    by = f"{what} by {long_date(dates.due)}"
    if left < 0:
        return f"{_days(-left)} late: it was due by {long_date(dates.due)}."
    return f"{by}: {_days(left)} left on {long_date(today)}."


def _left(dates: Dates) -> str:
    clock = dates.clock
    days = 0 if clock is None else (clock.days_left or 0) + clock.set_aside
    return f"{_days(days)} {'is' if days == 1 else 'are'}"


def _since(dates: Dates) -> str:
    return "" if dates.stands_since is None else f" since {long_date(dates.stands_since)}"


def _policy_differs(request: Request, dates: Dates, division: Division) -> tuple[str, ...]:
    """Say, once, that the procedure's own rule would be later than the law allows (domain 3.2)."""
    answered = [one.answered_on for one in request.questions if one.answered_on is not None]
    if not answered or dates.due is None or request.extension is not None:
        return ()
    restarted = sar_clock(SarEvents(max(answered)), division=division, now=max(answered)).due
    if restarted is None or restarted <= dates.due:
        return ()
    line = (
        f"The school's procedure would begin the month anew with each answer, which makes {long_date(restarted)} "
        "(SAR-4.1). The law only leaves out the days in between, so this works to the earlier day."
    )
    return (line,)


def _change(change: Change) -> tuple[str, str]:
    was = "no day" if change.was is None else long_date(change.was)
    now = "no day" if change.now is None else long_date(change.now)
    why = f" {change.reason}" if change.reason else ""
    return (f"{was}, then {now}", f"{_WHY.get(change.kind, 'it changed')} on {long_date(day_of(change.at))}.{why}")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
