"""The table of contents: set apart from the text, since it repeats every heading; what it promises is checked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from policy.documents.numbering import label_of
from policy.documents.paragraph import Paragraph

_LEADERS: Final = re.compile(r"(?:\.{3,}|…|\t)\s*(?:\d{1,3}|Error!.*)?\s*$")
_PAGE: Final = re.compile(r"\s\d{1,3}$")
_TITLES: Final = frozenset({"contents", "tableofcontents", "contentspage", "index"})
_LOOKED_THROUGH: Final = 120  # paragraphs in which a table of contents begins, and the most that one holds
_LONGEST: Final = 150  # characters: longer is text
_FIRST: Final = 3  # the text begins with one of the first entries
_ALIKE: Final = 80.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table."""

    text: str
    place: str
    key: str


def without_contents(paragraphs: Sequence[Paragraph]) -> tuple[tuple[Paragraph, ...], tuple[Entry, ...]]:
    """Return the text, and the entries of its table of contents."""
    marked = [one for one in paragraphs if one.in_contents or _is_leader(one)]
    kept = [one for one in paragraphs if not (one.in_contents or _is_leader(one))]
    begin = next((n for n, one in enumerate(kept[:_LOOKED_THROUGH]) if key_of(one) in _TITLES), None)
    if begin is None:
        return tuple(kept), tuple(map(_entry, marked))
    end = _end(kept, begin + 1, [key_of(one) for one in marked])
    entries = [_entry(one) for one in (*marked, *kept[begin + 1 : end]) if key_of(one)]
    return (*kept[:begin], *kept[end:]), tuple(entries)


def missing(entries: Sequence[Entry], paragraphs: Sequence[Paragraph]) -> tuple[Entry, ...]:
    """Return the entries that no short paragraph of the text is like."""
    titles = [key for one in paragraphs if len(one.text) < _LONGEST and (key := key_of(one))]
    said = [entry for entry in entries if entry.key not in _TITLES and entry.key != "appendices"]
    return tuple(each for each in said if not any(_alike(each.key, title) for title in titles))


def key_of(paragraph: Paragraph) -> str:
    """Bring a heading and its entry to one form: no number, no page, letters only."""
    text = _PAGE.sub("", _LEADERS.sub("", paragraph.text))
    label = label_of(text)
    return "".join(c for c in (label.rest if label else text).casefold() if c.isalpha())


def _alike(entry: str, title: str) -> bool:
    return entry in title or (len(title) > 4 and title in entry) or fuzz.ratio(entry, title) >= _ALIKE  # noqa: PLR2004  "form" is in many an entry


def _is_leader(paragraph: Paragraph) -> bool:
    return bool(re.search(r"\.{5,}\s*(?:\d{1,3}|Error!.*)$", paragraph.text)) and len(paragraph.text) < 2 * _LONGEST


def _end(kept: Sequence[Paragraph], begin: int, before: Sequence[str]) -> int:
    """Find where the text begins: with one of the first entries again, or with the first long paragraph."""
    first = [key for key in before if key not in _TITLES][:_FIRST]
    for n, one in enumerate(kept[begin : begin + _LOOKED_THROUGH], begin):
        key = key_of(one)
        if key in first:
            return n
        if len(one.text) > _LONGEST:
            return max(begin, n - 1)  # the heading over it
        if key and len(first) < _FIRST and key not in _TITLES:
            first.append(key)
    return begin


def _entry(paragraph: Paragraph) -> Entry:
    return Entry(_PAGE.sub("", _LEADERS.sub("", paragraph.text)).strip(), paragraph.place, key_of(paragraph))
