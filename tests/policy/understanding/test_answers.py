"""A typed answer to our own question."""

from collections.abc import Callable
from datetime import date

import pytest

from policy.images import Use
from policy.names import Roll
from policy.understanding import Heard, answer_to, narrow
from policy.understanding.who import Unsure
from tests.policy.understanding.conftest import MONDAY, told

Hear = Callable[..., Heard]


@pytest.mark.parametrize(
    ("question", "answer", "named"),
    [
        ("Harry Fox on the website", "2C", "Harry Fox"),
        ("Harry Fox on the website", "the one in 6T", "Harry Fox"),
        ("Harry Fox on the website", "the first one", "Harry Fox"),
        ("Harry Fox on the website", "2", "Harry Fox"),
        ("Amelia on the website", "Hughes", "Amelia Hughes"),
        ("Amelia on the website", "Amelia Hart", "Amelia Hart"),
        ("Tom Bakker on the website", "yes", "Tom Baker"),
        ("Tom Bakker on the website", "Ann Lee", "Ann Lee"),
        ("my class on Facebook", "4L", "group 4L"),
    ],
)
def test_who_is_settled(hear: Hear, roll: Roll, question: str, answer: str, named: str) -> None:
    heard = answer_to(hear(question), answer, roll, today=MONDAY)
    assert heard is not None
    assert told(heard) == named


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Harry Fox on the website", "yes"),  # which of the two?
        ("Harry Fox on the website", "9Z"),
        ("Harry Fox on the website", "the ninth one"),
        ("Harry Fox on the website", "can Tom Baker go on the website"),
        ("Harry Fox on the website", "why?"),
        ("Tom Bakker on the website", "no"),
        ("Tom Baker on the website", "yes"),
    ],
)
def test_anything_else_settles_nothing(hear: Hear, roll: Roll, question: str, answer: str) -> None:
    heard = answer_to(hear(question), answer, roll, today=MONDAY)
    assert heard is None or isinstance(heard.who, Unsure)


def test_the_use_may_be_typed(hear: Hear, roll: Roll) -> None:
    heard = answer_to(hear("photo of Tom Baker"), "website", roll, today=MONDAY)
    assert heard is not None
    assert (told(heard), heard.uses) == ("Tom Baker", {Use.WEBSITE})


def test_an_unclear_day_may_be_typed_again(hear: Hear, roll: Roll) -> None:
    asked = hear("Tom Baker on the website on 31 February")
    assert not asked.complete
    heard = answer_to(asked, "on 28 February", roll, today=MONDAY)
    assert heard is not None
    assert heard.on == date(2027, 2, 28)
    assert heard.complete


def test_a_press_settles_one_ask_and_keeps_the_rest(hear: Hear, roll: Roll) -> None:
    asked = hear("Amelia, Harry Fox and Tom Baker on the website")
    assert isinstance(asked.who, Unsure)
    hughes = next(p for p in roll.pupils if p.last_name == "Hughes")
    once = narrow(asked, roll, chosen=hughes.id)
    assert told(once) == "? Harry Fox"
    assert isinstance(once.who, Unsure)
    fox = once.who.asks[0].candidates[1]
    assert told(narrow(once, roll, chosen=fox.id)) == "Tom Baker, Amelia Hughes, Harry Fox"


def test_a_forged_press_changes_nothing(hear: Hear, roll: Roll) -> None:
    asked = hear("Harry Fox on the website")
    tom = next(p for p in roll.pupils if p.first_name == "Tom")
    assert narrow(asked, roll, chosen=tom.id) == asked
    assert narrow(asked, roll, chosen=999_999) == asked
    assert narrow(asked, roll, chosen=tom.id, ask=7) == asked
    certain = hear("Ann Lee on the website")
    assert narrow(certain, roll, chosen=tom.id) == certain
