"""Whether a text is what somebody searches for: every word of the search is in it, begun or slightly misspelt."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

_WORD: Final = re.compile(r"\w+")
_IDLE: Final = frozenset("a an and at by case cases for in is number of on or question the to with".split())  # noqa: SIM905  a list to read
_SLIP: Final = 5  # letters from which on a slip of the finger is forgiven
_ALIKE: Final = 84.0  # of 100: one letter of six or seven


@dataclass(frozen=True, slots=True)
class Search:
    """The words of a search that count; none of them: everything is found, which nobody meant."""

    words: tuple[str, ...]

    def finds(self, text: Iterable[str], *, number: int | None = None) -> bool:
        """Whether each word is one of the number or the texts. A number is found whole or not at all."""
        there = {word for each in text for word in _WORD.findall(each.casefold())}
        if number is not None:
            there.add(str(number))
        return bool(self.words) and all(_is_there(word, there) for word in self.words)


def search_for(said: str) -> Search:
    """Read the words of a search."""
    words = _WORD.findall(said.casefold())
    return Search(tuple(word for word in words if word not in _IDLE) or tuple(words))


def _is_there(word: str, there: set[str]) -> bool:
    if word in there:
        return True
    if word.isdecimal():
        return False
    if any(each.startswith(word) for each in there):
        return True
    return len(word) >= _SLIP and any(
        fuzz.ratio(word, each) >= _ALIKE for each in there if abs(len(each) - len(word)) <= 1
    )
