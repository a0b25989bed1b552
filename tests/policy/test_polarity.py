"""Whether the yes or no of an answer fits the way round that somebody asked."""

import pytest

from policy.polarity import Way, fits, for_question, way_of

LOCK = ("do I have to lock the cupboard", "cupboard left open")


@pytest.mark.parametrize(
    ("question", "way"),
    [
        ("can I leave the cupboard open", Way.LEAVE),
        ("quick question: is it ok to leave it open?", Way.LEAVE),
        ("Must I lock it", Way.DUTY),
        ("so do we need to lock it", Way.DUTY),
        ("who locks it", Way.WHICH),
        ("by when must it be locked", Way.WHICH),
        ("the key is gone, who do I tell", Way.WHICH),
        ("I lost the key. What now?", Way.WHICH),
        ("can I leave it open, and who locks it", Way.LEAVE),
        ("leaving the cupboard open", Way.EITHER),
        ("can I leave it open or must I lock it", Way.EITHER),
    ],
)
def test_which_way_round_a_question_is_asked(question: str, way: Way) -> None:
    assert way_of(question) is way


@pytest.mark.parametrize(
    ("question", "is_fitting"),
    [
        ("should I lock the cupboard", True),
        ("cupboard left open all day", True),
        ("is it ok to leave the cupboard open", False),
        ("who locks the cupboard", False),
    ],
)
def test_a_yes_stands_only_where_it_answers_what_was_asked(question: str, is_fitting: bool) -> None:  # noqa: FBT001  a table's column
    assert fits(question, LOCK) is is_fitting


def test_the_rule_is_told_without_a_yes_that_would_say_the_opposite() -> None:
    words = "Yes, lock it. Any cupboard that holds records is locked."
    assert for_question("must I lock it", asks=LOCK, words=words) == words
    told = for_question("may I leave it open", asks=LOCK, words=words)
    assert told == "Lock it. Any cupboard that holds records is locked."
    assert for_question("may I", asks=LOCK, words="No. Nobody does.") == "Nobody does."
    assert for_question("may I", asks=LOCK, words="Not yet. Ask first.") == "Not yet. Ask first."


def test_a_question_about_which_has_its_answer_as_it_is_where_its_title_asks_the_same() -> None:
    assert fits("who keeps the key", ["who has the key"])


def test_an_answer_whose_title_asks_neither_way_is_meant_as_most_of_its_questions_are() -> None:
    asks = ["the key is lost", "do I have to lock it", "must it be locked", "can I leave it open"]
    assert not fits("is it ok to leave it open", asks)
    assert fits("should I lock it", asks)
