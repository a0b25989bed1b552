"""What holds for any request: against a slow sum by single days, and as laws of its own."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policy.clocks.pauses import Clarification
from policy.clocks.refusal import RefusedDatesError
from policy.clocks.sar import SarClock, SarEvents, SarState, sar_clock
from policy.clocks.sar_history import SarEntry, SarHappened, sar_events
from policy.clocks.sar_steps import sar_steps
from policy.clocks.working_days import Division, is_working_day, next_working_day

NOW = date(2040, 1, 1)
RECEIPTS = st.dates(date(2026, 1, 1), date(2032, 12, 31))
DIVISIONS = st.sampled_from(Division)
ONE_DAY = timedelta(1)


@st.composite
def events(draw: st.DrawFn) -> SarEvents:
    received = draw(RECEIPTS)

    def after(day: date, most: int) -> date:
        return day + draw(st.integers(0, most)) * ONE_DAY

    def pair() -> tuple[date | None, date | None]:
        if not draw(st.booleans()):
            return None, None
        asked = after(received, 20)
        return asked, after(asked, 40)

    clarifications = []
    for _ in range(draw(st.integers(0, 4))):
        asked = after(received, 45)
        clarifications.append(Clarification(asked, after(asked, 30)))
    identity, authority, fee = pair(), pair(), pair()
    return SarEvents(
        received,
        *(identity[0], draw(st.booleans()), identity[1], *authority, *fee),
        clarifications=tuple(clarifications),
        extended=draw(st.booleans()),
    )


def clock(what: SarEvents, division: Division) -> SarClock:
    try:
        return sar_clock(what, division=division, now=NOW)
    except RefusedDatesError:
        assume(False)  # noqa: FBT003  hypothesis' own way of passing over an example
        raise


def by_single_days(what: SarEvents, starts: date, *, answer_too: bool) -> date:
    """Sum up once more, a set of days at a time, without anything of ours but the list of bank holidays."""
    months = starts.month + (3 if what.extended else 1)
    year, month = starts.year + (months - 1) // 12, (months - 1) % 12 + 1
    raw = date(year, month, min(starts.day, monthrange(year, month)[1]))
    out = {
        one.asked + number * ONE_DAY
        for one in what.clarifications
        if one.answered
        for number in range((one.answered - one.asked).days + answer_too)
    }
    return raw + sum(each >= starts for each in out) * ONE_DAY


@given(events(), DIVISIONS)
@settings(deadline=None, max_examples=400)
def test_it_is_the_sum_by_single_days(what: SarEvents, division: Division) -> None:
    told = clock(what, division)
    assume(told.state is SarState.RUNNING)
    assert told.starts is not None
    due, outer = (told.extended_due, told.extended_outer_due) if what.extended else (told.due, told.outer_due)
    assert due == next_working_day(by_single_days(what, told.starts, answer_too=False), division)
    assert outer == next_working_day(by_single_days(what, told.starts, answer_too=True), division)


@given(events(), DIVISIONS)
@settings(deadline=None, max_examples=300)
def test_due_dates_are_working_days_after_the_start_and_the_safe_one_is_first(
    what: SarEvents, division: Division
) -> None:
    told = clock(what, division)
    assume(told.state is SarState.RUNNING)
    pairs = [(told.due, told.outer_due)] + ([(told.extended_due, told.extended_outer_due)] if what.extended else [])
    for due, outer in pairs:
        assert told.starts is not None
        assert due is not None
        assert outer is not None
        assert what.received <= told.starts < due <= outer
        assert is_working_day(due, division)
        assert is_working_day(outer, division)
    assert told.target is not None
    assert told.extension_notice_by is not None
    assert told.due is not None
    assert is_working_day(told.target, division)
    assert told.target <= (told.extended_due or told.due)
    assert told.extension_notice_by <= told.due


@given(events(), DIVISIONS, st.integers(1, 40))
@settings(deadline=None, max_examples=300)
def test_a_later_receipt_is_never_due_earlier(what: SarEvents, division: Division, days: int) -> None:
    first = clock(what, division)
    second = clock(replace(what, received=what.received + days * ONE_DAY), division)
    assume(first.state is SarState.RUNNING)
    assume(not what.clarifications or first.starts in {what.received, second.starts})
    for name in ("starts", "due", "outer_due", "target", "extension_notice_by"):
        assert getattr(first, name) <= getattr(second, name)


@given(events(), DIVISIONS, st.integers(1, 20), st.integers(0, 3))
@settings(deadline=None, max_examples=300)
def test_a_longer_pause_is_never_due_earlier(what: SarEvents, division: Division, days: int, which: int) -> None:
    assume(which < len(what.clarifications))
    one = what.clarifications[which]
    assert one.answered is not None
    longer = Clarification(one.asked, one.answered + days * ONE_DAY)
    others = tuple(each for at, each in enumerate(what.clarifications) if at != which)
    without, first, second = (
        clock(replace(what, clarifications=these), division) for these in (others, (*others, one), (*others, longer))
    )
    assume(first.state is SarState.RUNNING)
    for name in ("due", "outer_due", "target", "extension_notice_by"):
        assert getattr(without, name) <= getattr(first, name) <= getattr(second, name)


@given(RECEIPTS, DIVISIONS, st.integers(0, 28), st.integers(0, 60))
@settings(deadline=None, max_examples=200)
def test_the_days_left_while_paused_are_left_when_the_answer_comes(
    received: date, division: Division, asked_after: int, answered_after: int
) -> None:
    asked = received + asked_after * ONE_DAY
    paused = clock(SarEvents(received, clarifications=(Clarification(asked),)), division)
    answered = asked + answered_after * ONE_DAY
    told = clock(SarEvents(received, clarifications=(Clarification(asked, answered),)), division)
    assert paused.days_left is not None
    assert told.due == next_working_day(answered + paused.days_left * ONE_DAY, division)


# --- as a history


def history(what: SarEvents) -> list[SarHappened]:
    told = [SarHappened(1, SarEntry.RECEIVED, what.received)]

    def add(kind: SarEntry, on: date | None, of: int | None = None) -> int:
        if on is not None:
            told.append(SarHappened(len(told) + 1, kind, on, of))
        return len(told)

    add(SarEntry.IDENTITY_DOUBTED, what.received if what.identity_doubt else None)
    add(SarEntry.IDENTITY_ASKED, what.identity_asked)
    add(SarEntry.IDENTITY_RECEIVED, what.identity_received)
    add(SarEntry.AUTHORITY_ASKED, what.authority_asked)
    add(SarEntry.AUTHORITY_RECEIVED, what.authority_received)
    add(SarEntry.FEE_ASKED, what.fee_asked)
    add(SarEntry.FEE_PAID, what.fee_paid)
    for one in what.clarifications:
        question = add(SarEntry.CLARIFICATION_ASKED, one.asked)
        add(SarEntry.CLARIFICATION_ANSWERED, one.answered, question)
    add(SarEntry.EXTENDED, what.received if what.extended else None)
    return told


@given(events(), st.randoms())
@settings(deadline=None, max_examples=200)
def test_replaying_the_history_gives_the_same_events_in_whatever_order_it_is_read(
    what: SarEvents, chance: object
) -> None:
    told = history(what)
    assert sar_events(told) == what
    chance.shuffle(told)  # type: ignore[attr-defined]  hypothesis' random
    assert sar_events(told) == what


@given(events(), DIVISIONS, st.randoms())
@settings(deadline=None, max_examples=200)
def test_the_order_of_clarifications_does_not_matter(what: SarEvents, division: Division, chance: object) -> None:
    mixed = list(what.clarifications)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  hypothesis' random
    first, second = clock(what, division), clock(replace(what, clarifications=tuple(mixed)), division)
    assert (first.month, first.longer) == (second.month, second.longer)
    assert sar_steps(first) == sar_steps(second)


@given(events(), DIVISIONS)
@settings(deadline=None, max_examples=200)
def test_an_extension_and_its_undo_cancel_out(what: SarEvents, division: Division) -> None:
    what = replace(what, extended=False)
    told = history(what)
    extended = SarHappened(len(told) + 1, SarEntry.EXTENDED, what.received)
    undone = SarHappened(len(told) + 2, SarEntry.TAKEN_BACK, what.received, of=extended.number)
    assert sar_events([*told, extended]).extended
    assert sar_events([*told, extended, undone]) == what
    before = clock(what, division)
    assert sar_clock(sar_events([*told, extended, undone]), division=division, now=NOW) == before


@pytest.mark.parametrize("division", Division)
def test_every_day_of_seven_years_has_its_month(division: Division) -> None:
    day, last = date(2026, 1, 1), date(2026, 1, 1)
    while day.year < 2033:
        due = sar_clock(SarEvents(day), division=division, now=NOW).due
        assert due is not None
        assert last <= due
        assert 27 < (due - day).days < 38
        day, last = day + ONE_DAY, due
