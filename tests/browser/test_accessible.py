"""Every card in the three looks of Teams: labels, alternative texts, order, contrast and room, as a browser draws them.

Labels, names, roles and contrast are judged by axe-core on what Microsoft's renderer made; order and room by where
each word stands. All cards of the gallery are on one page a theme, each as wide as a phone.
"""

import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.browser.conftest import missing
from tests.browser.phone import PHONE, unfolded
from tests.browser.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

AXE: Final = "axe-core@4.10.3"
GOLDEN: Final = Path(__file__).parents[1] / "dialogs" / "cards" / "golden"
TWICE: Final = 2.0  # the size of words that must still fit (WCAG 1.4.4)
# Rules about whole pages say nothing about a card.
RULES: Final = {
    each: {"enabled": False} for each in ("region", "page-has-heading-one", "heading-order", "landmark-one-main")
}

Shown = dict[str, Any]

_RENDER: Final = """
([cards, config]) => {
    const room = document.getElementById("cards");
    room.replaceChildren();
    for (const [name, card] of Object.entries(cards)) {
        const adaptive = new AdaptiveCards.AdaptiveCard();
        adaptive.hostConfig = new AdaptiveCards.HostConfig(config);
        adaptive.parse(card);
        const place = document.createElement("section");
        place.className = "place";
        place.dataset.card = name;
        place.append(adaptive.render());
        room.append(place);
    }
}
"""
_JUDGED: Final = """
async rules => {
    const told = await axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], rules,
        resultTypes: ["violations"],
    });
    return told.violations.flatMap(each => each.nodes.map(node => [
        document.querySelector(node.target[0])?.closest(".place")?.dataset.card ?? "the page",
        each.id, node.html.slice(0, 160), node.any[0]?.message ?? "",
    ]));
}
"""
# Reading goes down the lines, and along each from the left; beside each other stand columns.
_ORDER: Final = """
() => {
    const astray = [];
    for (const place of document.querySelectorAll(".place")) {
        const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
        let before = null;
        while (walker.nextNode()) {
            const at = walker.currentNode;
            const isField = at.nodeType === 1 && ["INPUT", "TEXTAREA", "SELECT", "IMG"].includes(at.tagName);
            const isText = at.nodeType === 3 && at.textContent.trim() && at.parentElement.tagName !== "OPTION";
            if (!isField && !isText) continue;
            const range = document.createRange();
            range.selectNode(at);
            const box = isField ? at.getBoundingClientRect() : range.getBoundingClientRect();
            if (!box.width || !box.height) continue;
            const isAbove = before && box.bottom <= before.box.top + 1 && box.left < before.box.right - 1;
            const isLeft = before && Math.abs(box.top - before.box.top) < 2
                && box.bottom - before.box.bottom < 2 && box.right <= before.box.left + 1;
            const words = at.textContent.trim().slice(0, 40) || at.tagName;
            if (isAbove || isLeft) astray.push([place.dataset.card, before.words, words]);
            before = {box, words};
        }
    }
    return astray;
}
"""
_TOO_WIDE: Final = """
() => [...document.querySelectorAll(".place")].flatMap(place => {
    const edge = place.getBoundingClientRect().right + 0.5;
    const wide = [...place.querySelectorAll("*")].filter(
        each => each.getBoundingClientRect().right > edge || each.scrollWidth > each.clientWidth + 1
            && ["hidden", "clip", "auto", "scroll"].includes(getComputedStyle(each).overflowX) && each.clientWidth > 1
    );
    return wide.length ? [[place.dataset.card, wide.at(-1).outerHTML.slice(0, 200)]] : [];
})
"""
_IMAGES: Final = """
() => [...document.querySelectorAll(".place img")].filter(each => !each.alt.trim()).map(
    each => each.closest(".place").dataset.card
)
"""


def cards() -> dict[str, Shown]:
    return {file.stem: unfolded(json.loads(file.read_text("utf-8"))) for file in sorted(GOLDEN.glob("*.json"))}


