"""Slips of the finger in ordinary words are read through; a slip that may be a child's name is asked about."""

from collections.abc import Callable

import pytest

from policy.images import Use
from policy.names import Roll
from policy.understanding import Heard, Unsure
from policy.understanding.lexicon import lexicon
from policy.understanding.slips import undone
from policy.understanding.words import message
from tests.policy.understanding.conftest import told

Hear = Callable[..., Heard]


@pytest.mark.parametrize(
    ("text", "uses"),
    [
        ("can i put a pictuer of tom baker on the wesbite", {Use.WEBSITE}),
        ("photgraph of Tom Baker for the newletter", {Use.MARKETING}),
        ("tom baker on facebok tommorow", {Use.SOCIAL}),
        ("Tom Baker on Facebok", {Use.SOCIAL}),
        ("do we have permision to use thier photo, tom baker, in the prospctus", {Use.MARKETING}),
        ("tom baker recieving his certifcate for the websit", {Use.WEBSITE}),
        ("photo of tom baker wiht his medal, webiste", {Use.WEBSITE}),
        ("tom baker's sceince investgation photo in his workbok", {Use.EDU_SITE}),
        ("tom baker partcipating in the athletcs championshps, twiter", {Use.SOCIAL}),
    ],
)
def test_a_misspelt_word_is_that_word(hear: Hear, text: str, uses: set[Use]) -> None:
    heard = hear(text)
    assert (told(heard), heard.uses) == ("Tom Baker", uses)


@pytest.mark.parametrize(
    "text",
    [
        "tom bakr on the website",
        "photo of tmo baker on the website",
        "tom baker and jaxon on the website",  # one letter from "saxon", and a name all the same
        "tom baker, harvy and ann lee on the website",
        "tom baker and brian for the website",  # "brain" with two letters changed round
        "ann brownly website photo",  # an only first name, and what may be another family name
        "tom baker and Marvus on the website",
    ],
)
def test_a_slip_that_may_be_a_name_is_asked_about(hear: Hear, text: str) -> None:
    assert isinstance(hear(text).who, Unsure)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("the wesbite", "the website"),
        ("an investgation", "an investigation"),
        ("recieving it", "receiving it"),
        ("wiht it", "with it"),
        ("a bkaer", "a bkaer"),  # as near to Tom Baker as to a baker
        ("our Kaydn", "our Kaydn"),
        ("a homedame", "a homedame"),  # two other letters make another word
    ],
)
def test_words_are_put_right_only_where_no_child_is_as_near(roll: Roll, text: str, read: str) -> None:
    assert " ".join(undone(message(text), lexicon(), roll).keys) == read.lower()


def test_common_first_names_are_no_ordinary_words() -> None:
    words = lexicon()
    assert sorted(name for name in words.forenames if name in words.ordinary and name not in words.given) == []
