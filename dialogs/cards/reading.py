"""A card read from top to bottom, as a person does: lines, fields to fill in and buttons, in that order of the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dialogs.conversation import Json


@dataclass(frozen=True, slots=True)
class Line:
    """Something to read."""

    words: str


@dataclass(frozen=True, slots=True)
class Field:
    """Something to fill in; `kind` is the input's type: "Text", "ChoiceSet", "Date", "Number", "Time" or "Toggle"."""

    name: str
    label: str
    kind: str
    value: str = ""
    required: bool = False
    complaint: str = ""  # what to say where nothing, or nothing sensible, was filled in
    choices: tuple[tuple[str, str], ...] = ()  # (title, value)
    several: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press; the fields go with it where `with_fields`."""

    title: str
    verb: str
    data: Json
    with_fields: bool = True


Piece = Line | Field | Button


def read_through(card: Json) -> Iterator[Piece]:
    """Go through a card in order. A folded part comes open, under the title of the button that opens it.

    Raises ValueError at an element that it cannot read: nobody may be shown less than the card holds.
    """
    folds = dict(_folds([*card.get("body", ()), {"type": "ActionSet", "actions": card.get("actions", ())}]))
    yield from _elements(card.get("body", ()), folds)
    yield from _buttons(card.get("actions", ()))


def _elements(elements: Sequence[Json], folds: dict[str, str]) -> Iterator[Piece]:
    for element in elements:
        pieces = list(_element(element, folds))
        if element.get("isVisible") is False and element.get("id") in folds:
            title = folds[element["id"]]
            yield Line(f"{title}:")
            pieces = pieces[1:] if pieces[:1] == [Line(title)] else pieces
        yield from pieces


def _element(element: Json, folds: dict[str, str]) -> Iterator[Piece]:
    match element["type"]:
        case "TextBlock":
            yield Line(element["text"])
        case "RichTextBlock":
            yield Line("".join(inline if isinstance(inline, str) else inline["text"] for inline in element["inlines"]))
        case "Container":
            yield from _elements(element.get("items", ()), folds)
        case "ColumnSet":
            yield from _side_by_side([tuple(_elements(column["items"], folds)) for column in element["columns"]])
        case "FactSet":
            yield from (Line(f"{fact['title']}: {fact['value']}") for fact in element["facts"])
        case "Image":
            yield Line(f"(picture: {element.get('altText', '')})")
        case "ActionSet":
            yield from _buttons(element["actions"])
        case str(kind) if kind.startswith("Chart."):
            yield from _element(element["fallback"], folds)  # the same figures in words
        case str(kind) if kind.startswith("Input."):
            yield _field(element)
        case other:
            raise ValueError(f"No way to read a {other} aloud. Teach `read_through` first.")


def _side_by_side(columns: Sequence[tuple[Piece, ...]]) -> Iterator[Piece]:
    if all(isinstance(piece, Line) for column in columns for piece in column):
        yield Line(" ".join(piece.words for column in columns for piece in column if isinstance(piece, Line)))
    else:
        yield from (piece for column in columns for piece in column)


def _field(element: Json) -> Field:
    return Field(
        name=element["id"],
        label=element.get("label") or element.get("title") or element["id"],
        kind=element["type"].removeprefix("Input."),
        value=str(element.get("value", "")),
        required=element.get("isRequired", False),
        complaint=element.get("errorMessage", ""),
        choices=tuple((choice["title"], choice["value"]) for choice in element.get("choices", ())),
        several=element.get("isMultiSelect", False),
    )


def _buttons(actions: Sequence[Json]) -> Iterator[Piece]:
    for action in actions:
        match action["type"]:
            case "Action.Execute" | "Action.Submit":
                data = action.get("data", {})
                verb = action.get("verb") or data.get("verb", "")
                yield Button(action["title"], verb, data, action.get("associatedInputs") != "none")
            case "Action.ToggleVisibility":
                pass  # what it opens is read where it stands
            case "Action.OpenUrl":
                yield Line(f"{action['title']}: {action['url']}")
            case other:
                raise ValueError(f"No way to read a {other} aloud. Teach `read_through` first.")


def _folds(elements: Sequence[Json]) -> Iterator[tuple[str, str]]:
    """Pair each part that a button opens with that button's title."""
    for element in elements:
        for action in element.get("actions", ()):
            if action["type"] == "Action.ToggleVisibility":
                for target in action["targetElements"]:
                    yield (target if isinstance(target, str) else target["elementId"]), action["title"]
        for inside in ("items", "columns"):
            if inside in element:
                yield from _folds(element[inside])
