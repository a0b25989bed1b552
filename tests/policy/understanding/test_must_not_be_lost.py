"""Which words get through however much came before."""

import pytest

from policy.understanding.must_not_be_lost import must_not_be_lost


@pytest.mark.parametrize(
    "text",
    [
        "I've sent the reading scores to the wrong parent",
        "I lost my laptop",
        "a parent wants a copy of everything we hold about her son",
        "a parent has withdrawn consent for photos",
        "pupils are sharing a nude picture",
        "a parent complains about how we used her data",
    ],
)
def test_what_tells_of_something_gets_through(text: str) -> None:
    assert must_not_be_lost(text)


@pytest.mark.parametrize(
    "text", ["", "hello", "can I photograph Amelia for the website?", "help", "a" * 5000, "status"]
)
def test_what_can_be_asked_again_waits(text: str) -> None:
    assert not must_not_be_lost(text)
