"""A phone's narrow screen: one card in Microsoft's renderer, 340 px wide, by day or in the dark."""

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE: Final = 340
_PAPER: Final = {"day": ("#ffffff", "#242424", "#616161"), "dark": ("#292929", "#ffffff", "#adadad")}

# Every form field must have a name that a screen reader reads out, and nothing may stand out to the right.
_RENDER: Final = """
([card, ink, subtle]) => {
    const adaptive = new AdaptiveCards.AdaptiveCard();
    adaptive.hostConfig = new AdaptiveCards.HostConfig({
        actions: {actionsOrientation: "vertical", maxActions: 6},
        containerStyles: {default: {foregroundColors: {default: {default: ink, subtle}}}},
    });
    adaptive.parse(card);
    window.pressed = [];
    adaptive.onExecuteAction = action => window.pressed.push([action.getJsonTypeName(), action.verb, action.data]);
    document.getElementById("card").replaceChildren(adaptive.render());
    const wide = [...document.querySelectorAll("#card *")].filter(
        each => each.getBoundingClientRect().right > innerWidth + 0.5
    );
    const cut = [...document.querySelectorAll("#card label, #card span")].filter(
        each => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).textOverflow === "ellipsis"
    );
    const fields = [...document.querySelectorAll("input, textarea, select")];
    return {
        cut: cut.map(each => each.textContent),
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


def open_phone(browser: "Browser", renderer: str) -> "Page":
    """Open a page as wide as a phone, with the renderer in it."""
    page = browser.new_page(viewport={"width": PHONE, "height": 640}, device_scale_factor=2)
    page.set_content(
        '<meta charset="utf-8"><body style="font-family:Segoe UI,sans-serif;margin:8px"><div id="card"></div>'
    )
    page.add_script_tag(content=renderer)
    return page


def render(page: "Page", card: dict[str, Any], *, light: str = "day") -> dict[str, Any]:
    """Show a card with everything that a button would unfold unfolded, and say what is amiss."""
    paper, ink, subtle = _PAPER[light]
    page.evaluate("paper => { document.body.style.background = paper; }", paper)
    seen: dict[str, Any] = page.evaluate(_RENDER, [unfolded(card), ink, subtle])
    return seen


def unfolded(part: Any) -> Any:  # noqa: ANN401  JSON
    """Open everything that is folded."""
    if isinstance(part, dict):
        return {key: unfolded(value) for key, value in part.items() if key != "isVisible"}
    return [unfolded(each) for each in part] if isinstance(part, list) else part
