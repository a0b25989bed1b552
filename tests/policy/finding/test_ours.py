"""What sounds like one of ours: by words that were learnt, never surer than a bound."""

import json
from pathlib import Path

import pytest

from policy.finding.ours import Learnt, learnt
from policy.library import library
from policy.matching import meaning_of

EXAMPLES = Path(__file__).parents[2] / "bench" / "examples"


def _odds(text: str) -> float:
    return learnt().odds(meaning_of(text, library()))


@pytest.mark.parametrize(
    ("ours", "not_ours"),
    [
        ("may I keep pupil records at home", "may I keep the hamster at home"),
        ("parents filming the nativity on their phones", "parents parking on the zigzags"),
        ("how long is footage kept", "how long is the assembly"),
    ],
)
def test_what_is_ours_sounds_more_like_it_than_what_is_not(ours: str, not_ours: str) -> None:
    assert _odds(ours) > 0 > _odds(not_ours)


def test_no_words_alone_are_beyond_doubt() -> None:
    asked = meaning_of("footage", library())
    for weight, most in ((100.0, 4.0), (-100.0, -4.0)):
        assert Learnt(0.0, dict.fromkeys(asked.about, weight)).odds(asked) == most


def test_a_question_of_unknown_words_is_told_by_how_common_ours_are() -> None:
    assert Learnt(0.5, {}).odds(meaning_of("zorbing", library())) == 0.5


def test_every_example_is_there_once_and_says_what_it_is() -> None:
    lines = [line for name in ("flows", "rules") for line in (EXAMPLES / f"{name}.jsonl").read_bytes().splitlines()]
    told = list(map(json.loads, lines))
    texts = [each["text"] for each in told]
    for name in ("not_ours", "says_little"):
        texts += (EXAMPLES / f"{name}.txt").read_text("utf-8").splitlines()
    assert len({text.lower() for text in texts}) == len(texts)
    assert all({"intent", "clauses"} & set(each) for each in told)
