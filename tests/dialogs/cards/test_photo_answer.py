"""The four shapes of an answer (domain 1.6)."""

from dataclasses import replace

import pytest

from dialogs.cards.as_text import as_text
from dialogs.cards.photo_answer import clause_line, photo_answer_card
from tests.dialogs.cards.gallery import NEUTRAL, SINGLE
from tests.dialogs.cards.test_golden_cards import parts


@pytest.mark.parametrize(
    ("shape", "headline", "large", "then"),
    [
        ("G", "Yes, a photo of Amelia Hart (4B).", "Yes", "A photo of Amelia Hart (4B)."),
        ("G", "Yes: a photo.", "Yes", "A photo."),
        ("R", "No. Please don't.", "No", "Please don't."),
        ("P", "No: not on your own phone.", "No", "Not on your own phone."),
        ("P", "No need: the office handles these.", "No", "No need: the office handles these."),
        ("D", "This use needs the DPO's decision.", "Not yet", "This use needs the DPO's decision."),
    ],
)
def test_the_answer_is_one_large_word_before_anything_else(shape: str, headline: str, large: str, then: str) -> None:
    first, second = photo_answer_card(replace(SINGLE, shape=shape, headline=headline))["body"][:2]
    assert (first["text"], first["size"]) == (large, "ExtraLarge")
    assert [run["text"] for run in second["inlines"]] == [then]


def test_two_neutral_answers_differ_in_the_button_alone() -> None:
    one = photo_answer_card(replace(NEUTRAL, question="1"))
    other = photo_answer_card(
        replace(NEUTRAL, question="2", leave_out=("Ben Okafor",), conditions=("K4",), more=("K5",))
    )
    assert as_text(one) == as_text(other)
    for part in parts(other):
        if part.get("question") == "2":
            part["question"] = "1"
    assert one == other


def test_a_neutral_answer_always_offers_a_review() -> None:
    (button,) = photo_answer_card(NEUTRAL)["actions"]
    assert button["title"] == "Request review"
    assert button["data"] == {"verb": "review.request", "question": NEUTRAL.question}


@pytest.mark.parametrize("shape", ["G", "P", "D"])
def test_the_other_answers_offer_no_review(shape: str) -> None:
    assert "actions" not in photo_answer_card(replace(SINGLE, shape=shape))


def test_an_unknown_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="not 'Q'"):
        photo_answer_card(replace(SINGLE, shape="Q"))


@pytest.mark.parametrize(
    ("citations", "line"),
    [
        ((), ""),
        ((("photography", "4.1"), ("photography", "5.5")), "Photography policy 4.1 · 5.5"),
        (
            (("photography", "4.1"), ("online-safety", "4.3"), ("photography", "5.5")),
            "Photography policy 4.1 · 5.5; Online-safety policy 4.3",
        ),
    ],
)
def test_clauses_are_named_by_document(citations: tuple[tuple[str, str], ...], line: str) -> None:
    assert clause_line(citations) == line
