"""What was understood can be stored and read again."""

import json
from collections.abc import Callable

import pytest

from policy.names import Roll
from policy.understanding import Heard
from policy.understanding.who import Unsure

Hear = Callable[..., Heard]


@pytest.mark.parametrize(
    "text",
    [
        "video of Tom Baker and Ann Lee for Facebook tomorrow with full names on my phone",
        "Y4 and Tom Baker in the Gazette",
        "Amelia, Zog and Tom Baker with 4L on the website",
        "Tom Baker crying at the pool on 31 February",
        "hello",
        "",
    ],
)
def test_it_goes_through_json_unchanged(hear: Hear, roll: Roll, text: str) -> None:
    heard = hear(text)
    row = json.loads(json.dumps(heard.to_json()))
    assert Heard.from_json(row, roll) == heard


def test_the_stored_form_names_pupils_by_id_only(hear: Hear) -> None:
    assert "Baker" not in json.dumps(hear("Tom Baker on the website").to_json())


def test_a_pupil_who_is_gone_has_to_be_asked_for_again(hear: Hear, roll: Roll) -> None:
    row = hear("Tom Baker on the website").to_json()
    others = Roll.of(pupil for pupil in roll.pupils if pupil.first_name != "Tom")
    assert isinstance(Heard.from_json(row, others).who, Unsure)


def test_no_request_without_a_use(hear: Hear) -> None:
    heard = hear("photo of Tom Baker")
    with pytest.raises(ValueError, match="What the pictures are for"):
        heard.request()
    assert heard.circumstances().uses == frozenset()


def test_the_request_says_what_was_heard(hear: Hear) -> None:
    heard = hear("video of 4L for Facebook tomorrow")
    request = heard.request()
    assert request.group
    assert (request.uses, request.media, request.on, request.account) == (
        heard.uses,
        heard.media,
        heard.on,
        "facebook",
    )


def test_the_words_of_a_use_and_the_confidence_are_the_same_for_every_pupil(hear: Hear) -> None:
    one, other = hear("Tom Baker on the website"), hear("Ann Lee on the website")
    assert (one.words, one.confidence) == (other.words, other.confidence)
