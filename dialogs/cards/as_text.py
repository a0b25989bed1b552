"""A card as the words a person reads, in order: for `askdpo ask`, the terminal and previews."""

from dialogs.cards.reading import Button, Field, Line, Piece, read_through
from dialogs.conversation import Json


def as_text(card: Json) -> str:
    """One piece a line: words as they stand, "Label: ____" for a field, "[Label]" for a button."""
    return "\n".join(_words(piece) for piece in read_through(card))


def _words(piece: Piece) -> str:
    match piece:
        case Line(words):
            return words
        case Field(label=label, value=value, choices=choices):
            options = "".join(f"\n- {title}" for title, _ in choices)
            chosen = next((title for title, its_value in choices if its_value == value), value)
            return f"{label}: {chosen or '____'}{options}"
        case Button(title=title):
            return f"[{title}]"
