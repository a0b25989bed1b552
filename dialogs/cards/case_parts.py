"""What the cards of every kind of case are laid out from: parts that fold, and the list of what can be done next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from dialogs.cards.elements import apart, bold, choose, folded, run, said
from dialogs.conversation import Json

_DEPTHS: Final = 12  # a list keeps to the place that its choices give it, so that another one is rarely at the same
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
    offered = choose("step", "What next?", steps, otherwise="Please choose what you want to do.")
    depth = 1 + crc32(" ".join(value for _, value in steps).encode()) % _DEPTHS
    return apart(offered | {"isRequired": False}, depth=depth)


def still_missing(lines: Sequence[str]) -> list[Json]:
    """Name what is missing, in one line: the card is to be read at a glance."""
    return [said(bold("Still missing:"), f"{'; '.join(lines)}.", spacing="Small")] if lines else []
