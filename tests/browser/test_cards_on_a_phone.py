"""Every card as a phone shows it: 340 px wide, in Microsoft's renderer."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

GOLDEN = Path(__file__).parents[1] / "dialogs" / "cards" / "golden"
SCREENSHOTS = Path(__file__).parent / "screenshots"
PHONE = 340

# Every form field must have a name that a screen reader reads out, and nothing may stand out to the right.
RENDER = """
card => {
    const adaptive = new AdaptiveCards.AdaptiveCard();
    adaptive.hostConfig = new AdaptiveCards.HostConfig({actions: {actionsOrientation: "vertical", maxActions: 6}});
    adaptive.parse(card);
    window.pressed = [];
    adaptive.onExecuteAction = action => window.pressed.push([action.getJsonTypeName(), action.verb, action.data]);
    document.getElementById("card").replaceChildren(adaptive.render());
    const wide = [...document.querySelectorAll("#card *")].filter(
        each => each.getBoundingClientRect().right > innerWidth + 0.5
    );
    const fields = [...document.querySelectorAll("input, textarea, select")];
    return {
        overflow: document.documentElement.scrollWidth > innerWidth || wide.length > 0,
        unlabelled: fields.filter(each => {
            const by = each.getAttribute("aria-labelledby");
            const named = by && by.split(" ").some(id => document.getElementById(id)?.textContent.trim());
            return !named && !each.getAttribute("aria-label") && !each.labels?.length;
        }).length,
        fields: fields.length,
        buttons: [...document.querySelectorAll("button")].filter(each => !each.textContent.trim()).length,
    };
}
"""


def cards() -> list[Path]:
    return sorted(GOLDEN.glob("*.json"))


@pytest.fixture(scope="module")
def phone(pages: "Browser", renderer: str) -> "Iterator[Page]":
    page = pages.new_page(viewport={"width": PHONE, "height": 640}, device_scale_factor=2)
    page.set_content(
        '<meta charset="utf-8"><body style="font-family:Segoe UI,sans-serif;margin:8px"><div id="card"></div>'
    )
    page.add_script_tag(content=renderer)
    yield page
    page.close()


def render(page: "Page", card: dict[str, Any]) -> dict[str, Any]:
    """Show a card with everything that a button would unfold unfolded, and say what is amiss."""
    seen: dict[str, Any] = page.evaluate(RENDER, unfolded(card))
    return seen


def unfolded(part: Any) -> Any:  # noqa: ANN401  JSON
    if isinstance(part, dict):
        return {key: unfolded(value) for key, value in part.items() if key != "isVisible"}
    return [unfolded(each) for each in part] if isinstance(part, list) else part


def test_there_are_cards_to_look_at() -> None:
    assert cards()


@pytest.mark.parametrize("file", cards(), ids=lambda file: file.stem)
def test_a_card_fits_a_phone_and_every_field_and_button_has_its_words(phone: "Page", file: Path) -> None:
    seen = render(phone, json.loads(file.read_text("utf-8")))
    phone.screenshot(path=SCREENSHOTS / f"phone-{file.stem}.png", full_page=True)
    assert not seen["overflow"]
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


def test_something_too_wide_would_be_noticed(phone: "Page") -> None:
    card = {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "unbreakable" * 10}]}
    phone.evaluate("document.getElementById('card').style.width = '400px'")
    assert render(phone, card)["overflow"]
    phone.evaluate("document.getElementById('card').style.width = ''")
