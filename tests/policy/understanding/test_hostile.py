"""Odd and hostile messages: never an error, never slow, never certain by accident."""

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policy.names import Roll
from policy.understanding import Heard, Intent, Nobody, Pupils, read
from tests.policy.understanding.conftest import MONDAY

Hear = Callable[..., Heard]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 30_000,
        "Tom Baker " * 3_000,
        "a " * 6_000,
        "Zog " * 3_000,
        "'" * 11_000,
        "<b>" * 9_000,
        "4L " * 4_000,
        "3 July " * 1_500,
        "\u202e" * 5_000,
        "\u2009\x00\x07" * 3_000,
    ],
)
def test_long_messages_are_quick(hear: Hear, text: str) -> None:
    begun = time.process_time()  # ours alone: another process's share of a busy machine is none of it
    hear(text)
    assert time.process_time() - begun < 0.25  # many times what it takes


def test_what_is_too_long_is_said_to_be(hear: Hear) -> None:
    heard = hear("Tom Baker on the website " * 2_000)
    assert heard.too_long
    assert (heard.intent, heard.who) == (Intent.UNKNOWN, Nobody())


@pytest.mark.parametrize(
    "text",
    [
        "Tom Baker'; DROP TABLE pupils;-- website",
        "😀 Tom Baker website 📷",
        "‮Tom Baker‬ website",  # noqa: PLE2502  the point of the test
        "Ｔｏｍ Ｂａｋｅｒ website",  # noqa: RUF001  full-width letters are letters
    ],
)
def test_decoration_does_not_hide_a_name(hear: Hear, text: str) -> None:
    who = hear(text).who
    assert isinstance(who, Pupils)
    assert [pupil.display_name for pupil in who.pupils] == ["Tom Baker"]


def test_letters_that_only_look_alike_are_no_name(hear: Hear) -> None:
    assert not isinstance(hear("Tоm Bаker on the website").who, Pupils)  # noqa: RUF001  Cyrillic o and a


@pytest.mark.parametrize("text", ["", " ", "?", "\u200b", "👍"])
def test_no_word_at_all_after_a_pupil_can_be_read(hear: Hear, text: str) -> None:
    hear(text, hear("Tom Baker on the website"))


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_at_all_can_be_read(roll: Roll, text: str) -> None:
    heard = read(text, today=MONDAY, roll=roll)
    assert Heard.from_json(heard.to_json(), roll) == heard
    read("and " + text, today=MONDAY, roll=roll, previous=heard)
