"""A message as words: each with its plain form, its place, and how it was written."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from policy.spelling import APOSTROPHES, plain

MOST_CHARACTERS: Final = 12_000  # more than this is not read at all
MOST_WORDS: Final = 1_600


@lru_cache(maxsize=512)
def word_set(text: str) -> frozenset[str]:
    """Give the words of a block of text."""
    return frozenset(text.split())


_WORD: Final = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*[{APOSTROPHES}]?")
_POSSESSIVE: Final = re.compile(rf"^(.+)[{APOSTROPHES}][sS]?$")
_CONTRACTED: Final = re.compile(rf"^([^\W\d_]+)[{APOSTROPHES}](?:s|d|ll|re|ve|m)$", re.IGNORECASE)
_ENDS: Final = re.compile(r"[.!?:;\n\r|\u2022>]|\s[-\u2013\u2014]\s")
_HIDDEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_PRONOUNS: Final = word_set(
    """
    i you he she it we they that this there here what who where when how why let everyone everybody someone
    """
)
_SHORT: Final = frozenset(
    {"mr", "mrs", "ms", "dr", "st", "prof", "rev", "yr", "no", "eg", "ie", "vs", "approx", "dept"}
)


@dataclass(slots=True)  # not frozen: thousands are made, and none leaves this package
class Word:
    """One word. `key` is its plain form without a possessive ending."""

    text: str
    key: str
    start: int
    end: int
    gap: str  # what stands between the word before and this one, spaces trimmed
    opens: bool  # first of a sentence: its capital says nothing
    capital: bool
    possessive: bool

    @property
    def hyphened(self) -> bool:
        """Whether it is joined to the word before."""
        return self.gap == "-"


@dataclass(frozen=True, slots=True)
class Message:
    """All the words, and whether capitals mean anything in them."""

    text: str
    words: tuple[Word, ...]
    keys: tuple[str, ...]  # the plain words
    shouted: bool  # all capitals, or Every Word Capital
    too_long: bool = False

    def said(self, start: int, end: int) -> str:
        """Give the words from one place to another as they were typed."""
        first, last = self.words[start], self.words[end - 1]
        return self.text[first.start : last.end].rstrip(APOSTROPHES)


def message(text: str) -> Message:
    """Take a message apart; hidden and control characters are dropped, never a letter."""
    if len(text) > MOST_CHARACTERS:
        return Message("", (), (), shouted=False, too_long=True)
    if not text.isascii():
        text = _HIDDEN.sub("", unicodedata.normalize("NFKC", text))
    words: list[Word] = []
    before = 0
    for found in _WORD.finditer(text):
        gap = text[before : found.start()]
        words.append(_word(found, gap, words[-1] if words else None))
        before = found.end()
        if len(words) > MOST_WORDS:
            return Message("", (), (), shouted=False, too_long=True)
    return Message(text, tuple(words), tuple(word.key for word in words), shouted=_shouted(words))


def _word(found: re.Match[str], gap: str, last: Word | None) -> Word:
    raw = found[0]
    possessive = False
    whole = raw
    if not raw.isalnum():
        contracted = _CONTRACTED.match(raw)
        if contracted and plain(contracted[1]) in _PRONOUNS:
            whole = contracted[1]
        elif owner := _POSSESSIVE.match(raw):
            whole, possessive = owner[1], True
    key = plain(whole)
    opens = last is None or (
        bool(gap.strip())
        and _ENDS.search(gap) is not None
        and not (gap.startswith(".") and (last.key in _SHORT or len(last.key) == 1))
    )
    return Word(
        text=raw,
        key=key,
        start=found.start(),
        end=found.end(),
        gap="-" if gap in {"-", "\u2010", "\u2011"} else " - " if gap.strip() == "-" else gap.strip(),
        opens=opens,
        capital=raw[0].isupper(),
        possessive=possessive,
    )


def _shouted(words: list[Word]) -> bool:
    told = [word for word in words if not word.opens and word.key.isalpha() and len(word.key) > 1]
    capitals = sum(word.capital for word in told)
    return len(told) >= 4 and capitals >= 0.75 * len(told)  # noqa: PLR2004  few words say nothing about a habit
