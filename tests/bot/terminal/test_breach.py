"""A breach at a terminal: reported by numbers and words, and looked after as the DPO."""

from tests.bot.terminal.conftest import TERMINAL

TEACHER, DPO = "t.reed@hartfield.example", "p.owen@hartfield.example"
WORDS = "I sent the reading scores to the wrong parent"
WHEN = ("2026-11-23", "08:30", "", "", "")
WHAT = ("", "1", "3", "I recalled it.", "2")


def test_a_report_is_filled_in_by_numbers_and_back_asks_nothing(at_a_terminal: TERMINAL) -> None:
    shown = at_a_terminal(TEACHER, WORDS, "1", "1", *WHEN, "1", *WHAT, "2", "1", *WHAT).stdout
    assert "When did anyone at school first notice? ____\n" in shown
    assert "[Back]\n  Report a breach\n  What happened Page 2 of 4." in shown
    assert "Who may have seen it? Somebody outside whom we know, such as a parent\n" in shown
    assert shown.count("Page 3 of 4") == 2


def test_a_report_is_typed_in_words(at_a_terminal: TERMINAL) -> None:
    typed = ("today at 8:30", "continue", "no", "skip", "None yet", "continue", "continue")
    shown = at_a_terminal(TEACHER, WORDS, "1", *typed).stdout
    assert "Noted. When did anyone at school first notice? Mon 23 Nov 2026 at 08:30" in shown
    assert "Page 4 of 4" in shown


def test_a_case_shows_again_where_its_status_changed_and_not_for_the_time(at_a_terminal: TERMINAL) -> None:
    at_a_terminal(TEACHER, WORDS)
    shown = at_a_terminal(DPO, "help", "hello", now="2026-11-23T09:30").stdout
    assert shown.count("Status: just told, Form A not begun") == 1
    lines = ("help", f"/as {TEACHER}", "resume", "1", *WHEN, f"/as {DPO}")
    shown = at_a_terminal(DPO, *lines, now="2026-11-23T09:40").stdout
    assert shown.count("→ for you:\n  Case 1") == 1
    assert "Status: Form A being filled in" in shown


def test_what_one_just_pressed_is_not_shown_twice(at_a_terminal: TERMINAL) -> None:
    shown = at_a_terminal(TEACHER, WORDS, f"/as {DPO}", "1").stdout
    assert shown.count("Status: acknowledged") == 1
