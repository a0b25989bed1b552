"""Every card, as it was last looked at. After a change: REGENERATE=1 pytest tests/dialogs/cards, and read the diff."""

import importlib
import json
import os
import pkgutil
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft6Validator
from jsonschema.exceptions import best_match

import dialogs.cards
from dialogs.cards.elements import MOST_ACTIONS, MOST_UTF16_BYTES
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json
from dialogs.root import VERBS
from tests.dialogs.cards.gallery import CARDS

GOLDEN = Path(__file__).parent / "golden"
# What Teams documents of the one chart that is drawn here; `fallback`, which Teams leaves open, we insist on.
CHART: Final = Draft6Validator(
    {
        "type": "object",
        "required": ["type", "title", "data", "fallback"],
        "additionalProperties": False,
        "properties": {
            "type": {"const": "Chart.VerticalBar.Grouped"},
            "title": {"type": "string", "minLength": 1},
            "fallback": {"type": "object", "required": ["type"]},
            "data": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["legend", "values"],
                    "additionalProperties": False,
                    "properties": {
                        "legend": {"type": "string", "minLength": 1},
                        "values": {
                            "type": "array",
                            "minItems": 1,
                            "items": {
                                "type": "object",
                                "required": ["x", "y"],
                                "additionalProperties": False,
                                "properties": {"x": {"type": "string"}, "y": {"type": "number"}},
                            },
                        },
                    },
                },
            },
        },
    }
)


@cache
def official() -> Draft6Validator:
    """Microsoft's own schema of Adaptive Cards 1.5."""
    schema = resources.files("adaptive_cards") / "schemas" / "schema-1.5.json"
    return Draft6Validator(json.loads(schema.read_text(encoding="utf-8")))


def without_charts(value: Any) -> Any:  # noqa: ANN401  JSON
    """Put in each chart's place what a client shows that knows no charts: only Teams has them, and no schema does.

    A chart that is not as documented, or that has nothing to show instead, stays where it is, and the schema finds it.
    """
    if isinstance(value, dict):
        if CHART.is_valid(value):
            return without_charts(value["fallback"])
        return {key: without_charts(each) for key, each in value.items()}
    return [without_charts(each) for each in value] if isinstance(value, list) else value


def parts(value: object) -> list[Json]:
    """List every object in a card, however deep."""
    if isinstance(value, dict):
        return [value, *(part for each in value.values() for part in parts(each))]
    if isinstance(value, list):
        return [part for each in value for part in parts(each)]
    return []


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_the_one_that_was_looked_at(name: str) -> None:
    path = GOLDEN / f"{name}.json"
    drawn = json.dumps(CARDS[name](), ensure_ascii=False, indent=2) + "\n"
    if os.environ.get("REGENERATE"):
        path.write_text(drawn, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == drawn


def test_no_golden_file_is_left_of_a_card_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(CARDS)


def test_every_card_that_can_be_drawn_is_in_the_gallery() -> None:
    modules = [
        importlib.import_module(f"dialogs.cards.{found.name}") for found in pkgutil.iter_modules(dialogs.cards.__path__)
    ]
    drawn = {name for module in modules for name in vars(module) if name.endswith("_card") and not name.startswith("_")}
    galleries = [path.stem for path in Path(__file__).parent.glob("*gallery.py")]
    shown = {name for each in galleries for name in vars(importlib.import_module(f"tests.dialogs.cards.{each}"))}
    assert drawn <= shown


@pytest.mark.parametrize("name", CARDS)
def test_the_official_schema_takes_a_card(name: str) -> None:
    wrong = best_match(official().iter_errors(without_charts(CARDS[name]())))
    assert wrong is None, f"{'/'.join(map(str, wrong.absolute_path))}: {wrong.message}"


def test_the_official_schema_would_notice_a_slip() -> None:
    card = CARDS["welcome"]()
    card["body"][0]["wieght"] = "Bolder"
    assert best_match(official().iter_errors(card)) is not None


@pytest.mark.parametrize("slip", ["fallback", "title", "type", "data"])
def test_a_chart_without_all_its_parts_would_be_noticed(slip: str) -> None:
    card = CARDS["digest"]()
    (chart,) = [part for part in card["body"] if part["type"].startswith("Chart.")]
    del chart[slip]
    assert best_match(official().iter_errors(without_charts(card))) is not None


@pytest.mark.parametrize("name", CARDS)
def test_a_card_travels_on_every_road(name: str) -> None:
    card = CARDS[name]()
    buttons = [part for part in parts(card) if part.get("type") in {"Action.Execute", "Action.ToggleVisibility"}]
    assert len(json.dumps(card, ensure_ascii=False).encode("utf-16-le")) < MOST_UTF16_BYTES
    assert len(buttons) <= MOST_ACTIONS


@pytest.mark.parametrize("name", CARDS)
def test_a_button_says_the_same_as_execute_and_as_submit(name: str) -> None:
    for part in parts(CARDS[name]()):
        if part.get("type") == "Action.Execute":
            assert part["data"]["verb"] == part["verb"]
            assert part["fallback"] == {"type": "Action.Submit", "title": part["title"], "data": part["data"]}


def test_every_verb_on_a_button_is_answered() -> None:
    pressed = {
        part["verb"] for draw in CARDS.values() for part in parts(draw()) if part.get("type") == "Action.Execute"
    }
    assert pressed == set(map(str, Verb)) == set(VERBS)


@pytest.mark.parametrize("name", CARDS)
def test_a_screen_reader_finds_its_way(name: str) -> None:
    card = CARDS[name]()
    assert card["body"][0]["style"] == "heading"
    for part in parts(card):
        if part.get("type") == "TextBlock" and part["text"] != "•":
            assert part["wrap"]
        if part.get("type") == "Input.ChoiceSet":
            assert part["label"]
            assert part["errorMessage"]
        assert "color" not in part  # nothing is said by colour
