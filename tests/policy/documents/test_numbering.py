"""Which numbers are numbers of clauses, and which only look like one."""

import pytest

from policy.documents.numbering import Decimal, Digits, Item, Items, Label, Whole, follows, is_title, label_of, left_out


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("5.10 Never at the pool", Decimal((5, 10), "Never at the pool")),
        ("13.3.6. Own kit", Decimal((13, 3, 6), "Own kit")),
        ("2.1", Decimal((2, 1), "")),
        ("7 Cameras", Whole(7, dotted=False, rest="Cameras")),
        ("7. Cameras", Whole(7, dotted=True, rest="Cameras")),
        ("(a) at noon", Item("a", "at noon")),
        ("b) at one", Item("b", "at one")),
        ("(iv) at four", Item("iv", "at four")),
        ("(12) the twelfth", Item("12", "the twelfth")),
        ("2026 was a long year", None),
        ("01.09.2026 is a day", None),
        ("Ask first", None),
        ("e.g. a form", None),
    ],
)
def test_a_number_at_the_head_is_read(text: str, label: Label | None) -> None:
    assert label_of(text) == label


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        ((5, 9), (5, 10), True),
        ((5,), (5, 1), True),
        ((6, 1), (6, 2, 1), True),  # one level down under a number that is not there
        ((12, 15, 10), (12, 16), True),
        ((12, 19), (13, 1), True),
        ((2, 2, 3), (2, 2, 5), True),
        ((5, 10), (5, 10), False),
        ((5, 10), (5, 2), False),
        ((5, 2), (9, 1), False),
        ((5, 2), (5, 3, 4), False),
    ],
)
def test_what_may_come_next(before: Digits, after: Digits, *, may: bool) -> None:
    assert follows(before, after) is may


def test_numbers_that_were_left_out_are_known() -> None:
    assert left_out((2, 2, 3), (2, 2, 5)) == ((2, 2, 4),)
    assert left_out((1, 1), (1, 2)) == ()
    assert left_out((3,), (3, 2)) == ((3, 1),)


def test_items_keep_their_level() -> None:
    items = Items()
    assert [items.take(mark) for mark in ("a", "b", "i", "ii", "c")] == ["(a)", "(b)", "(b)(i)", "(b)(ii)", "(c)"]
    assert items.take("q") is None


def test_the_ninth_letter_is_no_roman_one() -> None:
    items = Items()
    marks = "abcdefghij"
    assert [items.take(mark) for mark in marks] == [f"({mark})" for mark in marks]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Keeping things safe", True),
        ("“Safe” places", True),
        ("pupils were there", False),
        ("Lock the drawer.", False),
        ("One\tTwo\tThree", False),
        ("A " + "very " * 20 + "long line", False),
        ("", False),
    ],
)
def test_what_looks_like_a_heading(text: str, *, is_one: bool) -> None:
    assert is_title(text) is is_one
