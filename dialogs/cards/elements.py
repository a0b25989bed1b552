"""The dozen pieces that every card is made of.

Fixed words of ours may stand in a text block; anything that may hold a name or somebody's own words goes into a text
run, where no client reads markdown (`said`, `facts`, `bullets`, button titles and the choices of a compact list).
"""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from dialogs.cards.inert import LINE, NAME, inert
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

MOST_ACTIONS: Final = 6  # Teams shows no more on one card
MOST_UTF16_BYTES: Final = 28 * 1024  # the smallest limit of any road a card may travel
_SCHEMA: Final = "http://adaptivecards.io/schemas/adaptive-card.json"
_TOO_OLD: Final = "Ask DPO has something for you here, but this app is too old to show it. Please update Teams."


def card(*body: Json, actions: Sequence[Json] = ()) -> Json:
    """Make a whole card, version 1.5: the newest that Teams takes from bots. Raises ValueError for too many buttons."""
    if len(actions) > MOST_ACTIONS:
        raise ValueError(f"A card holds {MOST_ACTIONS} buttons; this one has {len(actions)}. Use `choose` instead.")
    whole: Json = {
        "type": "AdaptiveCard",
        "$schema": _SCHEMA,
        "version": "1.5",
        "lang": "en",
        "fallbackText": _TOO_OLD,
        "body": list(body),
    }
    if actions:
        whole["actions"] = list(actions)
    return whole


def heading(words: str) -> Json:
    """Show fixed words, large, and a heading to a screen reader."""
    return {"type": "TextBlock", "text": words, "style": "heading", "size": "Large", "weight": "Bolder", "wrap": True}


def text(words: str, *, spacing: str = "Default") -> Json:
    """Show a paragraph of fixed words; never a name, for markdown is read here."""
    return {"type": "TextBlock", "text": words, "wrap": True, "spacing": spacing}


def bold(words: str, *, limit: int = LINE) -> Json:
    """Words that stand out, within `said`."""
    return run(words, limit=limit) | {"weight": "Bolder"}


def run(words: str, *, limit: int = LINE) -> Json:
    """Anybody's words, inert, within `said`."""
    return {"type": "TextRun", "text": inert(words, limit=limit)}


def said(*runs: Json | str, spacing: str = "Default") -> Json:
    """Show a paragraph of anybody's words; runs are set apart by a space."""
    inlines = [run(piece) if isinstance(piece, str) else piece for piece in runs]
    spaced = [inlines[0], *({**inline, "text": f" {inline['text']}"} for inline in inlines[1:])]
    return {"type": "RichTextBlock", "inlines": spaced, "spacing": spacing}


def small(*lines: str) -> list[Json]:
    """Lines under the answer: clauses and notes, in small type."""
    return [
        {"type": "RichTextBlock", "spacing": "Small", "inlines": [run(line) | {"size": "Small", "isSubtle": True}]}
        for line in lines
    ]


def bullets(lines: Iterable[str]) -> list[Json]:
    """One line each, with a dot before it and the text in line with itself."""
    return [
        {
            "type": "ColumnSet",
            "spacing": "Small",
            "columns": [
                {"type": "Column", "width": "auto", "items": [{"type": "TextBlock", "text": "•"}]},
                {"type": "Column", "width": "stretch", "spacing": "Small", "items": [said(line)]},
            ],
        }
        for line in lines
    ]


def names(people: Iterable[str]) -> list[Json]:
    """Names, one a line, close together."""
    return [said(run(person, limit=NAME), spacing="Small" if n == 0 else "None") for n, person in enumerate(people)]


def facts(*pairs: tuple[str, str]) -> list[Json]:
    """Label and value a line. A FactSet would read markdown in its values and squeeze them on a phone."""
    return [said(bold(f"{label}:"), value, spacing="Small") for label, value in pairs]


def execute(title: str, verb: Verb, **data: str | int) -> Json:
    """Make a button that comes back as `verb` and `data`, by Action.Execute or, on older clients, Action.Submit."""
    pressed: Json = {"verb": verb.value, **data}
    label = inert(title, limit=NAME)
    return {
        "type": "Action.Execute",
        "title": label,
        "verb": verb.value,
        "data": pressed,
        "fallback": {"type": "Action.Submit", "title": label, "data": pressed},
    }


def chart(title: str, lines: Sequence[tuple[str, Sequence[tuple[str, int]]]], *, otherwise: Json) -> Json:
    """Draw bars side by side, each line's (name, [(what, how many)]).

    Only Teams knows the element, and not each of its apps: every other client shows `otherwise` in its place.
    """
    return {
        "type": "Chart.VerticalBar.Grouped",
        "title": inert(title),
        "data": [
            {"legend": inert(name), "values": [{"x": inert(what), "y": count} for what, count in points]}
            for name, points in lines
        ],
        "fallback": otherwise,
    }


def folded(title: str, name: str, body: Sequence[Json]) -> list[Json]:
    """Fold a part that a button opens and closes on the reader's own screen; `name` is unique on the card."""
    toggle: Json = {"type": "Action.ToggleVisibility", "title": title, "targetElements": [name]}
    return [
        {"type": "ActionSet", "spacing": "Medium", "actions": [toggle]},
        {"type": "Container", "id": name, "isVisible": False, "spacing": "Small", "items": list(body)},
    ]


def choose(name: str, label: str, choices: Iterable[tuple[str, str]], *, otherwise: str) -> Json:
    """Ask for one of a list of (title, value); compact, for clients read markdown in open lists.

    `otherwise` is the sentence shown beside it where nothing was chosen.
    """
    return {
        "type": "Input.ChoiceSet",
        "id": name,
        "label": inert(label),
        "style": "compact",
        "isRequired": True,
        "errorMessage": otherwise,
        "placeholder": "Choose",
        "choices": [{"title": inert(title, limit=NAME), "value": value} for title, value in choices],
    }


def apart(*pieces: Json, depth: int) -> Json:
    """Nest pieces in that many containers, at least one: they look the same, at a place of their own.

    Where a card takes another one's place, Teams' web client goes by place and keeps a list's old choices. Two lists
    that may follow each other must therefore differ in depth.
    """
    nest: Json = {"type": "Container", "items": list(pieces)}
    for _ in range(depth - 1):
        nest = {"type": "Container", "items": [nest]}
    return nest


def fits(whole: Json) -> bool:
    """Whether every road to Teams carries it, measured as Teams does, in UTF-16."""
    written = msgspec.json.encode(whole)
    return 2 * len(written) < MOST_UTF16_BYTES or len(written.decode().encode("utf-16-le")) < MOST_UTF16_BYTES
