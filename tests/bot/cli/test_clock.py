"""`askdpo clock` as a DPO types it and as a machine reads it."""

import json
import re
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

NULLS: dict[str, Any] = dict.fromkeys(
    (
        *("starts", "due", "outer_due", "target", "extension_notice_by"),
        *("extended_due", "extended_outer_due", "days_left"),
    )
)


def run(words: str) -> Result:
    return CliRunner().invoke(main, ["clock", *words.split()])


def told(words: str) -> dict[str, Any]:
    result = run(f"{words} --json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "--received 2026-06-01",
            {"state": "running", "starts": "2026-06-01", "due": "2026-07-01", "outer_due": "2026-07-01"}
            | {"target": "2026-07-01", "extension_notice_by": "2026-07-01"},
        ),
        (
            "--received 2026-05-15 --division scotland",
            {"state": "running", "starts": "2026-05-15", "due": "2026-06-16", "outer_due": "2026-06-16"}
            | {"target": "2026-06-12", "extension_notice_by": "2026-06-12"},
        ),
        (
            "--received 2028-06-12 --division northern-ireland",
            {"state": "running", "starts": "2028-06-12", "due": "2028-07-13", "outer_due": "2028-07-13"}
            | {"target": "2028-07-11", "extension_notice_by": "2028-07-11"},
        ),
        (
            "--received 2026-06-01 --clarify 2026-06-08:2026-06-15",
            {"state": "running", "starts": "2026-06-01", "due": "2026-07-08", "outer_due": "2026-07-09"}
            | {"target": "2026-07-08", "extension_notice_by": "2026-07-08"},
        ),
        (
            "--received 2026-06-01 --identity-asked 2026-06-03 --identity-doubt --identity-received 2026-06-10",
            {"state": "running", "starts": "2026-06-10", "due": "2026-07-10", "outer_due": "2026-07-10"}
            | {"target": "2026-07-10", "extension_notice_by": "2026-07-10"},
        ),
        (
            "--received 2026-06-01 --authority-asked 2026-06-02 --authority-received 2026-06-09",
            {"state": "running", "starts": "2026-06-09", "due": "2026-07-09", "outer_due": "2026-07-09"}
            | {"target": "2026-07-09", "extension_notice_by": "2026-07-09"},
        ),
        (
            "--received 2026-06-01 --fee-asked 2026-06-02 --fee-paid 2026-06-10",
            {"state": "running", "starts": "2026-06-10", "due": "2026-07-10", "outer_due": "2026-07-10"}
            | {"target": "2026-07-10", "extension_notice_by": "2026-07-10"},
        ),
        (
            "--received 2027-01-31 --extended",
            {"state": "running", "starts": "2027-01-31", "due": "2027-03-01", "outer_due": "2027-03-01"}
            | {"target": "2027-04-30", "extension_notice_by": "2027-02-26"}
            | {"extended_due": "2027-04-30", "extended_outer_due": "2027-04-30"},
        ),
        ("--received 2026-06-01 --clarify 2026-06-08", {"state": "paused", "starts": "2026-06-01", "days_left": 23}),
        ("--received 2026-06-01 --fee-asked 2026-06-02 --clarify 2026-06-08 --extended", {"state": "waiting"}),
    ],
)
def test_a_request_gives_the_contracts_object(words: str, expected: dict[str, Any]) -> None:
    found = told(f"sar {words} --now 2029-12-31")
    steps = found.pop("steps")
    assert found == NULLS | expected
    assert len(steps) >= 3


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("--received 2026-06-02 --now 2026-06-01", "is after 2026-06-01"),
        ("--received 2099-06-02", "is out of reach"),
        ("--received 2098-06-02", "has not come yet"),  # today by default
        ("--received 2026-06-01 --clarify 2026-05-31 --now 2026-09-01", "before the request was received"),
        ("--received 2026-06-01 --clarify 2026-06-08:2026-06-07 --now 2026-09-01", "before it was asked"),
        ("--received 2026-06-01 --clarify 2026-07-02 --now 2026-09-01", "after the due date"),
        ("--received 2026-06-01 --clarify 2026-06-08:2026-06-20 --now 2026-06-19", "has not come yet"),
        ("--received 2026-06-01 --identity-received 2026-06-08 --now 2026-09-01", "when was it asked"),
        ("--received 2026-06-01 --extended --extended --now 2026-09-01", "once only"),
        ("--received 2026-02-30", "There is no 2026-02-30"),
        ("--received 20260201", "not a date"),
        ("--received 1/6/2026", "not a date"),
        ("--received 2026-06-01 --clarify 2026-06-08:", "ASKED:ANSWERED"),
        ("--received 2026-06-01 --clarify :2026-06-08", "ASKED:ANSWERED"),
        ("--received 2026-06-01 --division wales", "not one of"),
        ("", "Missing option '--received'"),
    ],
)
@pytest.mark.parametrize("form", ["", "--json"])
def test_a_request_that_cannot_be_is_refused_with_the_reason(words: str, why: str, form: str) -> None:
    result = run(f"sar {words} {form}")
    assert result.exit_code == 2
    assert why in result.stderr
    assert result.stdout == ""


