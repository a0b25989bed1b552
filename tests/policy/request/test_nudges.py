"""The reminders of domain 3.7 and issue 4, day by day: through weekends, holidays, pauses, extensions and outages."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from policy.clocks.local_time import london
from policy.clocks.working_days import is_working_day
from policy.quiet_hours import QuietHours
from policy.request.events import Happened
from policy.request.holiday_guard import holiday_guard
from policy.request.kinds import RequestKind
from policy.request.ladder import To
from policy.request.milestones import planned
from policy.request.nudges import Nudge, covered, earned, next_at
from tests.policy.request.request_examples import (
    ENGLAND,
    OWNER,
    Told,
    accepted,
    at,
    clarified,
    decided,
    extended,
    identity_asked,
    ready,
    responded,
)

NIGHTS = QuietHours()


def run(told: Told, end: str, *, quiet: QuietHours | None = None) -> list[tuple[datetime, Nudge]]:
    """What a sweep that never sleeps sends until a day, by looking exactly when it was told to."""
    sent = []
    now = told.now
    while (look := next_at(told.request, now, division=ENGLAND, quiet=quiet)) is not None and max(look, now) <= at(end):
        now = max(look, now)
        nudges = earned(told.request, now, division=ENGLAND, quiet=quiet)
        assert nudges, "looked for nothing"
        sent += [(now, nudge) for nudge in nudges]
        told.now = now
        for key in covered(nudges):
            told.then(Happened.NUDGED, by=None, milestone=key)
    return sent


def seen(told: Told, end: str, line: str, to: To = To.DPO) -> list[str]:
    """The days on which somebody is reminded of something."""
    return [london(when).strftime("%m-%d") for when, nudge in run(told, end) if nudge.to is to and line in nudge.lines]


def with_task(**opening: Any) -> Told:  # noqa: ANN401  the data of an event
    return accepted(**opening).then(Happened.TASK_SET, task=1, kind="search", what="Files", owner=OWNER)


COMPLAINT, ERASURE, MARKETING = (
    accepted(kind=kind) for kind in (RequestKind.COMPLAINT, RequestKind.ERASURE, RequestKind.MARKETING)
)


@pytest.mark.parametrize(
    ("told", "line", "to", "days"),
    [
        # received Mon 1 June 2026, due Wed 1 July
        (with_task(), "due", To.DPO, ["06-19", "06-24", "06-26", "06-30", "07-01", "07-02", "07-03"]),
        (with_task(), "due", To.LEADER, ["06-26", "06-30", "07-01", "07-02", "07-03"]),
        (with_task(), "extension", To.DPO, ["06-15", "06-22", "06-26", "06-30"]),
        (accepted(), "search", To.DPO, ["06-02", "06-05"]),
        (accepted(), "check", To.DPO, ["06-03"]),
        (Told(), "check", To.DPO, ["06-03", "06-08"]),
        (Told(), "check", To.NEXT, ["06-08"]),
        (with_task(), "search", To.DPO, []),
        # set on the 1st, due on Sat 6th: reminded the working day before, chased the day after and every four
        (with_task(), "task:1", To.PERSON, ["06-05", "06-08", "06-11"]),
        (with_task(), "task:1", To.DPO, ["06-15", "06-19", "06-23"]),
        (with_task(), "task:1", To.LEADER, ["06-15", "06-19", "06-23"]),
        (identity_asked(), "waiting", To.DPO, ["06-08", "06-15", "06-22", "06-29"]),
        (clarified(), "waiting", To.DPO, ["06-08", "06-15", "06-22", "06-29"]),
        (identity_asked(), "due", To.DPO, []),
        (COMPLAINT, "complaint", To.DPO, ["06-19", "06-26", "06-30", "07-01", "07-02", "07-03"]),
        (MARKETING, "at-once", To.DPO, ["06-02", "06-03", "06-04", "06-05", "06-08", "06-09"]),
        (ERASURE, "due", To.DPO, ["06-19", "06-24", "06-26", "06-30", "07-01", "07-02", "07-03"]),
        (accepted(kind=RequestKind.RELEASE), "due", To.DPO, []),
    ],
)  # fmt: skip
def test_a_request_that_nobody_touches_reminds_by_the_table(told: Told, line: str, to: To, days: list[str]) -> None:
    again = Told(told.events[0].at)
    again.events, again.now = list(told.events), told.now
    end = "2026-06-09" if line == "at-once" else "2026-07-04"
    assert seen(again, end, line, to) == days


def test_reminders_of_a_day_move_to_the_working_day_before_and_the_last_one_aims_there() -> None:
    told = Told(at("2026-03-03")).accepted()  # due Tue 7 April, aimed at Thu 2 April: Easter
    days = seen(told, "2026-04-09", "due")
    assert days == ["03-23", "03-26", "03-30", "04-01", "04-02", "04-08", "04-09"]
    assert all(is_working_day(date(2026, int(day[:2]), int(day[3:])), ENGLAND) for day in days)


def test_an_extension_starts_the_same_offsets_on_its_own_day_and_taking_it_back_repeats_nothing() -> None:
    told = with_task()
    first = seen(told, "2026-06-25", "due")
    assert first == ["06-19", "06-24"]
    told.then(Happened.EXTENDED, when="2026-06-25", ground="complex", reason="Much.", notice_sent_on="2026-06-25")
    told.then(Happened.UNDONE, of=told.request.events, reason="A slip.")
    assert seen(told, "2026-06-29", "due") == ["06-26"]
    told.then(Happened.EXTENDED, when="2026-06-29", ground="complex", reason="Much.", notice_sent_on="2026-06-29")
    assert seen(told, "2026-09-02", "due") == ["08-21", "08-25", "08-28", "09-01", "09-02"]


def test_after_an_outage_the_latest_alone_is_said_once_to_each() -> None:
    told = with_task()
    nudges = earned(told.request, at("2026-06-30", 12), division=ENGLAND)
    assert [(nudge.to, nudge.person) for nudge in nudges] == [(To.DPO, None), (To.LEADER, None)]
    text = " ".join(nudges[0].words)
    assert "in 1 day" in text
    assert text.count("The answer is due") == 1
    for key in covered(nudges):
        told.then(Happened.NUDGED, by=None, milestone=key)
    assert earned(told.request, at("2026-06-30", 12), division=ENGLAND) == ()


def test_after_90_days_of_waiting_the_dpo_is_asked_and_nothing_closes() -> None:
    told = identity_asked()
    last = run(told, "2027-01-10")
    asked = [(london(when).strftime("%m-%d"), nudge.to) for when, nudge in last if "withdrawn" in " ".join(nudge.words)]
    assert asked[:3] == [("09-01", To.DPO), ("09-29", To.DPO), ("09-29", To.LEADER)]
    assert told.request.is_open
    assert told.request.is_running


@pytest.mark.parametrize("hour", [19, 22, 5])
def test_what_was_missed_waits_for_the_morning_but_a_last_day_does_not(hour: int) -> None:
    told = with_task()
    at_night = datetime(2026, 6, 24, hour, tzinfo=UTC)
    assert earned(told.request, at_night, division=ENGLAND, quiet=NIGHTS) == ()
    look = next_at(told.request, at_night, division=ENGLAND, quiet=NIGHTS)
    assert look is not None
    assert london(look).hour == 7
    last = datetime(2026, 7, 1, 21, tzinfo=UTC)
    urgent = earned(told.request, last, division=ENGLAND, quiet=NIGHTS)
    assert {nudge.to for nudge in urgent} == {To.DPO, To.LEADER}
    assert all(nudge.urgent and "due today" in " ".join(nudge.words) for nudge in urgent)
    assert all(nudge.lines == ("due",) for nudge in urgent)


def test_a_reminder_that_was_put_off_comes_back_once_and_a_last_day_comes_all_the_same() -> None:
    told = with_task()
    run(told, "2026-06-20")
    told.then(Happened.SNOOZED, when="2026-06-20", line="due", until=at("2026-06-23").isoformat())
    assert seen(told, "2026-06-25", "due") == ["06-23", "06-24"]
    told.then(Happened.SNOOZED, when="2026-06-29", line="due", until=at("2026-07-05").isoformat())
    assert seen(told, "2026-07-07", "due") == ["07-01", "07-02", "07-03", "07-06", "07-07"]


def test_a_reminder_that_is_settled_stays_away() -> None:
    told = with_task().then(Happened.SETTLED, line="extension")
    assert seen(told, "2026-07-01", "extension") == []


def test_an_overdue_answer_is_said_daily_then_weekly_and_higher_up() -> None:
    told = with_task()
    run(told, "2026-07-15")
    late = run(told, "2026-08-10")
    assert [london(when).strftime("%m-%d") for when, nudge in late if nudge.to is To.NEXT] == [
        "07-22",
        "07-29",
        "08-05",
    ]
    assert "overdue by 21 days" in " ".join(" ".join(nudge.words) for when, nudge in late if when < at("2026-07-23"))


def test_a_chaser_by_hand_takes_the_place_of_one() -> None:
    told = with_task().then(Happened.TASK_CHASED, task=1)
    assert seen(told, "2026-07-04", "task:1", To.PERSON) == ["06-05", "06-11"]


def test_whoever_does_not_confirm_the_hold_is_asked_twice_and_then_the_dpo() -> None:
    told = accepted().then(Happened.NOTICE_SENT, person=OWNER)
    to = [
        (london(when).strftime("%m-%d"), nudge.to)
        for when, nudge in run(told, "2026-06-12")
        if f"keep:{OWNER}" in nudge.lines
    ]
    assert to == [("06-03", To.PERSON), ("06-05", To.PERSON), ("06-09", To.DPO)]
    told = accepted().then(Happened.NOTICE_SENT, person=OWNER).then(Happened.NOTICE_CONFIRMED, by=OWNER)
    assert seen(told, "2026-06-12", f"keep:{OWNER}", To.PERSON) == []


def test_somebody_asked_for_consent_is_remembered() -> None:
    told = accepted().then(Happened.THIRD_PARTY, item=1, who="W", move="not_redactable", on="2026-06-01", reason="R")
    told.then(Happened.THIRD_PARTY, item=1, who="", move="consent_asked", on="2026-06-02")
    assert seen(told, "2026-06-29", "third-party:1") == ["06-09", "06-16"]


def test_a_month_after_the_answer_the_hold_is_looked_at() -> None:
    assert seen(responded(), "2026-12-01", "hold") == ["07-01", "07-31", "08-28"]
    released = responded().then(Happened.HOLD_RELEASED, reason="Done.")
    assert run(released, "2026-12-01") == []
    ended = accepted().then(Happened.WITHDRAWN, reason="They rang.")
    assert seen(ended, "2026-07-20", "hold") == ["07-01"]


def test_what_was_decided_is_to_be_done() -> None:
    told = decided(RequestKind.ERASURE)
    told.then(Happened.RESPONDED, sent_on="2026-06-01", how="hand", explanation="E", withheld="", proof="P")
    assert seen(told, "2026-06-30", "carry-out") == ["06-08", "06-15", "06-22"]


def test_a_complaint_that_is_acknowledged_is_kept_going_until_its_answer() -> None:
    told = accepted(kind=RequestKind.COMPLAINT).then(Happened.COMPLAINT_ACKNOWLEDGED, on="2026-06-03", how="hand")
    assert seen(told, "2026-07-03", "complaint") == []
    told = accepted(kind=RequestKind.COMPLAINT).then(Happened.COMPLAINT_ACKNOWLEDGED, on="2026-06-03", how="hand")
    assert seen(told, "2026-07-03", "outcome") == ["06-17", "07-01"]
    told.then(Happened.COMPLAINT_ANSWERED, on="2026-07-03", how="hand", outcome="partly", reason="R")
    assert seen(told, "2026-12-03", "outcome") == []


def test_a_ready_answer_asks_for_no_extension() -> None:
    assert seen(ready(), "2026-07-01", "extension") == []
    assert seen(extended(), "2026-07-01", "extension") == []


def test_no_reminder_names_anybody_or_repeats_anybodys_words() -> None:
    for told in (with_task(), identity_asked(), Told(), accepted(kind=RequestKind.COMPLAINT)):
        for _, nudge in run(told, "2026-08-20"):
            said = " ".join(nudge.words)
            assert not any(word in said for word in ("Kim", "Vale", "twins", "Files"))


def test_keys_are_never_shared_by_two_reminders() -> None:
    for told in (with_task(), identity_asked(), responded(), accepted(kind=RequestKind.COMPLAINT)):
        keys = [one.key for one in planned(told.request, at("2026-12-01"), division=ENGLAND)]
        assert len(keys) == len(set(keys))


TERMS = ((date(2026, 6, 1), date(2026, 7, 17)), (date(2026, 9, 2), date(2026, 10, 23)))


@pytest.mark.parametrize(
    ("target", "says"),
    [
        (date(2026, 7, 17), False),
        (date(2026, 7, 18), True),
        (date(2026, 8, 13), True),
        (date(2026, 9, 1), True),
        (date(2026, 9, 2), False),
        (date(2026, 12, 28), False),  # no term is known there
        (None, False),
    ],
)
def test_a_target_in_the_holidays_is_said_with_who_is_on_duty(target: date | None, says: bool) -> None:  # noqa: FBT001  a table
    told = holiday_guard(target, TERMS)
    assert (told is not None) is says
    assert told is None or ("on duty" in told and "Wed 2 Sep 2026" in told)
    assert holiday_guard(target, ()) is None


def test_the_sweep_never_looks_for_nothing_a_year_long() -> None:
    for told in (with_task(), identity_asked(), Told(), accepted(kind=RequestKind.MARKETING)):
        last = run(told, "2027-06-01", quiet=NIGHTS)
        assert len({when for when, _ in last}) <= 80
