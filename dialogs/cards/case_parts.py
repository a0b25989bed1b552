"""What the cards of every kind of case are laid out from: parts that fold, and the list of what can be done next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dialogs.cards.elements import bold, choose, folded, run, said
from dialogs.conversation import Json

SHORT: Final = 300  # characters of a passage where the whole card would be too large


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the case that opens and closes: label and words a line."""

    title: str
    lines: tuple[tuple[str, str], ...]


def folded_sections(sections: Sequence[Section], most: int) -> list[Json]:
    """Lay the parts out, each behind a button; `most` characters of a line's words."""
    laid: list[Json] = []
    for n, section in enumerate(sections):
        lines = [
            said(*([bold(f"{label}:")] if label else []), run(words, limit=most), spacing="Small")
            for label, words in section.lines
        ]
        laid += folded(section.title, f"part{n}", lines)
    return laid


def what_next(steps: Sequence[tuple[str, str]]) -> Json:
    """Offer (title, value) of what the reader may do next."""
    return choose("step", "What next?", steps, otherwise="Please choose what you want to do.") | {"isRequired": False}
