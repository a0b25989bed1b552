"""Whoever is left out, or is meant but not named, is asked about: never certain."""

from collections.abc import Callable

import pytest

from policy.names import Roll
from policy.understanding import Group, Heard, Unsure, answer_to
from tests.policy.understanding.conftest import MONDAY, told

Hear = Callable[..., Heard]


@pytest.mark.parametrize(
    "whom",
    [
        "Harry Fox, not the one in 6T,",
        "Ann Lee not the 4L one",
        "Tom Baker, not in 4L,",
        "Tom Baker who isn't in 4L",
        "everyone except 2C",
        "Year 4 other than 4L",
        "4L but Harry Fox",
        "all of 4L except Tom Barker",
        "6T without Ann Lee",
        "Ann Lee instead of Tom Baker",
        "no 4L",
        "everyone in 4L except him",
        "4L bar two",
    ],
)
def test_who_is_left_out_is_asked_about(hear: Hear, whom: str) -> None:
    assert isinstance(hear(f"photo of {whom} for the website").who, Unsure)


@pytest.mark.parametrize(
    "whom",
    [
        "everybody in 4L but Tom Baker",
        "all of 4L apart from Ann Lee",
        "4L without Ann Lee",
        "class 4L excluding Ann Lee",
        "4L leaving out Tom Baker",
    ],
)
def test_a_class_without_some_of_its_own_is_asked_about_as_the_whole_class(hear: Hear, whom: str) -> None:
    assert hear(f"photo of {whom} for the website").who == Group("4L", ("4L",))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("photo of Tom Baker for the website without his name", "Tom Baker"),
        ("isn't Tom Baker allowed on the website?", "Tom Baker"),
        ("Tom Baker on the website but not on Facebook", "Tom Baker"),
        ("why not Tom Baker on the website", "Tom Baker"),
        ("photo of Tom Baker with no smile for the website", "Tom Baker"),
    ],
)
def test_what_leaves_nobody_out_stays_certain(hear: Hear, text: str, named: str) -> None:
    assert told(hear(text)) == named


@pytest.mark.parametrize("answer", ["no 2C", "not 2C", "not him", "no Fox", "not the first one", "anyone but 2C"])
def test_an_answer_that_says_no_settles_nothing(hear: Hear, roll: Roll, answer: str) -> None:
    heard = answer_to(hear("Harry Fox on the website"), answer, roll, today=MONDAY)
    assert heard is None or isinstance(heard.who, Unsure)


@pytest.mark.parametrize(("answer", "named"), [("class no 2C", "Harry Fox"), ("no, Ann Lee", "Ann Lee")])
def test_another_no_is_no_refusal(hear: Hear, roll: Roll, answer: str, named: str) -> None:
    heard = answer_to(hear("Harry Fox on the website"), answer, roll, today=MONDAY)
    assert heard is not None
    assert told(heard) == named


@pytest.mark.parametrize(
    ("whom", "asked"),
    [
        ("Tom Baker's class", "Tom Baker's class"),
        ("Tom Baker and the orchestra", "the orchestra"),
        ("Tom Baker and all his mates", "all his mates"),
        ("Tom Baker plus the rest of his table", "the rest of his table"),
        ("Tom Baker and three others", "three others"),
        ("Tom Baker with a new boy", "a new boy"),
        ("Tom Baker & the girl next to him", "the girl next to him"),
        ("Tom Baker and some Year 4s", "some Year 4s"),
        ("Tom Baker with his netball team", "his netball team"),
        ("Tom Baker and his brother", "his brother"),
        ("two of 4L", "two of 4L"),
        ("the choir and Tom Baker", "the choir"),
        ("Tom Baker, his friends", "his friends"),
        ("a girl in 4L", "a girl in 4L"),
    ],
)
def test_children_who_are_not_named_are_asked_about(hear: Hear, whom: str, asked: str) -> None:
    assert asked in told(hear(f"photo of {whom} for the website"))
    assert isinstance(hear(f"{whom} for the website").who, Unsure)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("photo of Tom Baker and the class display on the website", "Tom Baker"),
        ("Tom Baker on the website and the class page", "Tom Baker"),
        ("photo of Tom Baker with his team badge for the website", "Tom Baker"),
        ("photo of Tom Baker and the rest of 4L for the website", "group 4L, Tom Baker"),
        ("photo of Tom Baker with his mum for the website", "Tom Baker"),
    ],
)
def test_things_of_a_class_are_no_children(hear: Hear, text: str, named: str) -> None:
    assert told(hear(text)) == named
