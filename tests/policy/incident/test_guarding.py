"""A place, a name or a reference is taken; what reads like a picture is not."""

import pytest

from policy.incident.guarding import MOST, a_reference, no_description


@pytest.mark.parametrize(
    "words",
    [
        *("Room 12", "ICT suite", "girls' toilets", "the media room", "Photography room", "staff laptop 14"),
        *("PE changing room", "Year 6 classroom", "At home", "Teams call", "Class 4B trolley", "Library"),
        *("Mrs Moss", "Mr Boys", "Head and DSL", "Hetty Moss, Saul Bird", "Children's centre"),
    ],
)
def test_a_place_or_a_name_is_taken(words: str) -> None:
    assert no_description(words) is None


@pytest.mark.parametrize(
    "words",
    [
        *("a picture of a girl", "a naked boy", "it shows a child", "porn on screen", "boy, 8, no top"),
        *("two men and a toddler", "5 year old undressed", "image of abuse in ICT suite", "she is on a bed"),
        *("a boy being abused", "Room 12: screenshot of it", "child in bath", "video/girl", "GIRL"),
        *("a" * (MOST + 1), "the room behind the hall on the left where the old desks and the printers are"),
    ],
)
def test_a_description_is_not(words: str) -> None:
    assert no_description(words) is not None


@pytest.mark.parametrize("words", ["12345", "INC-2026/118", "IWF 88231", "CAD 4432", "C-10233", "#77"])
def test_a_reference_is_taken(words: str) -> None:
    assert a_reference(words) is None


@pytest.mark.parametrize(
    "words", ["none", "a girl of 5", "photo 1", "pending", "1 naked boy", "4 of the pupils were in it", "0" * 41]
)
def test_what_is_no_reference_is_not(words: str) -> None:
    assert a_reference(words) is not None
