"""What a hold is compared with: the words themselves, however they are kept."""

import json

import pytest

from policy.held import is_about
from storage.forgetting.saying import says


@pytest.mark.parametrize("name", ["Khan", "Zoë", "Šimková", "Łukasz"])
@pytest.mark.parametrize("before", ["", "\n", "\r\n", "\t", "\\", '"', "- "])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_name_is_found_wherever_it_stands(name: str, before: str, *, ascii_only: bool) -> None:
    words = f"I mailed this list: {before}{name}"

    def kept(value: object) -> str:
        return json.dumps(value, ensure_ascii=ascii_only)

    shapes = [
        words,
        kept(words),
        kept([words]),
        kept({"a": [{"b": words}]}),
        kept({words: 1}),
        kept({"a": kept([words])}),
    ]
    for shape in shapes:
        assert is_about((name,), says("Somebody", None, shape)), shape


@pytest.mark.parametrize("text", ["{not json Khan", "[Khan", '"Khan" said so', "[" * 5000 + " Khan", "{\ud800 Khan"])
def test_what_only_begins_like_json_is_taken_as_it_is(text: str) -> None:
    assert is_about(("Khan",), says(text))


def test_somebody_else_is_nobody() -> None:
    assert not is_about(("Khan",), says(json.dumps({"words": "a list:\nBell"}), "Tom Bell", None))
