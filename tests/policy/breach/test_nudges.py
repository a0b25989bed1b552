"""The reminders of domain 2.5, to the minute: through nights, weekends, clock changes and outages."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.breach.case import Breach
from policy.breach.events import Happened, Matter
from policy.breach.milestones import CLOCK, Milestone, To, planned
from policy.breach.nudges import Nudge, covered, earned, next_at, per_person
from policy.forms import unknown
from policy.quiet_hours import QuietHours
from tests.policy.breach.breach_examples import (
    DPO,
    HEAD,
    REPORTER,
    REVIEW,
    START,
    Told,
    acknowledged,
    analysed,
    closed,
    drafted,
    form_b_answers,
    not_notifiable,
    notifiable,
    sent,
    signed,
)

LONDON = ZoneInfo("Europe/London")
NIGHTS = QuietHours()
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def run(
    breach: Breach, start: datetime, end: datetime, *, quiet: QuietHours | None = None
) -> list[tuple[datetime, Nudge]]:
    """What a sweep that never sleeps sends, by looking exactly when it was told to."""
    sent_: list[tuple[datetime, Nudge]] = []
    now = start
    while (look := next_at(breach, now, quiet=quiet)) is not None and max(look, now) <= end:
        now = max(look, now)
        nudges = earned(breach, now, quiet=quiet)
        assert nudges, "looked for nothing"
        sent_ += [(now, nudge) for nudge in nudges]
        breach = replace(breach, nudged=breach.nudged | set(covered(nudges)))
    return sent_


def seen(breach: Breach, start: datetime, end: datetime, to: To) -> list[float]:
    """Hours after `start` at which somebody is reminded."""
    return [(at - start) / HOUR for at, nudge in run(breach, start, end) if nudge.to is to]


@pytest.mark.parametrize(
    ("to", "hours"),
    [
        (To.REPORTER, [0.25, 1]),
        (To.DPO, [1, 2, 24, 48, 60, 66, 71, 72]),
        (To.LEADER, [48, 60, 66, 71, 72]),
        (To.NEXT, [2]),
    ],
)
@pytest.mark.parametrize(
    "start",
    [
        START,
        datetime(2026, 3, 27, 16, tzinfo=UTC),  # vB04: the clocks go forward
        datetime(2026, 10, 23, 15, tzinfo=UTC),  # and back
        datetime(2026, 12, 24, 22, tzinfo=UTC),  # Christmas
    ],
)
def test_a_case_that_nobody_touches_reminds_by_the_table(start: datetime, to: To, hours: list[float]) -> None:
    assert seen(Told(start).breach, start, start + timedelta(days=30), to) == hours


@pytest.mark.parametrize(
    ("aware", "ends"),
    [
        (datetime(2026, 3, 27, 16, tzinfo=LONDON), "Mon 30 Mar 2026, 17:00"),
        (datetime(2026, 10, 23, 16, tzinfo=LONDON), "Mon 26 Oct 2026, 15:00"),
    ],
)
def test_through_a_clock_change_the_words_name_the_end_on_londons_clocks(aware: datetime, ends: str) -> None:
    start = aware.astimezone(UTC)
    said = [nudge.words for at, nudge in run(Told(start).breach, start, start + 72 * HOUR) if at == start + 71 * HOUR]
    assert said
    assert all(ends in " ".join(words) and "1 hour left" in " ".join(words) for words in said)


def test_legal_reminders_ignore_quiet_hours_and_the_others_wait_for_the_morning() -> None:
    start = datetime(2026, 2, 2, 18, 50, tzinfo=UTC)
    told = run(Told(start).breach, start, start + 80 * HOUR, quiet=NIGHTS)
    assert [at for at, nudge in told if nudge.to is To.REPORTER] == [datetime(2026, 2, 3, 7, tzinfo=UTC)]
    assert [(at - start) / HOUR for at, nudge in told if nudge.to is To.DPO] == [1, 2, 24, 48, 60, 66, 71, 72]


@pytest.mark.parametrize(
    ("told", "stops"),
    [
        (sent(), "the report was sent"),
        (not_notifiable(), "decided not notifiable, with the criteria"),
        (closed(), "closed"),
        (acknowledged().then(Happened.WITHDRAWN, reason="A drill."), "withdrawn"),
    ],
    ids=lambda case: case if isinstance(case, str) else "",
)
def test_the_clock_stops(told: Told, stops: str) -> None:
    assert stops
    assert not [at for at, nudge in run(told.breach, START, START + 80 * HOUR) if "clock" in " ".join(nudge.milestones)]


@pytest.mark.parametrize(
    "told",
    [
        signed(),
        acknowledged(),
        analysed(),
        notifiable(),
        drafted(),
        acknowledged().then(Happened.TASK_SET, task=1, what="Ring", owner=HEAD),
        analysed().decided(Matter.SUBJECTS, "no"),
    ],
)
def test_the_clock_is_not_stopped_by_anything_else(told: Told) -> None:
    hours = seen(told.breach, START, START + 80 * HOUR, To.LEADER)
    assert hours == [48, 60, 66, 71, 72]


def test_form_a_ends_the_chasers_to_the_reporter_and_leaving_it_does_not() -> None:
    left = Told().then(Happened.FORM_A_OPENED, by=REPORTER).then(Happened.FORM_A_LEFT, by=REPORTER)
    assert seen(left.breach, START, START + 5 * HOUR, To.REPORTER) == [0.25, 1]
    assert seen(signed().breach, START, START + 5 * HOUR, To.REPORTER) == []


def test_a_leaders_acknowledgement_wakes_nobody_further_but_still_reminds_the_dpo() -> None:
    led = signed().then(Happened.ACKNOWLEDGED, by=HEAD, by_dpo=False).breach
    assert seen(led, START, START + 5 * HOUR, To.DPO) == [1, 2]
    assert seen(led, START, START + 5 * HOUR, To.NEXT) == []
    assert seen(acknowledged().breach, START, START + 5 * HOUR, To.DPO) == []


def test_an_old_start_gives_one_combined_nudge_and_not_a_burst() -> None:
    noticed = (START - 61 * HOUR).isoformat()
    told = Told().then(Happened.NOTICED, by=REPORTER, at=noticed).breach
    nudges = earned(told, START)
    assert [nudge.to for nudge in nudges] == [To.DPO, To.LEADER]
    assert set(covered(nudges)) == {"clock:24", "clock:48", "clock:60"}
    assert "11 hours left" in nudges[0].words[0]


def test_after_the_end_the_delay_must_be_explained() -> None:
    nudges = earned(Told().breach, START + 100 * HOUR)
    assert [nudge.to for nudge in nudges] == [To.REPORTER, To.DPO, To.LEADER, To.NEXT]
    assert "2d on Form B" in " ".join(nudges[1].words)
    assert {"clock:24", "clock:72", "acknowledge:1", "acknowledge:2"} <= set(nudges[1].milestones)


def test_whoever_sits_in_two_seats_is_reminded_once_of_everything() -> None:
    nudges = earned(Told().breach, START + 49 * HOUR)
    each = per_person(nudges, {To.DPO: (HEAD, DPO), To.LEADER: (HEAD,), To.NEXT: (HEAD,), To.REPORTER: (REPORTER,)})
    assert set(each) == {HEAD, DPO, REPORTER}
    assert len(each[HEAD].words) == len(set(each[HEAD].words)) == 2  # the clock, and nobody acknowledged
    assert set(each[HEAD].milestones) == {"acknowledge:1", "acknowledge:2", "clock:24", "clock:48"}
    assert each[DPO].milestones[-1] == "clock:48"
    assert each[REPORTER].urgent is False
    assert each[HEAD].urgent


def test_moving_the_start_later_starts_the_reminders_anew() -> None:
    late = acknowledged()
    breach = replace(late.breach, nudged=frozenset(f"clock:{hours}" for hours, _ in CLOCK))
    assert next_at(breach, START + 80 * HOUR) is None
    late.then(Happened.AWARE_CORRECTED, hours=80, at=(START + 40 * HOUR).isoformat(), reason="Only then certain.")
    moved = replace(late.breach, nudged=breach.nudged)
    assert seen(moved, START, START + 200 * HOUR, To.LEADER) == [88, 100, 106, 111, 112]


def test_moving_the_start_earlier_says_nothing_twice() -> None:
    told = acknowledged().then(Happened.AWARE_CORRECTED, hours=30, at=(START - 5 * HOUR).isoformat(), reason="")
    moved = replace(told.breach, nudged=frozenset({"clock:24"}))
    assert seen(moved, START, START + 80 * HOUR, To.DPO) == [43, 55, 61, 66, 67]


def test_from_no_to_yes_the_first_clock_goes_on() -> None:
    changed = not_notifiable().decided(Matter.ICO, "yes", hours=90).breach
    nudges = earned(changed, START + 90 * HOUR)
    assert {nudge.to for nudge in nudges} == {To.DPO, To.LEADER}
    assert "why it is late" in nudges[0].words[0]


def test_reopening_lets_the_first_clock_go_on_until_it_is_decided_anew() -> None:
    again = closed().then(Happened.REOPENED, hours=100, reason="It went on.")
    again_breach = replace(again.breach, nudged=frozenset({"clock:24"}))
    assert "ended on Thu 5 Feb 2026, 09:15" in earned(again_breach, again.now)[0].words[0]
    decided = again.then(Happened.ANALYSED, criteria=analysed().breach.criteria).decided(Matter.ICO, "no")
    assert earned(decided.breach, again.now) == ()


def test_people_affected_are_remembered_a_day_after_the_decision_and_then_daily() -> None:
    told = sent().decided(Matter.SUBJECTS, "yes", hours=10)
    since = told.now
    assert seen(told.breach, since, since + 97 * HOUR, To.DPO) == [24, 48, 72, 96]
    told.then(Happened.SUBJECTS_TOLD, at=told.now.isoformat(), how="letter")
    assert seen(told.breach, since, since + 97 * HOUR, To.DPO) == []
    assert seen(sent().decided(Matter.SUBJECTS, "no").breach, since, since + 97 * HOUR, To.DPO) == []


def test_the_review_is_due_two_weeks_after_the_decision_and_keeps_quiet_hours() -> None:
    night = Told(datetime(2026, 2, 2, 22, tzinfo=UTC)).then(Happened.ACKNOWLEDGED)
    night.then(Happened.ANALYSED, criteria=analysed().breach.criteria).decided(Matter.ICO, "no")
    told = run(night.breach, night.now, night.now + timedelta(days=40), quiet=NIGHTS)
    assert [at for at, nudge in told if nudge.to is To.DPO] == [datetime(2026, 2, 17, 7, tzinfo=UTC)]
    night.then(Happened.REVIEWED, **REVIEW)
    assert not [at for at, nudge in run(night.breach, night.now, night.now + timedelta(days=40)) if nudge.to is To.DPO]


def test_what_was_promised_to_the_regulator_is_asked_for_on_its_day() -> None:
    answers = {**form_b_answers(), "3d": unknown(date(2026, 2, 9)), "2c": unknown(date(2026, 2, 9))}
    told = drafted(answers=answers)
    told.then(Happened.ICO_SENT, at=told.now.isoformat(), how="online")
    (only,) = [(at, nudge) for at, nudge in run(told.breach, START, START + timedelta(days=10))]
    assert only[0] == datetime(2026, 2, 9, 9, tzinfo=UTC)
    assert len(only[1].words) == 1


def test_each_other_organisation_has_a_clock_of_its_own() -> None:
    told = not_notifiable().decided(Matter.OTHERS, "yes", name="Exam board", by=(START + 48 * HOUR).isoformat())
    told.decided(Matter.OTHERS, "yes", name="Payroll firm", by=(START + 30 * HOUR).isoformat())
    assert seen(told.breach, START, START + 100 * HOUR, To.DPO) == [6, 24, 30, 48]
    told.then(Happened.OTHERS_TOLD, name="exam board", at=told.now.isoformat(), how="phone")
    assert seen(told.breach, START, START + 100 * HOUR, To.DPO) == [6, 30]
    told.decided(Matter.OTHERS, "no", name="Payroll firm")
    assert seen(told.breach, START, START + 100 * HOUR, To.DPO) == []


def test_no_reminder_names_anybody_or_repeats_anybodys_words() -> None:
    told = notifiable().decided(Matter.OTHERS, "yes", name="Exam board", by=(START + 48 * HOUR).isoformat())
    for _, nudge in run(told.breach, START, START + timedelta(days=20)):
        assert not {"Exam board", "Jo Bell", "swapped"} & {part for words in nudge.words for part in words.split(",")}
        assert "Exam" not in " ".join(nudge.words)


@pytest.mark.parametrize(
    ("quiet", "at", "until"),
    [
        (NIGHTS, datetime(2026, 2, 2, 12, tzinfo=UTC), datetime(2026, 2, 2, 12, tzinfo=UTC)),
        (NIGHTS, datetime(2026, 2, 2, 19, tzinfo=UTC), datetime(2026, 2, 3, 7, tzinfo=UTC)),
        (NIGHTS, datetime(2026, 2, 3, 6, 59, tzinfo=UTC), datetime(2026, 2, 3, 7, tzinfo=UTC)),
        (NIGHTS, datetime(2026, 2, 3, 7, tzinfo=UTC), datetime(2026, 2, 3, 7, tzinfo=UTC)),
        (NIGHTS, datetime(2026, 7, 1, 18, 30, tzinfo=UTC), datetime(2026, 7, 2, 6, tzinfo=UTC)),  # summer time
        (NIGHTS, datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 3, 29, 6, tzinfo=UTC)),  # into summer time
        (NIGHTS, datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),  # and out of it
        (QuietHours(weekends=True), datetime(2026, 2, 6, 20, tzinfo=UTC), datetime(2026, 2, 9, 7, tzinfo=UTC)),
        (QuietHours(weekends=True), datetime(2026, 2, 7, 12, tzinfo=UTC), datetime(2026, 2, 9, 7, tzinfo=UTC)),
        (QuietHours(time(12), time(14)), datetime(2026, 2, 2, 13, tzinfo=UTC), datetime(2026, 2, 2, 14, tzinfo=UTC)),
        (QuietHours(time(0), time(0)), datetime(2026, 2, 2, 23, tzinfo=UTC), datetime(2026, 2, 2, 23, tzinfo=UTC)),
    ],
)
def test_quiet_hours_end_in_the_morning(quiet: QuietHours, at: datetime, until: datetime) -> None:
    assert quiet.wait(at) == until


minutes = st.integers(0, 120 * 60)


def _is_due(one: Milestone, now: datetime) -> bool:
    return (NIGHTS.wait(max(one.due, now)) if one.can_wait else one.due) <= now


@given(looks=st.lists(minutes, min_size=1, max_size=12), older=st.integers(0, 100), acknowledges=st.booleans())
def test_whatever_the_outages_nothing_is_sent_twice_and_the_latest_is_never_missed(
    looks: list[int],
    older: int,
    acknowledges: bool,  # noqa: FBT001  drawn
) -> None:
    told = Told()
    if older:
        told.then(Happened.NOTICED, by=REPORTER, at=(START - older * HOUR).isoformat())
    if acknowledges:
        told.then(Happened.ACKNOWLEDGED, by=DPO)
    breach = told.breach
    counted: list[str] = []
    for look in sorted(looks):
        now = START + look * MINUTE
        nudges = earned(breach, now, quiet=NIGHTS)
        assert len({nudge.to for nudge in nudges}) == len(nudges)
        counted += covered(nudges)
        due = [one for one in planned(breach, now) if _is_due(one, now) or one.key in breach.nudged]
        assert {one.key for one in due} <= set(counted)
        for to in To:
            waiting = [one for one in due if to in one.to and one.key not in breach.nudged]
            assert bool(waiting) == any(nudge.to is to for nudge in nudges)
            for nudge in nudges:
                if nudge.to is to:
                    assert max(waiting, key=lambda one: (one.due, one.step)).key in nudge.milestones
        breach = replace(breach, nudged=breach.nudged | set(counted))
        following = next_at(breach, now, quiet=NIGHTS)
        assert following is None or following > now
    assert len(counted) == len(set(counted))


def test_what_can_wait_is_not_sent_at_night_after_an_outage() -> None:
    breach = Told(datetime(2026, 11, 23, 15, 0, tzinfo=UTC)).breach
    night, morning = datetime(2026, 11, 23, 23, 0, tzinfo=UTC), datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    assert To.REPORTER not in {nudge.to for nudge in earned(breach, night, quiet=NIGHTS)}
    assert next_at(breach, night, quiet=NIGHTS) is not None
    assert To.REPORTER in {nudge.to for nudge in earned(breach, morning, quiet=NIGHTS)}
