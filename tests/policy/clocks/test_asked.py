"""Questions about a deadline as people type them; today is a Monday in term."""

from datetime import date, time

import pytest

from policy.clocks.asked import DeadlineAsked, DeadlineKind, read
from tests.policy.clocks.days import day

TODAY = day("2026-11-23")
SAR, RIGHTS, BREACH, COMPLAINT = DeadlineKind


@pytest.mark.parametrize(
    ("text", "kind", "on", "at"),
    [
        ("when is a SAR received on 31 January due?", SAR, "2027-01-31", None),
        ("72 hours from Friday 4pm?", BREACH, "2026-11-20", time(16)),
        ("complaint received 3 March", COMPLAINT, "2027-03-03", None),
        ("SAR came in last Friday, when do we have to answer", SAR, "2026-11-20", None),
        ("by when do we answer a subject access request that came yesterday", SAR, "2026-11-22", None),
        ("SAR of 3/9/2026 due when", SAR, "2026-09-03", None),
        ("deadline for a sar dated 2026-10-05", SAR, "2026-10-05", None),
        ("SAR received on the 3rd", SAR, "2026-11-03", None),
        ("SAR received on the 25th?", SAR, "2026-10-25", None),
        ("SAR received on Friday 4th September", SAR, "2026-09-04", None),
        ("when is the SAR that came on Tues 3 March due", SAR, "2026-03-03", None),
        ("SAR received three weeks ago, deadline?", SAR, "2026-11-02", None),
        ("SAR received on Monday, when due", SAR, "2026-11-23", None),
        ("when's a sar due that arrived on Tuesday last week", SAR, "2026-11-17", None),
        ("data request received today, how long have we got", SAR, "2026-11-23", None),
        ("access request in on Sep 3?", SAR, "2026-09-03", None),
        ("erasure request received 3 November, when is it due?", RIGHTS, "2026-11-03", None),
        ("complaint came 5 November, acknowledge by when", COMPLAINT, "2026-11-05", None),
        ("ICO deadline if we found out yesterday at noon", BREACH, "2026-11-22", time(12)),
        ("72 hrs from 27/3/2026 16:30", BREACH, "2026-03-27", time(16, 30)),
        ("seventy-two hours after Saturday 9.15 am", BREACH, "2026-11-21", time(9, 15)),
        ("when must the ICO know of a breach noticed 3 July 16:00", BREACH, "2026-07-03", time(16)),
        ("72 hours from 12am on Friday", BREACH, "2026-11-20", time(0)),
        ("is 4 July the deadline for a SAR that came on 4 June", SAR, "2026-06-04", None),
        ("is a sar received 29 February 2028 due 29 march 2028", SAR, "2028-02-29", None),
    ],
)
def test_what_was_asked_is_read(text: str, kind: DeadlineKind, on: str, at: time | None) -> None:
    told = read(text, TODAY)
    assert told is not None
    assert (told.kind, told.on, told.at) == (kind, day(on), at)


@pytest.mark.parametrize(
    "text",
    [
        "when is a SAR due?",  # no day: the policy answers that
        "what is the deadline for an access request",
        "how long do we have for a SAR, is it within one month?",
        "can I photograph Amelia on 3 March?",
        "when is the school trip on 3 March?",
        "We had a breach on Friday when a laptop was stolen",
        "a parent complained on 3 March about photos",
        "a mum asked on Friday for all her data",
        "foi request received 3 march, due?",
        "when is the consent form of 3 March due?",
        "hello",
        "",
    ],
)
def test_what_asks_for_no_date_is_left_to_others(text: str) -> None:
    assert read(text, TODAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "when is a SAR received on 31 February due?",
        "when is a SAR received in August due?",
        "SAR received last week, deadline?",
        "SAR received on Friday 4 July, deadline?",  # neither year's 4 July is a Friday
    ],
)
def test_a_day_that_cannot_be_told_is_asked_for(text: str) -> None:
    told = read(text, TODAY)
    assert told is not None
    assert told.on is None


def test_what_else_was_said_is_kept() -> None:
    assert read("deadline of a SAR received 3 March 2026, extended", TODAY) == DeadlineAsked(
        SAR, date(2026, 3, 3), extended=True
    )
    assert read("due date of a SAR received 1 June if the ID came on 10 June", TODAY) == DeadlineAsked(
        SAR, date(2026, 6, 1), other_days=True
    )
    assert read("72 hours from now", TODAY) == DeadlineAsked(BREACH, TODAY, just_now=True)


@pytest.mark.parametrize(
    "text", ["x" * 20_000, "72 hours " * 3000, "sar received 99/99/9999 due", "SAR 9pm 30pm 3:99 due"]
)
def test_nothing_typed_breaks_it(text: str) -> None:
    told = read(text, TODAY)
    assert told is None or told.on is None or told.kind
