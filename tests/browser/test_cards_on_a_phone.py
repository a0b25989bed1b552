"""Every card as a phone shows it: 340 px wide, in Microsoft's renderer."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.phone import open_phone, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

GOLDEN = Path(__file__).parents[1] / "dialogs" / "cards" / "golden"
SCREENSHOTS = Path(__file__).parent / "screenshots"


def cards() -> list[Path]:
    return sorted(GOLDEN.glob("*.json"))


@pytest.fixture(scope="module")
def phone(pages: "Browser", renderer: str) -> "Iterator[Page]":
    page = open_phone(pages, renderer)
    yield page
    page.close()


def test_there_are_cards_to_look_at() -> None:
    assert cards()


@pytest.mark.parametrize("file", cards(), ids=lambda file: file.stem)
def test_a_card_fits_a_phone_and_every_field_and_button_has_its_words(phone: "Page", file: Path) -> None:
    seen = render(phone, json.loads(file.read_text("utf-8")))
    phone.screenshot(path=SCREENSHOTS / f"phone-{file.stem}.png", full_page=True)
    assert not seen["overflow"]
    assert seen["cut"] == []
    assert seen["unlabelled"] == 0
    assert seen["buttons"] == 0


def test_nothing_is_sent_before_every_choice_is_made(phone: "Page") -> None:
    card = json.loads((GOLDEN / "which_pupil_several.json").read_text("utf-8"))
    render(phone, card)
    phone.get_by_role("button", name="Continue").click()
    assert phone.evaluate("window.pressed") == []
    assert phone.get_by_text("Please choose a pupil").count() == 2
    for field in phone.locator("select").all():
        field.select_option(index=1)
    phone.get_by_role("button", name="Continue").click()
    ((kind, verb, data),) = phone.evaluate("window.pressed")
    assert (kind, verb) == ("Action.Execute", "pupil.choose")
    assert {"pupil0", "pupil1", "pending", "rev"} <= data.keys()


def test_a_field_without_a_label_would_be_noticed(phone: "Page") -> None:
    card = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "Input.Text", "id": "what"}]}
    assert render(phone, card)["unlabelled"] == 1


def test_a_choice_that_is_cut_off_would_be_noticed(phone: "Page") -> None:
    choices = [{"title": "A choice of very many words that no phone shows in a single line of its own", "value": "a"}]
    several = {"type": "Input.ChoiceSet", "id": "what", "label": "What", "isMultiSelect": True, "choices": choices}
    assert render(phone, {"type": "AdaptiveCard", "version": "1.5", "body": [several]})["cut"]
    assert not render(phone, {"type": "AdaptiveCard", "version": "1.5", "body": [several | {"wrap": True}]})["cut"]


def test_something_too_wide_would_be_noticed(phone: "Page") -> None:
    card = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "unbreakable" * 10}]}
    phone.evaluate("document.getElementById('card').style.width = '400px'")
    assert render(phone, card)["overflow"]
    phone.evaluate("document.getElementById('card').style.width = ''")
