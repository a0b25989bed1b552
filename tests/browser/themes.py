"""The three looks of Teams, as host configs and a little CSS: by day, in the dark, and in high contrast.

A client's own configuration is not published whole; the colours are those of the design language that Teams is drawn
in, as its documentation names them. What is checked with them is what a card decides: which of its words are subtle,
which stand on an emphasised ground, which are links.
"""

from dataclasses import dataclass
from typing import Any, Final

_SIZES: Final = {"small": 12, "default": 14, "medium": 14, "large": 18, "extraLarge": 24}
_WEIGHTS: Final = {"lighter": 400, "default": 400, "bolder": 600}


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one look."""

    paper: str
    raised: str  # the ground of an emphasised container
    ink: str
    subtle: str
    accent: str
    good: str
    warning: str
    attention: str
    button: tuple[str, str, str]  # ground, words, edge
    primary: tuple[str, str, str]

    def host_config(self, *, zoom: float = 1.0) -> dict[str, Any]:
        """Configure Microsoft's renderer; `zoom` makes the words so much larger."""
        colours = {
            name: {"default": value, "subtle": self.subtle if name == "default" else value}
            for name, value in {
                "default": self.ink,
                "dark": self.ink,
                "light": self.subtle,
                "accent": self.accent,
                "good": self.good,
                "warning": self.warning,
                "attention": self.attention,
            }.items()
        }
        grounds = {
            "default": self.paper,
            **dict.fromkeys(("emphasis", "accent", "good", "warning", "attention"), self.raised),
        }
        return {
            "fontFamily": "Segoe UI, sans-serif",
            "fontSizes": {name: round(size * zoom) for name, size in _SIZES.items()},
            "lineHeights": {name: round(size * zoom * 4 / 3) for name, size in _SIZES.items()},
            "fontWeights": _WEIGHTS,
            "actions": {
                "actionsOrientation": "vertical",
                "maxActions": 6,
                "actionAlignment": "stretch",
                "allowTitleToWrap": True,
            },
            "containerStyles": {
                name: {"backgroundColor": ground, "foregroundColors": colours} for name, ground in grounds.items()
            },
            "textBlock": {"headingLevel": 2},
            "inputs": {"label": {"requiredInputs": {"suffix": " *", "suffixColor": "attention"}}},
        }

    def css(self, *, zoom: float = 1.0) -> str:
        """Draw buttons and fields, which the renderer leaves to its host."""
        ground, words, edge = self.button
        first_ground, first_words, first_edge = self.primary
        field = f"background: {self.paper}; color: {self.ink}; border: 1px solid {self.ink};"
        return f"""
            body {{ background: {self.paper}; color: {self.ink}; font: {14 * zoom}px "Segoe UI", sans-serif;
                overflow-wrap: break-word; }}
            a {{ color: {self.accent}; }}
            .ac-pushButton {{ background: {ground}; color: {words}; border: 1px solid {edge}; font: inherit;
                padding: 6px; white-space: normal; overflow-wrap: anywhere; }}
            .ac-pushButton.style-positive, .ac-pushButton.primary {{
                background: {first_ground}; color: {first_words}; border-color: {first_edge}; }}
            .ac-input, .ac-input input, .ac-input textarea, .ac-input select {{
                {field} font: inherit; max-width: 100%; }}
            .ac-input input[type=checkbox], .ac-input input[type=radio] {{ width: 24px; height: 24px; }}
            input::placeholder, textarea::placeholder {{ color: {self.subtle}; opacity: 1; }}
        """


THEMES: Final = {
    "light": Theme(
        paper="#ffffff",
        raised="#f5f5f5",
        ink="#242424",
        subtle="#616161",
        accent="#5b5fc7",
        good="#237b4b",
        warning="#835c00",
        attention="#c4314b",
        button=("#ffffff", "#242424", "#d1d1d1"),
        primary=("#5b5fc7", "#ffffff", "#5b5fc7"),
    ),
    "dark": Theme(
        paper="#292929",
        raised="#333333",
        ink="#ffffff",
        subtle="#adadad",
        accent="#9ea2ff",
        good="#92c353",
        warning="#f8d22a",
        attention="#f9a0ad",
        button=("#292929", "#ffffff", "#666666"),
        primary=("#5b5fc7", "#ffffff", "#5b5fc7"),
    ),
    "high contrast": Theme(
        paper="#000000",
        raised="#000000",
        ink="#ffffff",
        subtle="#ffffff",
        accent="#ffff01",
        good="#3ff23f",
        warning="#ffff01",
        attention="#ff8a8a",
        button=("#000000", "#ffffff", "#ffffff"),
        primary=("#1aebff", "#000000", "#1aebff"),
    ),
}
