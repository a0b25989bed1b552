"""The month of a request: every dated example of the law's page, and what cannot have happened."""

from dataclasses import replace
from datetime import date

import pytest

from policy.clocks.refusal import RefusedDatesError
from policy.clocks.sar import SarClock, SarEvents, SarState, sar_clock
from policy.clocks.working_days import Division
from tests.policy.clocks.days import asked, day

ENGLAND, SCOTLAND, NORTH = Division
LATER = date(2030, 12, 31)
DOUBTED = SarEvents(day("2026-06-01"), identity_asked=day("2026-06-03"), identity_doubt=True)


def clock(events: SarEvents, division: Division = ENGLAND, now: date = LATER) -> SarClock:
    return sar_clock(events, division=division, now=now)


@pytest.mark.parametrize(
    ("received", "division", "due", "target"),
    [
        ("2026-03-03", ENGLAND, "2026-04-07", "2026-04-02"),  # vS01
        ("2026-09-03", ENGLAND, "2026-10-05", "2026-10-02"),  # vS02
        ("2027-01-31", ENGLAND, "2027-03-01", "2027-02-26"),  # vS03
        ("2026-03-31", ENGLAND, "2026-04-30", "2026-04-30"),  # vS05
        ("2026-11-25", ENGLAND, "2026-12-29", "2026-12-24"),  # vS08
        ("2026-05-15", ENGLAND, "2026-06-15", "2026-06-15"),  # vS11
        ("2026-05-15", SCOTLAND, "2026-06-16", "2026-06-12"),  # vS11
        ("2026-07-13", ENGLAND, "2026-08-13", "2026-08-13"),  # beside vR01 and vF01
        ("2028-01-31", ENGLAND, "2028-02-29", "2028-02-29"),  # a leap year
        ("2026-02-17", NORTH, "2026-03-18", "2026-03-16"),
        ("2026-12-02", SCOTLAND, "2027-01-05", "2026-12-31"),
    ],
)
def test_a_month_on_then_off_weekends_and_bank_holidays(
    received: str, division: Division, due: str, target: str
) -> None:
    told = clock(SarEvents(day(received)), division)
    assert (told.state, told.starts) == (SarState.RUNNING, day(received))
    assert (told.due, told.outer_due) == (day(due), day(due))
    assert (told.target, told.extension_notice_by) == (day(target), day(target))
    assert (told.extended_due, told.extended_outer_due, told.days_left) == (None, None, None)


@pytest.mark.parametrize(
    ("events", "starts"),
    [
        (replace(DOUBTED, identity_received=day("2026-06-10")), "2026-06-10"),  # vI01
        (replace(DOUBTED, identity_received=day("2026-06-10"), identity_doubt=False), "2026-06-01"),  # vI02
        (replace(DOUBTED, identity_doubt=False), "2026-06-01"),
        (SarEvents(day("2026-06-01"), identity_doubt=True), "2026-06-01"),  # a doubt, but nothing asked
        (
            SarEvents(day("2026-06-01"), authority_asked=day("2026-06-02"), authority_received=day("2026-06-12")),
            "2026-06-12",
        ),
        (SarEvents(day("2026-06-01"), fee_asked=day("2026-06-02"), fee_paid=day("2026-06-11")), "2026-06-11"),
        (
            SarEvents(
                day("2026-06-01"),
                *(day("2026-06-02"), True, day("2026-06-09"), day("2026-06-02"), day("2026-06-15")),
                *(day("2026-06-03"), day("2026-06-04")),
            ),
            "2026-06-15",
        ),
    ],
)
def test_the_month_starts_with_the_last_thing_it_waited_for(events: SarEvents, starts: str) -> None:
    assert clock(events).starts == day(starts)


def test_identity_moves_the_start_where_a_pause_would_give_an_earlier_date() -> None:
    told = clock(replace(DOUBTED, identity_received=day("2026-06-10")))
    assert (told.due, told.outer_due) == (day("2026-07-10"), day("2026-07-10"))  # vI01
    told = clock(replace(DOUBTED, identity_received=day("2026-06-10"), identity_doubt=False))
    assert told.due == day("2026-07-01")  # vI02


