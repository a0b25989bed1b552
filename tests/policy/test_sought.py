"""A search finds what holds all of its words, whatever their order, begun or with a slip, and numbers whole."""

import pytest

from policy.sought import search_for


@pytest.mark.parametrize(
    ("said", "text", "number", "found"),
    [
        ("laptop", "A laptop was stolen", 12, True),
        ("stolen laptop", "A laptop was stolen", 12, True),
        ("lap", "A laptop was stolen", 12, True),
        ("latpop", "A laptop was stolen", 12, False),
        ("lapptop", "A laptop was stolen", 12, True),
        ("bicycle laptop", "A laptop was stolen", 12, False),
        ("case 12", "A laptop was stolen", 12, True),
        ("12", "", 12, True),
        ("1", "", 12, False),
        ("12", "twelve", 112, False),
        ("LAPTOP,", "a (laptop)", None, True),
        ("the", "in the office", None, True),
        ("", "anything", 1, False),
        ("?!", "anything", 1, False),
    ],
)
def test_what_is_found(said: str, text: str, number: int | None, found: bool) -> None:  # noqa: FBT001  a table's column
    assert search_for(said).finds([text], number=number) is found
