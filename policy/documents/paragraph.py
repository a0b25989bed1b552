"""What a reader of files hands over: paragraphs, in order, with where they stood; no file format is known here."""

import re
from dataclasses import dataclass, replace
from typing import Final

_LINK: Final = re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)")
_TAG: Final = re.compile(r"</?(?:b|i|u|em|strong|br|sub|sup)\s*/?>", re.IGNORECASE)
_EMPHASIS: Final = re.compile(r"(\*{1,3})(?=\S)(.+?)(?<=\S)\1")
_SPACES: Final = re.compile(r"[ \u00a0\u2007\u202f]+")
_BULLET: Final = re.compile(r"^(?:(?:[-*+•▪◦●\u2023\u2043\uf0b7·\u2013]|o(?=\s))\s+)+")
_HEADING: Final = re.compile(r"^(#{1,6})\s+")
_ENDS: Final = (".", ";", ":", "!", "?", "…")
_POINTS_ON: Final = re.compile(
    r"\b(?:sections?|clauses?|paragraphs?|para|parts?|points?|appendix|see|under)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph or one row of a table (its cells set apart by tabs)."""

    text: str
    place: str  # "line 12", "page 3", "paragraph 7"
    level: int = 0  # of a heading, 1 the highest; 0 for what is none, or not known to be one
    label: str = ""  # a number that the file keeps apart from the words, as Word does
    bullet: bool = False
    in_contents: bool = False  # the file says that it belongs to a table of contents

    @property
    def numbered(self) -> str:
        """The words with their number before them."""
        return f"{self.label} {self.text}".strip()


def from_line(line: str, place: str) -> Paragraph:
    """Read one line of plain text or Markdown: its marks become what they mean."""
    text = line.strip()
    found = _HEADING.match(text)
    level = len(found[1]) if found else 0
    text = text[found.end() :] if found else text
    bare = _BULLET.sub("", text)
    return Paragraph(plain(bare), place, level, bullet=bare != text)


def plain(text: str) -> str:
    """Take emphasis, links and single spaces for what they are; tabs stay, they part the cells of a table."""
    text = _TAG.sub("", _LINK.sub(r"\1", text))
    for _ in range(2):  # emphasis within emphasis
        text = _EMPHASIS.sub(r"\2", text)
    return _SPACES.sub(" ", text).strip()


def goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph was only cut in two, by the end of a page or of a line."""
    if before.level or after.level or after.bullet or after.label or not after.text or "\t" in before.text + after.text:
        return False
    if before.text.endswith(_ENDS):
        return False
    return after.text[0].islower() or bool(_POINTS_ON.search(before.text) and after.text[0].isdigit())


def joined(before: Paragraph, after: Paragraph) -> Paragraph:
    """Put the two halves together."""
    return replace(before, text=f"{before.text} {after.text}")