@pytest.mark.parametrize(
    "events",
    [
        DOUBTED,
        SarEvents(day("2026-06-01"), authority_asked=day("2026-06-02")),
        SarEvents(day("2026-06-01"), fee_asked=day("2026-06-02"), extended=True),
        replace(DOUBTED, authority_asked=day("2026-06-02"), authority_received=day("2026-06-12")),
        replace(DOUBTED, clarifications=(asked("2026-06-02"),)),  # waiting wins over paused
    ],
)
def test_while_something_is_outstanding_there_is_no_date_at_all(events: SarEvents) -> None:
    told = clock(events)
    assert told.state is SarState.WAITING
    assert (told.starts, told.due, told.outer_due, told.target, told.extension_notice_by) == (None,) * 5
    assert (told.extended_due, told.extended_outer_due, told.days_left) == (None,) * 3


@pytest.mark.parametrize(
    ("received", "clarifications", "due", "outer"),
    [
        ("2026-06-01", "2026-06-08:2026-06-15", "2026-07-08", "2026-07-09"),  # vP01
        ("2026-09-07", "2026-09-10:2026-09-10", "2026-10-07", "2026-10-08"),  # vP04
        ("2027-01-31", "2027-02-01:2027-02-05", "2027-03-04", "2027-03-05"),  # vP05
        ("2026-05-18", "2026-05-20:2026-05-27 2026-05-22:2026-05-29", "2026-06-29", "2026-06-29"),  # overlapping
        ("2026-05-18", "2026-05-22:2026-05-29 2026-05-20:2026-05-27", "2026-06-29", "2026-06-29"),  # in any order
        ("2026-06-01", "2026-06-08:2026-06-10 2026-06-10:2026-06-12", "2026-07-06", "2026-07-06"),  # touching: 4, 5
        ("2026-06-01", "2026-06-08:2026-06-10 2026-06-11:2026-06-12", "2026-07-06", "2026-07-06"),  # apart: 3, 5
        ("2026-06-01", "2026-06-08:2026-06-20 2026-06-09:2026-06-10", "2026-07-13", "2026-07-14"),  # one in another
        ("2026-06-01", "2026-07-01:2026-07-10", "2026-07-10", "2026-07-13"),  # asked on the last day
        ("2026-09-03", "2026-10-05:2026-10-06", "2026-10-05", "2026-10-05"),  # asked on the day it moved to
    ],
)
def test_days_between_question_and_answer_do_not_count(
    received: str, clarifications: str, due: str, outer: str
) -> None:
    told = clock(SarEvents(day(received), clarifications=tuple(asked(one) for one in clarifications.split())))
    assert (told.state, told.due, told.outer_due) == (SarState.RUNNING, day(due), day(outer))


@pytest.mark.parametrize(
    ("clarification", "due", "outer"),
    [
        ("2026-06-02:2026-06-08", "2026-07-10", "2026-07-10"),  # all before the start
        ("2026-06-08:2026-06-12", "2026-07-13", "2026-07-13"),  # 2 and 3 days on or after the start
        ("2026-06-08:2026-06-10", "2026-07-10", "2026-07-13"),  # answered on the day of the start
    ],
)
def test_days_before_the_start_make_no_pause(clarification: str, due: str, outer: str) -> None:
    events = replace(DOUBTED, identity_received=day("2026-06-10"), clarifications=(asked(clarification),))
    assert (clock(events).due, clock(events).outer_due) == (day(due), day(outer))


@pytest.mark.parametrize(
    ("events", "left", "aside"),
    [
        (SarEvents(day("2026-06-01"), clarifications=(asked("2026-06-08"),)), 23, 0),  # vP10
        (SarEvents(day("2026-06-01"), clarifications=(asked("2026-06-08"),), extended=True), 85, 0),
        (SarEvents(day("2026-06-01"), clarifications=(asked("2026-06-22"), asked("2026-06-08"))), 23, 0),
        (SarEvents(day("2026-06-01"), clarifications=(asked("2026-06-08:2026-06-15"), asked("2026-06-22"))), 9, 7),
        (SarEvents(day("2026-06-01"), clarifications=(asked("2026-06-08:2026-06-15"), asked("2026-06-10"))), 21, 2),
        (SarEvents(day("2026-06-01"), clarifications=(asked("2026-06-08"), asked("2026-06-10:2026-06-12"))), 23, 0),
        (replace(DOUBTED, identity_received=day("2026-06-10"), clarifications=(asked("2026-06-08"),)), 30, 0),
    ],
)
def test_while_a_question_is_open_only_the_days_left_are_known(events: SarEvents, left: int, aside: int) -> None:
    told = clock(events)
    assert (told.state, told.days_left, told.set_aside) == (SarState.PAUSED, left, aside)
    assert told.starts is not None
    assert (told.due, told.outer_due, told.target, told.extension_notice_by) == (None,) * 4
    assert (told.extended_due, told.extended_outer_due) == (None, None)


