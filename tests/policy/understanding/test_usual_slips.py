"""Short words and their usual slips: read through where no child is near, and never a child's name."""

from collections.abc import Callable

import pytest

from policy.understanding import Heard, Intent, Nobody
from policy.understanding.lexicon import lexicon
from policy.understanding.usual_slips import USUAL, USUALLY

Hear = Callable[..., Heard]


@pytest.mark.parametrize(
    "text",
    [
        "why do some kids on chld protection plans get more cover",
        "I am supply stff, to whom do I speak about a data problem",
        "I do not knwo waht the list menas",
        "who shoud see teh list of needs",
        "it was a skimpy anymore thing, hell of a day",
    ],
)
def test_no_slip_in_a_small_word_is_taken_for_a_child(hear: Hear, text: str) -> None:
    assert isinstance(hear(text).who, Nobody)


def test_what_a_slip_stands_for_is_a_word_and_the_slip_is_none() -> None:
    words = lexicon()
    assert not [slip for slip in USUALLY if words.is_name(slip)]
    assert not [meant for meant in {*USUALLY.values(), *USUAL} if len(meant) > 1 and not words.is_ordinary(meant)]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("the insurance of a driver wrote, they need the film from the parking place", Intent.CCTV_REQUEST),
        ("mr diaz does not want any more that his number is used for advertising", Intent.RIGHTS_REQUEST),
        ("a family has decided against facebook for the little one from now", Intent.CONSENT_WITHDRAWAL),
        ("may the police look at our recordings", Intent.POLICY_QUESTION),
    ],
)
def test_what_happened_is_heard_without_its_usual_words(hear: Hear, text: str, intent: Intent) -> None:
    assert hear(text).intent is intent
