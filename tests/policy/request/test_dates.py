"""The dates of a request through its case: the facts' examples, undoing, and every old date with why it changed."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.clocks.working_days import Division
from policy.request.dates import Runs, changes, dates_of
from policy.request.events import Happened
from policy.request.history import after, of
from policy.request.kinds import RequestKind
from tests.policy.request.request_examples import ENGLAND, Told, accepted, at


def asked_and_seen(asked: str, seen: str) -> list[tuple[Happened, str, dict[str, object]]]:
    return [
        (Happened.IDENTITY_ASKED, asked, {"doubt": "A new address."}),
        (Happened.IDENTITY_SEEN, seen, {"documents": ["passport", "p45_p60"]}),
    ]


def clarified(asked: str, answered: str | None) -> list[tuple[Happened, str, dict[str, object]]]:
    asking = (Happened.CLARIFY_ASKED, asked, {"text": "Which year?"})
    return [asking] if answered is None else [asking, (Happened.CLARIFY_ANSWERED, answered, {"question": 3})]


def told(received: str, events: list[tuple[Happened, str, dict[str, object]]]) -> Told:
    case = Told(at(received)).accepted()
    for kind, on, data in events:
        case.then(kind, on=on, **data).events[-1].data["on"] = on
    return case


def extended(case: Told, on: str) -> Told:
    return case.then(Happened.EXTENDED, when=on, ground="complex", reason="Much.", notice_sent_on=on)


@pytest.mark.parametrize(
    ("received", "events", "due", "outer"),
    [
        ("2026-03-03", [], "2026-04-07", "2026-04-07"),  # vS01
        ("2026-09-03", [], "2026-10-05", "2026-10-05"),  # vS02
        ("2027-01-31", [], "2027-03-01", "2027-03-01"),  # vS03
        ("2026-03-31", [], "2026-04-30", "2026-04-30"),  # vS05
        ("2026-11-25", [], "2026-12-29", "2026-12-29"),  # vS08
        ("2026-06-01", asked_and_seen("2026-06-03", "2026-06-10"), "2026-07-10", "2026-07-10"),  # vI01
        ("2026-06-01", clarified("2026-06-08", "2026-06-15"), "2026-07-08", "2026-07-09"),  # vP01
        ("2026-09-07", clarified("2026-09-10", "2026-09-10"), "2026-10-07", "2026-10-08"),  # vP04
        ("2027-01-31", clarified("2027-02-01", "2027-02-05"), "2027-03-04", "2027-03-05"),  # vP05
    ],
)
def test_the_facts_examples_come_out_of_the_case(
    received: str, events: list[tuple[Happened, str, dict[str, object]]], due: str, outer: str
) -> None:
    dates = told(received, events).dates
    assert (dates.due, dates.outer_due) == (date.fromisoformat(due), date.fromisoformat(outer))


def test_scotland_has_days_of_its_own() -> None:
    case = Told(at("2026-05-15")).accepted().request
    assert dates_of(case, division=Division.SCOTLAND).due == date(2026, 6, 16)  # vS11
    assert dates_of(case, division=ENGLAND).due == date(2026, 6, 15)


@pytest.mark.parametrize(
    ("received", "notice", "due"),
    [("2027-01-31", "2027-02-26", "2027-04-30"), ("2026-03-03", "2026-04-02", "2026-06-03")],  # vE01, vE02
)
def test_an_extension_counts_three_months_from_the_start(received: str, notice: str, due: str) -> None:
    case = Told(at(received)).accepted()
    assert case.dates.notice_by == date.fromisoformat(notice)
    assert extended(case, received).dates.due == date.fromisoformat(due)


def test_while_we_wait_nothing_is_due_and_it_says_since_when() -> None:
    waiting = told("2026-06-01", asked_and_seen("2026-06-03", "2026-06-10")[:1]).dates
    assert (waiting.runs, waiting.due, waiting.stands_since) == (Runs.WAITING, None, date(2026, 6, 3))
    paused = told("2026-06-01", clarified("2026-06-08", None)).dates
    assert (paused.runs, paused.due, paused.stands_since) == (Runs.PAUSED, None, date(2026, 6, 8))
    assert paused.clock is not None
    assert paused.clock.days_left == 23  # vP10


def test_an_authority_that_is_done_without_never_stopped_the_clock() -> None:
    case = accepted().then(Happened.AUTHORITY_ASKED, when="2026-06-05", on="2026-06-05")
    assert case.dates.runs is Runs.WAITING
    case.then(Happened.AUTHORITY_OVERRIDDEN, reason="The child can't write yet.")
    assert case.dates.due == date(2026, 7, 1)
    came = accepted().then(Happened.AUTHORITY_RECEIVED, on="2026-06-01", covers="All of it")
    assert came.dates.due == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("kind", "runs", "due"),
    [
        (RequestKind.COMPLAINT, Runs.RUNNING, date(2026, 7, 20)),  # vK01
        (RequestKind.MARKETING, Runs.AT_ONCE, date(2026, 6, 19)),
        (RequestKind.RELEASE, Runs.NO_CLOCK, None),
        (RequestKind.CCTV, Runs.RUNNING, date(2026, 7, 20)),  # a Sunday rolls
        (RequestKind.ERASURE, Runs.RUNNING, date(2026, 7, 20)),
    ],
)
def test_each_kind_has_its_own_clock(kind: RequestKind, runs: Runs, due: date | None) -> None:
    dates = Told(at("2026-06-19"), kind=kind).dates
    assert (dates.runs, dates.due) == (runs, due)


def test_old_dates_stay_with_why_they_changed() -> None:
    case = told("2026-06-01", asked_and_seen("2026-06-03", "2026-06-10"))
    extended(case, "2026-06-12").then(Happened.UNDONE, when="2026-06-13", of=5, reason="Pressed by mistake.")
    seen = changes(case.request, division=ENGLAND)
    july, august, september = date(2026, 7, 1), date(2026, 7, 10), date(2026, 9, 10)
    assert [(one.was, one.now) for one in seen] == [
        (july, None),
        (None, august),
        (august, september),
        (september, august),
    ]
    assert [one.reason for one in seen] == ["A new address.", "", "Much.", "Pressed by mistake."]
    assert [one.by for one in seen] == [2, 2, 2, 2]


def test_a_corrected_receipt_moves_the_date_and_is_kept() -> None:
    case = accepted().then(Happened.DETAILS_CORRECTED, received_on="2026-05-28", reason="Said at the gate.")
    assert case.dates.due == date(2026, 6, 29)
    assert [one.reason for one in changes(case.request, division=ENGLAND)] == ["Said at the gate."]


days = st.dates(date(2026, 3, 1), date(2028, 12, 31))


@settings(max_examples=150, deadline=None)
@given(received=days, gaps=st.lists(st.integers(0, 12), min_size=3, max_size=3), undo=st.booleans())
def test_replaying_gives_the_same_date_and_an_extension_and_its_undoing_cancel_out(
    received: date,
    gaps: list[int],
    undo: bool,  # noqa: FBT001  drawn
) -> None:
    days_on = [date.fromordinal(received.toordinal() + sum(gaps[: number + 1])).isoformat() for number in range(3)]
    case = told(received.isoformat(), clarified(days_on[0], days_on[1]))
    before = case.dates
    extended(case, days_on[2])
    longer = case.dates
    assert longer.due is not None
    assert before.due is not None
    assert longer.due > before.due
    case.then(Happened.UNDONE, of=case.request.events, reason="A slip.")
    assert case.dates == before
    if undo:
        case.then(Happened.UNDONE, of=case.request.events, reason="It was right.")
        assert case.dates == longer
    piece_by_piece = of(14, 1, case.events[:1])
    for event in case.events[1:]:
        piece_by_piece = after(piece_by_piece, event)
    assert piece_by_piece == case.request
    assert dates_of(piece_by_piece, division=ENGLAND) == case.dates
