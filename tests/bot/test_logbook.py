"""What a line may hold: an event of ours and fields from the list, whatever a caller hands in."""

import logging
from typing import Any

import pytest

from bot.logbook import Line, Log, allowed, turn_mark, where

SECRET = "Amelia Hart told her mother"


def broken() -> Exception:
    try:
        raise KeyError(SECRET)  # noqa: TRY301  caught, so that it has a way
    except KeyError as error:
        return error


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("turn", turn_mark("a:chat", "1"), turn_mark("a:chat", "1")),
        ("turn", "a:chat", "other"),
        ("person", 7, 7),
        ("school", "HFD;OAK", "HFD;OAK"),
        ("school", "Hartfield Primary", "other"),
        ("verb", "breach.report", "breach.report"),
        ("verb", SECRET, "other"),
        ("why", "status 429", "status 429"),
        ("why", "amelia@hartfield.example", "other"),
        ("why", "Amélie", "other"),
        ("why", "one\nline more", "other"),
        ("why", "a" * 101, "other"),
        ("why", None, "other"),
        ("ms", 12.3456, 12.3),
        ("reference", "K7QF-3MXD", "K7QF-3MXD"),
        ("reference", SECRET, "other"),
    ],
)
def test_a_field_goes_through_its_gate(field: str, value: Any, shown: Any) -> None:  # noqa: ANN401  anything
    assert allowed({field: value}) == {field: shown}


def test_an_error_is_its_kind_and_its_way_never_its_message() -> None:
    shown = allowed({"error": broken()})["error"]
    assert str(shown).startswith("KeyError at bot/test_logbook.py:")
    assert "Amelia" not in str(shown)


def test_a_way_is_cut_before_a_line_grows_too_long() -> None:
    def deep(left: int) -> None:
        if not left:
            raise ZeroDivisionError
        deep(left - 1)

    with pytest.raises(ZeroDivisionError) as caught:
        deep(200)
    assert len(where(caught.value)) == 1500


def test_what_is_not_on_the_list_is_left_out() -> None:
    assert allowed({"text": SECRET, "name": SECRET, "count": 2}) == {"count": 2}


def test_a_turn_has_one_mark_that_nobody_reads_back() -> None:
    marks = {turn_mark("a:chat", "1"), turn_mark("a:chat", "2"), turn_mark("a:other", "1"), turn_mark("a:chat", "1")}
    assert len(marks) == 3
    assert all(len(mark) == 12 for mark in marks)


def test_a_line_reads_the_same_for_whoever_formats_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    Log("bot.somewhere").info("letter tried", letter=3, outcome="arrived")
    assert caplog.messages == ["letter tried letter=3 outcome=arrived"]
    assert isinstance(caplog.records[0].msg, Line)


def test_a_level_that_nobody_listens_to_costs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    class Unreadable:
        def __float__(self) -> float:
            raise AssertionError("nobody asked")

    caplog.set_level(logging.ERROR)
    fields: dict[str, Any] = {"ms": Unreadable()}
    Log("bot.somewhere").info("turn taken", **fields)
    assert caplog.messages == []
