"""The number at the head of a paragraph: 5, 5.10, 13.3.6, (a), iv). What it may follow decides whether it is one."""

import re
from dataclasses import dataclass, field
from typing import Final

_DECIMAL: Final = re.compile(r"([1-9]\d{0,2}(?:\.[1-9]\d{0,2})+)[.):]?(?=\s|$)\s*")
_WHOLE: Final = re.compile(r"([1-9]\d?)([.):]?)\s+(?=\S)")
_ITEM: Final = re.compile(r"(?:\(([a-zA-Z]{1,4}|\d{1,2})\)|([a-zA-Z]|[ivxIVX]{1,4})[.)])(?=\s|$)\s*")
_ROMAN: Final = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_GAP: Final = 3  # how many numbers a document may leave out before the next one is doubted
_TITLE_WORDS: Final = 14
_TITLE_LENGTH: Final = 110

Digits = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A single number: a section, or an item of a list."""

    number: int
    dotted: bool
    rest: str


@dataclass(frozen=True, slots=True)
class Decimal:
    """A number of two parts or more."""

    digits: Digits
    rest: str


@dataclass(frozen=True, slots=True)
class Item:
    """A letter or a Roman number, or a number in brackets."""

    mark: str
    rest: str


Label = Whole | Decimal | Item


def label_of(text: str) -> Label | None:
    """Read the number at the head of a paragraph; None where there is none."""
    if found := _DECIMAL.match(text):
        return Decimal(tuple(map(int, found[1].split("."))), text[found.end() :])
    if found := _WHOLE.match(text):
        return Whole(int(found[1]), bool(found[2]), text[found.end() :])
    if found := _ITEM.match(text):
        return Item(found[1] or found[2], text[found.end() :])
    return None


def is_title(text: str) -> bool:
    """Whether it looks like a heading: short, with a capital, and no sentence."""
    words = text.split()
    return (
        0 < len(words) <= _TITLE_WORDS
        and len(text) <= _TITLE_LENGTH
        and not text.rstrip().endswith((".", ";", ","))
        and text.count("\t") <= 1
        and text.lstrip("\"'\u201c\u2018(")[:1].isupper()
    )


def follows(before: Digits, after: Digits) -> bool:
    """Whether this number may come next: the next one, one level down, or up again; a few may be left out."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    if same == len(after):
        return False  # the same, or one above that was passed
    step = after[same] - (before[same] if same < len(before) else 0)
    return 1 <= step <= _GAP and all(digit == 1 for digit in after[same + 1 :])


def left_out(before: Digits, after: Digits) -> tuple[Digits, ...]:
    """Return the numbers between two neighbours of one level."""
    if len(before) < len(after) or before[: len(after) - 1] != after[:-1]:
        return tuple((*after[:-1], n) for n in range(1, after[-1])) if before == after[:-1] else ()
    return tuple((*after[:-1], n) for n in range(before[len(after) - 1] + 1, after[-1]))


@dataclass(slots=True)
class Items:
    """Where a list of lettered items stands, level within level: (b), then (b)(ii)."""

    levels: list[tuple[str, int]] = field(default_factory=list)  # the kind ("a", "A", "i", "I", "1") and how far
    marks: list[str] = field(default_factory=list)

    def take(self, mark: str) -> str | None:
        """Return the whole suffix, "(b)(ii)", where the mark comes next at some level or begins one; else None."""
        readings = _readings(mark)
        for depth in range(len(self.levels) - 1, -1, -1):
            kind, reached = self.levels[depth]
            for reading, index in readings:
                if reading == kind and 1 <= index - reached < _GAP:
                    return self._put(depth, reading, index, mark)
        for reading, index in reversed(readings):  # (i) begins a Roman list before it is the ninth letter
            if index == 1 and all(kind != reading for kind, _ in self.levels):
                return self._put(len(self.levels), reading, index, mark)
        return None

    def clear(self) -> None:
        """Begin anew, under another number."""
        self.levels.clear()
        self.marks.clear()

    def _put(self, depth: int, kind: str, index: int, mark: str) -> str:
        self.levels[depth:] = [(kind, index)]
        self.marks[depth:] = [mark]
        return "".join(f"({each})" for each in self.marks)


def _readings(mark: str) -> tuple[tuple[str, int], ...]:
    if mark.isdigit():
        return (("1", int(mark)),)
    low = mark.lower()
    found = []
    if len(mark) == 1:
        found.append(("a" if mark.islower() else "A", ord(low) - ord("a") + 1))
    if low in _ROMAN:
        found.append(("i" if mark.islower() else "I", _ROMAN.index(low)))
    return tuple(found)
