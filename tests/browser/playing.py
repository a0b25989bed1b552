"""Somebody at their Playground: what they type, press, choose and read, by mouse or by keyboard alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SCREENSHOTS = Path(__file__).parent / "screenshots"
WITHIN = 15_000  # milliseconds; a busy machine is no failure
REDRAWN = 3_000  # milliseconds until a field that cannot be filled in is looked up again
LOOK = 250  # milliseconds between two looks at a card that is being drawn
OPTIONS = "[role=option], [role=menuitemcheckbox]"

# Every field of a card: the words beside it, what stands in it, and of which kind it is.
FIELDS = """
card => [...card.querySelectorAll("input, textarea")].map((each, at) => ({
    at: at,
    id: each.id,
    label: (each.labels?.[0]?.textContent || "").trim(),
    value: each.value,
    kind: {"Select a date...": "date", "Select a time...": "time"}[each.placeholder]
        || (each.getAttribute("role") === "combobox" ? "choice" : "text"),
}))
"""
# Where the keyboard is, in words, and whether one can see it: by an outline, a shadow or a line under the field.
FOCUS = """
() => {
    const at = document.activeElement, field = at.closest(".fui-Input, .fui-Textarea, .fui-Combobox, .fui-SpinButton");
    const line = field && getComputedStyle(field, "::after");
    const style = getComputedStyle(at);
    return {
        words: (at.labels?.[0]?.textContent || at.textContent || "").trim(),
        seen: style.outlineStyle !== "none" || style.boxShadow !== "none"
            || (line && line.borderBottomWidth !== "0px" && !line.transform.startsWith("matrix(0,")),
    };
}
"""


@dataclass(frozen=True)
class Client:
    """One persona's Playground."""

    page: "Page"
    title: str

    @property
    def cards(self) -> "Locator":
        return self.page.locator(".ac-adaptiveCard")

    @property
    def newest(self) -> "Locator":
        return self.cards.last

    def ask(self, text: str) -> str:
        """Type a message, press Enter, and read the card that comes."""
        before = self.cards.count()
        self.page.get_by_role("textbox").last.click()
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        return self.next_card(after=before)

    def next_card(self, *, after: int) -> str:
        self.cards.nth(after).wait_for(timeout=WITHIN)
        return self.newest.inner_text()

    def press(self, label: str) -> None:
        self.newest.get_by_role("button", name=label, exact=True).click()

    def reads(self, words: str) -> None:
        """Wait until the newest card says this."""
        from playwright.sync_api import TimeoutError as TooLate  # noqa: PLC0415  only where there is a browser

        try:
            self.newest.get_by_text(re.compile(words, re.IGNORECASE)).first.wait_for(timeout=WITHIN)
        except TooLate:
            self.keep("failed")
            pytest.fail(f"waited for {words!r}, and the newest card reads:\n{self.newest.inner_text()}")

    def keep(self, name: str) -> None:
        """Leave a screenshot of what this persona sees."""
        self.page.bring_to_front()
        self.page.screenshot(path=SCREENSHOTS / f"{name}-{self.title.lower().replace(' ', '-')}.png")

    @property
    def case(self) -> "Locator":
        """The one card of the case that somebody has: it is kept up to date where it came, whatever came below."""
        return self.cards.filter(has_text="In their words:").first

    def begin(self, title: str) -> None:
        """Choose a step on the case's card; the card may still be on its way."""
        for _ in range(10):
            self.case.get_by_role("combobox").click()
            if self.option(title).count():
                self.choose(title)
                break
            self.page.keyboard.press("Escape")
            self.page.wait_for_timeout(500)
        self.case.get_by_role("button", name="Open", exact=True).click()

    def fields(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.newest.evaluate(FIELDS)
        return found

    def _field(self, label: str) -> dict[str, Any]:
        for _ in range(WITHIN // LOOK):
            if found := [each for each in self.fields() if each["label"].startswith(label)]:
                return found[0]
            self.page.wait_for_timeout(LOOK)
        pytest.fail(f"there is no field {label!r}, and the newest card reads:\n{self.newest.inner_text()}")

    def fill(self, label: str, *values: str) -> None:
        """Fill in the newest card's field of that label: words, a choice or several, today, or a time."""
        self._fill(self._field(label), *values)

    def option(self, title: str) -> "Locator":
        """Point at what an open list offers."""
        return self.page.locator(OPTIONS).filter(has_text=re.compile(f"^{re.escape(title)}")).first

    def offered(self, label: str) -> list[str]:
        """Open a list and say what it offers."""
        self.page.locator(f"[id='{self._field(label)['id']}']").click()
        self.page.locator(OPTIONS).first.wait_for()
        return self.page.locator(OPTIONS).all_inner_texts()

    def choose(self, title: str) -> None:
        """Choose from the list that is open."""
        self.option(title).click()

    def tab_to(self, words: str, *, back: bool = False) -> None:
        """Press Tab until the keyboard is there, and make sure that one can see where it is."""
        passed = []
        for _ in range(25):
            at = self.page.evaluate(FOCUS)
            if at["words"].startswith(words):
                for _ in range(20):  # the client draws its line in a moment
                    if self.page.evaluate(FOCUS)["seen"]:
                        return
                    self.page.wait_for_timeout(50)
                pytest.fail(f"nothing shows that the keyboard is on {words}")
            passed.append(at["words"][:30])
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        pytest.fail(f"{words} is out of the keyboard's reach; it passed {passed}")

    def walk(self, until: str, **known: str) -> None:
        """Fill in whatever must be, page by page, with what is known by label or else anything, until that button."""
        for _ in range(15):
            self._fill_in(known)
            buttons = self.newest.get_by_role("button").all_inner_texts()
            before = self.newest.inner_text()
            self.press(until if until in buttons else "Continue")
            self.page.wait_for_function(
                "before => [...document.querySelectorAll('.ac-adaptiveCard')].at(-1).innerText !== before",
                arg=before,
                timeout=WITHIN,
            )
            if until in buttons:
                return
        pytest.fail(f"{until} never came, and the newest card reads:\n{self.newest.inner_text()}")

    def _fill_in(self, known: dict[str, str]) -> None:
        """Fill in a page, and again whatever is empty when the client has drawn the card anew meanwhile."""
        drawn: list[str] = []
        while drawn != (drawn := [field["id"] for field in self.fields()]):
            for field in self.fields():
                value = next((said for label, said in known.items() if label in field["label"]), "")
                if not field["value"] and (value or field["label"].endswith("*")):
                    self._fill(field, value)

    def _fill(self, field: dict[str, Any], *values: str) -> None:
        """Fill in a field; the client draws cards anew when one is brought up to date, and then it has another id."""
        from playwright.sync_api import TimeoutError as TooLate  # noqa: PLC0415  only where there is a browser

        for _ in range(WITHIN // REDRAWN):
            now = self.fields()
            try:
                if field["at"] < len(now):
                    return self._put(now[field["at"]], *values)
            except TooLate:
                continue
            self.page.wait_for_timeout(LOOK)
        pytest.fail(f"could not fill in {field['label']!r}, and the newest card reads:\n{self.newest.inner_text()}")

    def _put(self, field: dict[str, Any], *values: str) -> None:
        place = self.page.locator(f"[id='{field['id']}']")
        match field["kind"]:
            case "date":  # today, where the calendar opens
                place.press("Enter", timeout=REDRAWN)
                self.page.locator("[role=gridcell]:focus, [role=gridcell] :focus").wait_for(timeout=REDRAWN)
                self.page.keyboard.press("Enter")
            case "time":
                place.click(timeout=REDRAWN)
                self.page.keyboard.press("Control+a")
                self.page.keyboard.type(values[0] or "00:00")
                self.page.keyboard.press("Enter")
            case "choice":
                place.click(timeout=REDRAWN)
                for value in values:
                    self.option(value).click(timeout=REDRAWN)
                if len(values) > 1:
                    self.page.keyboard.press("Escape")
            case _:
                place.fill(values[0] or "Noted.", timeout=REDRAWN)


OpenAs = Callable[[str], Client]