@pytest.fixture(scope="session")
def axe(node: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Deque's axe-core, fetched (and kept) by npx."""
    command = ["npx", "--yes", f"--package={AXE}", "--", node, "-p", "process.env.PATH"]
    said = subprocess.run(  # noqa: S603  fixed words
        command, cwd=tmp_path_factory.mktemp("npx"), capture_output=True, text=True, check=False, timeout=180
    )
    for entry in said.stdout.split(os.pathsep):
        bundle = Path(entry).parent / "axe-core" / "axe.min.js"
        if bundle.is_file():
            return bundle.read_text("utf-8")
    missing(f"npx could not fetch {AXE}: {said.stderr.strip()[-200:]}")
    raise AssertionError


@pytest.fixture(scope="module")
def show(pages: "Browser", renderer: str, axe: str) -> "Iterator[Callable[..., Page]]":
    page = pages.new_page(viewport={"width": 1400, "height": 900})
    page.set_content(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Cards</title><style id="theme"></style>'
        f"<style>body {{ margin: 0; }} #cards {{ display: flex; flex-wrap: wrap; align-items: flex-start; }}"
        f".place {{ width: {PHONE}px; }}</style></head><body><main id=cards></main></body></html>"
    )
    page.add_script_tag(content=renderer)
    page.add_script_tag(content=axe)

    def draw(shown: dict[str, Shown], theme: str, *, zoom: float = 1.0) -> "Page":
        look = THEMES[theme]
        page.evaluate("css => { document.getElementById('theme').textContent = css; }", look.css(zoom=zoom))
        page.evaluate(_RENDER, [shown, look.host_config(zoom=zoom)])
        return page

    yield draw
    page.close()


def test_there_are_cards_to_look_at() -> None:
    assert len(cards()) > 100


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_any_card(show: "Callable[..., Page]", theme: str) -> None:
    assert show(cards(), theme).evaluate(_JUDGED, RULES) == []


def test_every_picture_says_what_it_shows(show: "Callable[..., Page]") -> None:
    assert show(cards(), "light").evaluate(_IMAGES) == []


def test_cards_are_read_in_the_order_in_which_they_are_seen(show: "Callable[..., Page]") -> None:
    assert show(cards(), "light").evaluate(_ORDER) == []


@pytest.mark.parametrize("zoom", [1.0, TWICE])
def test_nothing_is_too_wide_for_a_phone_even_in_words_twice_as_large(show: "Callable[..., Page]", zoom: float) -> None:
    assert show(cards(), "light", zoom=zoom).evaluate(_TOO_WIDE) == []


def _card(*body: Shown) -> dict[str, Shown]:
    return {"bad": {"type": "AdaptiveCard", "version": "1.5", "body": list(body)}}


PALE: Final = {"type": "TextBlock", "text": "hardly to be read", "color": "light"}


def test_words_that_are_too_pale_would_be_noticed(show: "Callable[..., Page]") -> None:
    page = show(_card(PALE), "light")
    page.add_style_tag(content=".place .ac-textBlock { color: #999999 !important; }")
    found = page.evaluate(_JUDGED, RULES)
    page.evaluate("() => document.head.lastElementChild.remove()")
    assert [(card, rule) for card, rule, *_ in found] == [("bad", "color-contrast")]


def test_a_field_without_a_label_would_be_noticed(show: "Callable[..., Page]") -> None:
    found = show(_card({"type": "Input.Text", "id": "what"}), "light").evaluate(_JUDGED, RULES)
    assert {rule for _, rule, *_ in found} == {"label"}


def test_a_picture_without_words_would_be_noticed(show: "Callable[..., Page]") -> None:
    dot = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
    page = show(_card({"type": "Image", "url": dot}), "light")
    assert page.evaluate(_IMAGES) == ["bad"]


def test_words_out_of_order_would_be_noticed(show: "Callable[..., Page]") -> None:
    page = show(_card(*({"type": "TextBlock", "text": words} for words in ("one", "two"))), "light")
    page.evaluate("() => { document.querySelector('.ac-adaptiveCard').style.flexDirection = 'column-reverse'; }")
    assert page.evaluate(_ORDER) == [["bad", "one", "two"]]


def test_something_too_wide_would_be_noticed(show: "Callable[..., Page]") -> None:
    page = show(_card({"type": "TextBlock", "text": "words"}), "light")
    page.evaluate("() => { document.querySelector('.ac-textBlock').style.width = '500px'; }")
    assert page.evaluate(_TOO_WIDE) != []
