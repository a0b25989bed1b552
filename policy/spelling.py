"""How names are compared: what never matters, what sounds alike, and the nearest of many spellings."""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import islice
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

# Letters that Unicode does not take apart into a base letter and a mark.
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h", "ŋ": "ng"}
)
APOSTROPHES: Final = "'’‘ʼʹ`´′＇\u02bb\u02bd"  # noqa: RUF001  people type all of these in O'Hanlon
_PREFIX: Final = 3  # letters that make a short form worth suggesting: "Mat" for Matilda
_TYPOS_IN: Final = 5  # from this length on, two slips are still recognisable
_MOST_SLIPS: Final = 2
_SHORT_FORM: Final = 0.86
_NICKNAME: Final = 0.88
_SOUNDS_ALIKE: Final = 0.8
_NEAR_ENOUGH: Final = 0.62


def plain(text: str) -> str:
    """Return letters and digits alone; case, diacritics, apostrophes, hyphens, spaces never matter (contract 3)."""
    text = text.casefold()
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(c for c in apart if not unicodedata.combining(c))
    return text if text.isalnum() else "".join(c for c in text if c.isalnum())


def parts(text: str) -> list[str]:
    """Return the words of a name, plain: "Anne-Marie O'Hanlon" is anne, marie, ohanlon."""
    for apostrophe in APOSTROPHES:
        text = text.replace(apostrophe, "")
    return [word for word in map(plain, text.replace("-", " ").replace(",", " ").split()) if word]


_SOUNDS: Final = (
    *(("ph", "f"), ("gh", ""), ("ck", "k"), ("sch", "s"), ("sh", "s"), ("ch", "k"), ("th", "t"), ("wr", "r")),
    *(("kn", "n"), ("x", "ks"), ("q", "k"), ("z", "s"), ("v", "f"), ("g", "j"), ("d", "t")),
)


@lru_cache(maxsize=4096)
def skeleton(word: str) -> str:
    """Return what is heard of a plain word: its consonants, those that sound alike made one."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    word = word.replace("ce", "s").replace("ci", "s").replace("cy", "s").replace("c", "k")
    kept: list[str] = []
    for i, letter in enumerate(word):
        if letter in "aeiouyhw" and i:
            continue
        if not kept or kept[-1] != letter:
            kept.append("a" if letter in "aeiouyhw" else letter)
    return "".join(kept)


@lru_cache(maxsize=1)
def _families() -> dict[str, frozenset[str]]:
    told: dict[str, set[str]] = {}
    for line in files("policy").joinpath("nicknames.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            family = line.split()
            for name in family:
                told.setdefault(name, set()).update(family)
    return {name: frozenset(family) for name, family in told.items()}


def nicknames(word: str) -> frozenset[str]:
    """Return the plain names that stand for one another with this one; empty for most."""
    return _families().get(word, frozenset())


class Spellings:
    """An index of plain words that finds those that a wrong spelling may stand for, without looking at all of them."""

    __slots__ = ("_by_sound", "_longest", "_shorter", "_sorted", "_words")

    def __init__(self, words: Iterable[str]) -> None:
        self._sorted = sorted(set(words))
        self._words = frozenset(self._sorted)
        self._longest = max(map(len, self._sorted), default=0)
        self._shorter: dict[str, list[str]] = {}  # a word with one letter left out -> the words
        self._by_sound: dict[str, list[str]] = {}
        for word in self._sorted:
            self._by_sound.setdefault(skeleton.__wrapped__(word), []).append(word)
            for shorter in _one_out(word):
                self._shorter.setdefault(shorter, []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def within(self, word: str, slips: int) -> bool:
        """Whether some word is no more than so many slips of the finger away."""
        return process.extractOne(word, self._sorted, scorer=OSA.distance, score_cutoff=slips) is not None

    def near(self, word: str, limit: int = 24) -> list[tuple[str, float]]:
        """Return the likeliest words with their likeness, 0 to 1, best first."""
        found: dict[str, float] = {}
        for nickname in nicknames(word):
            if nickname in self._words:
                found[nickname] = _NICKNAME
        self._add_slips(word, found)
        for sounding in self._by_sound.get(skeleton(word), ()):
            if sounding not in found:
                found[sounding] = max(_SOUNDS_ALIKE, _likeness(word, sounding))
        self._add_short_forms(word, found)
        if word in self._words:
            found[word] = 1.0
        best = sorted(((score, known) for known, score in found.items() if score >= _NEAR_ENOUGH), reverse=True)
        return [(known, score) for score, known in best[:limit]]

    def _add_short_forms(self, word: str, found: dict[str, float]) -> None:
        if len(word) < _PREFIX:
            return
        for longer in islice(self._sorted, bisect_left(self._sorted, word), None):
            if not longer.startswith(word):
                break
            found[longer] = max(found.get(longer, 0.0), _SHORT_FORM - 0.01 * (len(longer) - len(word)))
        for end in range(_PREFIX, min(len(word), self._longest + 1)):
            if word[:end] in self._words:
                found.setdefault(word[:end], _SHORT_FORM - 0.02 * (len(word) - end))

    def _add_slips(self, word: str, found: dict[str, float]) -> None:
        if len(word) > self._longest + _MOST_SLIPS:  # what a whole page run together would cost is not to be had
            return
        tried = {word, *_one_out(word)}
        if len(word) >= _TYPOS_IN:
            tried.update(two for one in _one_out(word) for two in _one_out(one))
        shorter, words = self._shorter, self._words
        for form in tried:
            if form in words and form not in found:
                found[form] = _likeness(word, form)
            for known in shorter.get(form, ()):
                if known not in found:
                    found[known] = _likeness(word, known)


def _one_out(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))} if len(word) > 1 else set()


def _likeness(word: str, known: str) -> float:
    # Slips of the finger weigh as OSA counts them; a right beginning weighs more, as people spell it right most often.
    return 0.5 * OSA.normalized_similarity(word, known) + 0.5 * JaroWinkler.similarity(word, known)
