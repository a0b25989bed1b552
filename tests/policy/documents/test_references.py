"""What points to nothing, or to the wrong thing, is told; what is right is not."""

import pytest

from policy.documents.clause import Clause
from policy.documents.references import oddities

FILE = {"Appendix 2": "Subject Access Requests", "B": "Camera sign-out form"}


def _oddities(text: str) -> tuple[str, ...]:
    clauses = [
        Clause("1.1", "", text, "page 1"),
        Clause("2.1", "", "Ask.", "page 2"),
        Clause("2.2(a)", "", "", "page 2"),
    ]
    return oddities(clauses, FILE)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("See part 7 below.", "points to 7,"),
        ("As paragraph 2.2 (b) says.", "points to 2.2(b),"),
        ("Log it (see appendix 10).", "points to Appendix 10,"),
        ("The template is there (see appendix).", "without saying which"),
        ("A template for letters is in Appendix 2.", "which is “Subject Access Requests”"),
        ("Under the Data Protection Act (1998) we ask.", "no longer the law"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str, says: str) -> None:
    (told,) = _oddities(text)
    assert told.startswith("1.1 (page 1)")
    assert says in told


@pytest.mark.parametrize(
    "text",
    [
        "See section 2, and paragraph 2.2(a).",
        "Access requests go by Appendix 2.",
        "Sign the camera out on Form B.",
        "Under section 40 of the Education Act we ask.",
        "Section 12: a heading from elsewhere",
        "Use the school's own Form Q.",
        "The Data Protection Act 2018 is the law.",
    ],
)
def test_what_is_right_is_not_complained_of(text: str) -> None:
    assert _oddities(text) == ()


def test_a_passage_copied_by_mistake_is_told() -> None:
    same = "Please write down everything that you know of it, in your own words. " * 2
    twice = [Clause("4", "", same, ""), Clause("5", "", same, "")]
    assert oddities(twice, {}) == ("5 () says word for word what 4 says.",)