def test_a_moment_will_do_for_a_requests_now() -> None:
    assert told("sar --received 2026-06-02 --now 2026-06-01T23:30+00:00")["starts"] == "2026-06-02"  # London's date


def test_a_request_in_words_shows_its_sum() -> None:
    out = run("sar --received 2026-06-01 --clarify 2026-06-08:2026-06-15 --now 2026-07-01").stdout.splitlines()
    assert out[0] == "Reply by Wed 8 Jul 2026."
    assert out[1].startswith("  1. The request came on Mon 1 Jun 2026.")
    assert re.fullmatch(r"  For the DPO: .*Thu 9 Jul 2026.*", out[-1])


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("--received 2027-01-31 --extended", "Reply by Fri 30 Apr 2027."),
        ("--received 2026-06-01 --fee-asked 2026-06-01", "No due date yet: the month has not begun."),
        ("--received 2026-06-01 --clarify 2026-06-08", "Paused: 23 days left when the answer comes."),
        (
            "--received 2026-06-01 --clarify 2026-06-03:2026-06-05 --clarify 2026-06-08",
            "Paused: 23 days left when the answer comes, and 2 of an earlier pause on top.",
        ),
    ],
)
def test_a_request_in_words_starts_with_what_matters(words: str, head: str) -> None:
    assert run(f"sar {words} --now 2029-01-01").stdout.splitlines()[0] == head


@pytest.mark.parametrize(
    ("words", "aware", "ends", "left"),
    [
        ("2026-03-27T16:30 --now 2026-03-27T17:00", "2026-03-27T16:30:00+00:00", "2026-03-30T17:30:00+01:00", 71.5),
        ("2026-10-24T18:45 --now 2026-10-26T18:45", "2026-10-24T18:45:00+01:00", "2026-10-27T17:45:00+00:00", 23.0),
        ("2026-06-12T15:00 --now 2026-06-15T23:20", "2026-06-12T15:00:00+01:00", "2026-06-15T15:00:00+01:00", -8.33),
        ("2026-10-25T01:30 --now 2026-10-26T00:30", "2026-10-25T01:30:00+01:00", "2026-10-28T00:30:00+00:00", 48.0),
        ("2026-10-25T01:30Z --now 2026-10-26T00:30Z", "2026-10-25T01:30:00+00:00", "2026-10-28T01:30:00+00:00", 49.0),
        ("2026-03-29T01:30 --now 2026-03-29T12:00", "2026-03-29T02:30:00+01:00", "2026-04-01T02:30:00+01:00", 62.5),
    ],
)
def test_a_breach_gives_the_contracts_object(words: str, aware: str, ends: str, left: float) -> None:
    found = told(f"breach --aware {words}")
    assert (found["aware"], found["ico_by"], found["hours_left"]) == (aware, ends, left)
    assert bool(found["note"]) == ("01:30 " in words.replace("T", " "))
    assert found["steps"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("2026-06-12T15:01 --now 2026-06-12T15:00", "is after"),
        ("2098-06-12T15:01", "is after"),  # now by default
        ("2026-06-31T10:00", "not a time"),
        ("yesterday", "not a time"),
        ("9999-12-31T23:59", "out of reach"),
    ],
)
def test_a_breach_that_cannot_be_is_refused(words: str, why: str) -> None:
    result = run(f"breach --aware {words} --json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert why in result.stderr


def test_a_breach_without_an_hour_counts_from_midnight_and_says_so() -> None:
    found = told("breach --aware 2026-06-12 --now 2026-06-12T12:00")
    assert (found["aware"], found["hours_left"]) == ("2026-06-12T00:00:00+01:00", 60.0)
    assert found["note"] == found["steps"][0] == "No hour was given, so it counts from midnight, to be safe."


def test_a_breach_in_words_says_what_is_left_or_over() -> None:
    first = run("breach --aware 2026-06-12T15:00 --now 2026-06-15T08:30").stdout.splitlines()[0]
    assert first == "72 hours end on Mon 15 Jun 2026, 15:00: 6.5 hours left."
    first = run("breach --aware 2026-06-12T15:00 --now 2026-06-15T23:00").stdout.splitlines()[0]
    assert first == "72 hours end on Mon 15 Jun 2026, 15:00: over by 8 hours."


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("2026-06-19", "2026-07-20"),
        ("2026-10-31 --division scotland", "2026-12-01"),
        ("2098-10-07", "2098-11-06"),  # without --now any day may be tried
        ("2026-10-07 --now 2026-10-07", "2026-11-06"),
    ],
)
def test_a_complaint_gives_the_day_to_acknowledge_by(words: str, by: str) -> None:
    assert told(f"complaint --received {words}")["acknowledge_by"] == by


def test_a_complaint_after_now_is_refused() -> None:
    result = run("complaint --received 2026-10-07 --now 2026-10-06 --json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "has not come yet" in result.stderr


def test_a_complaint_in_words_starts_with_the_day() -> None:
    assert run("complaint --received 2026-06-19").stdout.splitlines()[0] == "Acknowledge by Mon 20 Jul 2026."
