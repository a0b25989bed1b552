"""Which sentences tell of changed circumstances: few, and never a question or what something else hangs on."""

import json
from pathlib import Path

import pytest

from policy.circumstances_told import tells_of_change
from policy.library import library

ROOT = Path(__file__).parents[2]
TOLD = (
    "Amelia's parents have separated, her form may be out of date",
    "Tom Bell's mum and dad have split up",
    "circumstances changed for Amelia Hart",
    "Change of circumstances for Tom Bell 4B",
    "Amelia Hart's circumstances have changed",
    "the family situation of Tom Bell has changed",
    "Tom Bell's home situation is different now",
    "Tom Bell has gone to live with his grandparents",
    "Please refresh Amelia Hart's consent",
    "renew the photo permission for Tom Bell",
    "we need a new consent form for Tom Bell",
    "Tom Bell needs a new photo form",
    "Tom Bell\u2019s photo form is out of date.",
)
WITHOUT_A_NAME = (
    "refresh consent",
    "changed circumstances",
    "A pupil's circumstances have changed",
    "please renew consent",
)
NOT = (
    "is Tom Bell's form still good now his parents have separated",
    "Tom Bell's parents have separated?",
    "can I photograph Tom Bell, his parents have separated",
    "Tom Bell's parents have separated and a letter went to the old address",
    "Tom Bell's parents have separated and dad wants a copy of his file",
    "Tom Bell's parents have separated and mum refuses any pictures",
    "Tom Bell's parents have separated and mum no longer consents",
    "circumstances changed for Tom Bell, his USB stick is missing",
    "circumstances changed, so Tom Bell's data must be deleted",
    "do we need a new consent form for Tom Bell",
    "Tom Bell's parents have separated" + " and so on" * 12,
    "",
)


@pytest.mark.parametrize("words", TOLD)
def test_a_sentence_about_a_named_pupil_tells_of_it(words: str) -> None:
    assert tells_of_change(words, named=True)
    assert not tells_of_change(words, named=False)


@pytest.mark.parametrize("words", WITHOUT_A_NAME)
def test_the_bare_words_need_no_name(words: str) -> None:
    assert tells_of_change(words, named=False)


@pytest.mark.parametrize("words", NOT)
def test_a_question_and_another_matter_do_not(words: str) -> None:
    assert not tells_of_change(words, named=True)


def _asked() -> list[str]:
    files = sorted((ROOT / "tests/acceptance").glob("*.jsonl"))
    read = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [each["text"] for each in read if isinstance(each.get("text"), str)]


def test_no_question_that_we_are_measured_by_is_taken_for_it() -> None:
    """Each with a pupil named beside it, which is when most words count."""
    asked = _asked()
    assert len(asked) > 1000
    assert [text for text in asked if tells_of_change(text, named=True)] == []


def test_of_what_the_library_is_asked_only_statements_without_a_name_would_be() -> None:
    asked = [text for answer in library().answers for text in answer.asks]
    assert [text for text in asked if tells_of_change(text, named=False)] == []
    assert len([text for text in asked if tells_of_change(text, named=True)]) <= 2
