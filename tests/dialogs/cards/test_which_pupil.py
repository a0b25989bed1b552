"""Which pupil: buttons for a few, lists for many; a press and a list send the same data."""

import pytest

from dialogs.cards.reading import Button, Field, read_through
from dialogs.cards.which_pupil import NONE_OF_THESE, PupilAsk, PupilChoice, which_pupil_card
from dialogs.conversation import Json


def ask(how_many: int) -> PupilAsk:
    return PupilAsk("Tom", tuple(PupilChoice(n, f"Tom {n}", "4B", "4") for n in range(1, how_many + 1)))


def buttons(card: Json) -> list[Button]:
    return [piece for piece in read_through(card) if isinstance(piece, Button)]


@pytest.mark.parametrize("how_many", [1, 2, 5])
def test_up_to_five_pupils_are_buttons(how_many: int) -> None:
    pressed = buttons(which_pupil_card((ask(how_many),), pending="p1", revision=3))
    assert [button.data["pupil0"] for button in pressed] == [str(n) for n in range(1, how_many + 1)] + [NONE_OF_THESE]
    assert {(button.verb, button.data["pending"], button.data["rev"]) for button in pressed} == {
        ("pupil.choose", "p1", 3)
    }


@pytest.mark.parametrize("asks", [(ask(6),), (ask(2), ask(2)), (ask(1), PupilAsk("Xan"), ask(3))])
def test_more_are_lists_with_one_button(asks: tuple[PupilAsk, ...]) -> None:
    card = which_pupil_card(asks, pending="p1", revision=3)
    fields = [piece for piece in read_through(card) if isinstance(piece, Field)]
    assert [field.name for field in fields] == [f"pupil{n}" for n in range(sum(bool(ask.choices) for ask in asks))]
    assert all(field.choices[-1][1] == NONE_OF_THESE for field in fields)
    assert [button.title for button in buttons(card)] == ["Continue"]


@pytest.mark.parametrize(
    ("year", "label"),
    [("4", "Tom, 4B, Year 4"), ("Year 4", "Tom, 4B, Year 4"), ("Reception", "Tom, 4B, Reception"), ("", "Tom, 4B")],
)
def test_a_pupil_is_told_apart_by_class_and_year(year: str, label: str) -> None:
    assert PupilChoice(1, "Tom", "4B", year).label == label
