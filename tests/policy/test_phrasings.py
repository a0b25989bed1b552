"""Proposed phrasings: tidied, in others' words where somebody asked much the same, and in other openings."""

import pytest

from policy.phrasings import MOST, proposed, tidy


@pytest.mark.parametrize(
    ("said", "tidied"),
    [
        ("Hi, can we lend the register? Thanks!", "Can we lend the register?"),
        ("may we lend the register", "May we lend the register?"),
        ("what is a   DPIA", "What is a DPIA"),
        ("", ""),
        ("Hello!", ""),
        ("word " * 60, ""),
    ],
)
def test_a_question_is_tidied(said: str, tidied: str) -> None:
    assert tidy(said) == tidied


def test_other_openings_are_proposed() -> None:
    ways = proposed("can I lend the hamster register to the science club?")
    assert ways[0] == "Can I lend the hamster register to the science club?"
    assert "Are we allowed to lend the hamster register to the science club?" in ways
    assert 3 <= len(ways) <= MOST


def test_a_duty_is_asked_otherwise_than_a_permission() -> None:
    ways = proposed("Do we have to keep the register?")
    assert "Must I keep the register?" in ways
    assert not [way for way in ways if way.startswith("May")]


def test_what_others_asked_comes_before_what_nobody_did() -> None:
    ways = proposed("may we lend the hamster register?", ["what's for lunch", "who may borrow the hamster register"])
    assert ways[1] == "Who may borrow the hamster register"
    assert "lunch" not in str(ways)


def test_nothing_is_proposed_twice() -> None:
    ways = proposed("may we lend it?", ["May we lend it", "may we lend it??"])
    assert len({way.casefold().rstrip("?") for way in ways}) == len(ways)
