"""Slips of the finger in a question: "consnet" is consent, where no English word is meant."""

from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from policy.understanding.lexicon import lexicon

_FROM: Final = 4  # letters of a word that may be put right
_TWO_FROM: Final = 6  # letters of a word that is known with two slips in it


class Slips:
    """Puts words right by the words that our questions, answers and concepts are written in."""

    __slots__ = ("_by_shape", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        by_shape: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self._words):
            if len(word) >= _FROM and word.isalpha():
                by_shape.setdefault((word[0], len(word)), []).append(word)
        self._by_shape = by_shape

    def undone(self, keys: Sequence[str]) -> list[str]:
        """Return the plain words of a question with the misspelt ones put right."""
        return [key if key in self._words else self._right(key) for key in keys]

    def _right(self, key: str) -> str:
        if len(key) < _FROM or not key.isalpha() or lexicon().is_ordinary(key):
            return key
        most = 2 if len(key) >= _TWO_FROM else 1
        best: tuple[int, bool, str] | None = None
        letters = sorted(key)
        for first in dict.fromkeys((key[0], key[1])):
            for length in range(len(key) - most, len(key) + most + 1):
                words = self._by_shape.get((first, length), ())
                for word, slips, _ in process.extract(key, words, scorer=OSA.distance, score_cutoff=most, limit=None):
                    rank = (int(slips), sorted(word) != letters, word)  # letters that changed places first
                    if best is None or rank < best:
                        best = rank
        return key if best is None else best[2]