@pytest.mark.parametrize(
    ("events", "due", "longer", "target", "notice"),
    [
        (SarEvents(day("2027-01-31")), "2027-03-01", "2027-04-30", "2027-04-30", "2027-02-26"),  # vE01
        (SarEvents(day("2026-03-03")), "2026-04-07", "2026-06-03", "2026-06-03", "2026-04-02"),  # vE02
        (SarEvents(day("2026-05-30")), "2026-06-30", "2026-09-01", "2026-08-28", "2026-06-30"),
        (
            SarEvents(day("2026-06-01"), clarifications=(asked("2026-06-08:2026-06-15"),)),
            *("2026-07-08", "2026-09-08", "2026-09-08", "2026-07-08"),
        ),
        (  # asked in the third month: it moves the longer date and leaves the month as it was
            SarEvents(day("2026-06-01"), clarifications=(asked("2026-08-03:2026-08-10"),)),
            *("2026-07-01", "2026-09-08", "2026-09-08", "2026-07-01"),
        ),
    ],
)
def test_an_extension_is_three_months_from_the_same_start(
    events: SarEvents, due: str, longer: str, target: str, notice: str
) -> None:
    told = clock(replace(events, extended=True))
    assert (told.due, told.extended_due) == (day(due), day(longer))
    assert (told.target, told.extension_notice_by) == (day(target), day(notice))
    assert told.extended_outer_due is not None


@pytest.mark.parametrize(
    ("changes", "now", "why"),
    [
        ({}, "2026-05-31", "Received on 2026-06-01 is after"),  # vG01, as the next
        ({"clarifications": (asked("2026-05-30:2026-06-02"),)}, "2026-07-31", "before the request was received"),
        ({"identity_asked": day("2026-05-30")}, "2026-07-31", "before the request was received"),
        ({"clarifications": (asked("2026-06-10:2026-06-09"),)}, "2026-07-31", "before it was asked"),
        ({"fee_asked": day("2026-06-10"), "fee_paid": day("2026-06-09")}, "2026-07-31", "before it was asked"),
        ({"authority_received": day("2026-06-09")}, "2026-07-31", "when was it asked"),
        ({"identity_received": day("2026-06-09")}, "2026-07-31", "when was it asked"),
        ({"fee_paid": day("2026-06-09")}, "2026-07-31", "when was it asked"),
        ({"clarifications": (asked("2026-06-10:2026-06-20"),)}, "2026-06-19", "has not come yet"),
        ({"authority_asked": day("2026-06-10")}, "2026-06-09", "has not come yet"),
        ({"clarifications": (asked("2026-07-02:2026-07-03"),)}, "2026-07-31", "after the due date, 2026-07-01"),
        ({"clarifications": (asked("2026-07-02"),)}, "2026-07-31", "after the due date"),
        ({"clarifications": (asked("2026-09-02:2026-09-03"),), "extended": True}, "2026-12-31", "after the due date"),
        (
            {"clarifications": (asked("2026-06-08:2026-06-15"), asked("2026-07-09"))},
            *("2026-07-31", "after the due date, 2026-07-08"),
        ),
        ({"received": date(1999, 6, 1)}, "2026-07-31", "out of reach"),
        ({"received": date(9999, 12, 31)}, "9999-12-31", "out of reach"),
        ({"clarifications": (asked("2026-06-08:9999-12-31"),)}, "9999-12-31", "out of reach"),
    ],
)
def test_what_cannot_have_happened_is_refused_with_the_reason(changes: dict[str, object], now: str, why: str) -> None:
    events = replace(SarEvents(day("2026-06-01")), **changes)  # type: ignore[arg-type]  a table of any of its fields
    with pytest.raises(RefusedDatesError, match=why):
        clock(events, now=day(now))


@pytest.mark.parametrize(
    "clarifications",
    [
        (asked("2026-06-08:2026-06-15"), asked("2026-07-08:2026-07-09")),  # on the moved last day
        (asked("2026-07-01"),),
        (asked("2026-06-08"), asked("2026-12-09:2026-12-10")),  # no last day while the first is open
    ],
)
def test_a_question_in_time_is_not_refused(clarifications: tuple) -> None:  # type: ignore[type-arg]  of clarifications
    assert clock(SarEvents(day("2026-06-01"), clarifications=clarifications)).starts == day("2026-06-01")
