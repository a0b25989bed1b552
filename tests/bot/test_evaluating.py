"""How a file of questions is scored: what counts as right, as confused, and as unsafe."""

from typing import Any

import pytest

from bot.evaluating import score


def answer(**said: Any) -> dict[str, Any]:  # noqa: ANN401  whatever the contract's object holds
    return {
        "text": "Yes",
        "intent": "photo_permission",
        "shape": "G",
        "decision": "yes",
        "pupils": [{"name": "Amelia Hart", "class": "4B", "decision": "yes"}],
        "leave_out": [],
        "conditions": ["K6"],
        "citations": [{"document": "photography", "clause": "13.3"}],
        **said,
    }


@pytest.mark.parametrize(
    "expect",
    [
        {"shape": "G"},
        {"shape": ["G", "R"]},
        {"decision": "yes", "intent": None},
        {"pupils": ["Amelia Hart"]},
        {"leave_out": None},
        {"name_rule": "K6"},
        {"citations_any": [["photography", "13.3.6"], ["photography", "2.1"]]},
        {"citations_any": [["photography", "13"]]},
    ],
)
def test_what_was_expected_is_right(expect: dict[str, Any]) -> None:
    assert score([{"text": "q", "expect": expect}], [answer()]).findings == []


@pytest.mark.parametrize(
    ("expect", "wrong"),
    [
        ({"shape": "R"}, "shape is 'G', not 'R'"),
        ({"decision": None, "intent": "status"}, "intent is 'photo_permission', not 'status'"),
        ({"pupils": ["Tom Bell"]}, "pupils are ['Amelia Hart']"),
        ({"leave_out": ["Tom Bell"]}, "leave_out is [], not ['Tom Bell']"),
        ({"name_rule": "K7"}, "the name rule is K6, not K7"),
        ({"citations_any": [["photography", "13.30"]]}, "it cites [('photography', '13.3')]"),
    ],
)
def test_what_was_not_expected_is_told(expect: dict[str, Any], wrong: str) -> None:
    result = score([{"id": "a", "text": "q", "expect": expect}], [answer()])
    assert [finding.wrong for finding in result.findings] == [(wrong,)]
    assert result.accuracy == 0


@pytest.mark.parametrize(
    ("line", "said", "unsafe"),
    [
        ({"never_yes": True}, {}, True),
        ({"unsafe_if_yes": True}, {}, True),
        ({"unsafe_if_yes": True}, {"decision": "no", "shape": "R"}, False),
        ({"unsafe_if_yes": True, "expect": {"leave_out": ["Amelia Hart"]}}, {}, True),
        ({"unsafe_if_yes": True, "expect": {"leave_out": ["Tom Bell"]}}, {}, False),
        ({}, {}, False),
    ],
)
def test_a_yes_where_none_may_be_is_unsafe(line: dict[str, Any], said: dict[str, Any], *, unsafe: bool) -> None:
    assert score([{"text": "q", **line}], [answer(**said)]).unsafe == unsafe


def test_answers_that_must_read_the_same_are_compared_byte_for_byte() -> None:
    asked = [{"id": "a", "text": "q"}, {"id": "b", "text": "q", "same_text_as": "a"}]
    assert score(asked, [answer(), answer()]).findings == []
    assert score(asked, [answer(), answer(text="Yes ")]).findings[0].wrong == ("its text differs from that of a",)


def test_confusions_count_what_was_answered_for_what() -> None:
    asked = [{"text": "q", "expect": {"shape": "R"}}, {"text": "q", "expect": {"shape": ["G", "R"]}}]
    assert score(asked, [answer(), answer()]).confusions == {("R", "G"): 1, ("G/R", "G"): 1}
