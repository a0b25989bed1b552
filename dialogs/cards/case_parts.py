"""What the cards of every kind of case are laid out from: parts that fold, and the list of what can be done next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from dialogs.cards.elements import apart, bold, choose, folded, run, said
from dialogs.conversation import Json

_DEPTHS: Final = 12  # a list keeps to the place that its choices give it, so that another one is rarely at the same
_BUTTONS: Final = 3  # a card holds six in all
_REST: Final = "Everything else so far"
SHORT: Final = 300  # characters of a passage where the whole card would be too large


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the case that opens and closes: label and words a line."""

    title: str
    lines: tuple[tuple[str, str], ...]


def folded_sections(sections: Sequence[Section], most: int) -> list[Json]:
    """Lay the parts out behind a row of buttons; `most` characters of a line's words.

    The first part has a button of its own; with more than a few, one button opens all the others.
    """
    own = sections if len(sections) <= _BUTTONS else sections[:1]
    behind = [(section.title, _laid(section, most)) for section in own]
    if rest := sections[len(own) :]:
        behind.append((_REST, [piece for section in rest for piece in _laid(section, most)]))
    folds = [folded(title, f"part{n}", body) for n, (title, body) in enumerate(behind)]
    actions = [action for button, _ in folds for action in button["actions"]]
    row: list[Json] = [{"type": "ActionSet", "spacing": "Medium", "actions": actions}] if actions else []
    return [*row, *(part for _, part in folds)]


def _laid(section: Section, most: int) -> list[Json]:
    lines = [said(*_lead(label), run(words, limit=most), spacing="Small") for label, words in section.lines]
    return [said(bold(section.title) | {"size": "Medium"}, spacing="Medium"), *lines]


def _lead(label: str) -> list[Json]:
    return [bold(label if label.endswith("?") else f"{label}:")] if label else []


def what_next(steps: Sequence[tuple[str, str]]) -> Json:
    """Offer (title, value) of what the reader may do next."""
    offered = choose("step", "What next?", steps, otherwise="Please choose what you want to do.")
    depth = 1 + crc32(" ".join(value for _, value in steps).encode()) % _DEPTHS
    return apart(offered | {"isRequired": False}, depth=depth)


def still_missing(lines: Sequence[str]) -> list[Json]:
    """Name what is missing, in one line: the card is to be read at a glance."""
    return [said(bold("Still missing:"), f"{'; '.join(lines)}.", spacing="Small")] if lines else []
