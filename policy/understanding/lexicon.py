"""The words we know: concepts found by their phrases, and what counts as an ordinary word."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, Hamming

from policy.spelling import plain
from policy.understanding.usual_slips import USUAL, USUALLY

_ENDINGS: Final = (
    *(("s", ""), ("es", ""), ("ies", "y"), ("d", ""), ("ed", ""), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ly", "")),
    *(("ily", "y"), ("ment", ""), ("ness", ""), ("able", ""), ("able", "e"), ("less", ""), ("ful", "")),
)
_BEGINNINGS: Final = ("un", "re", "non", "pre", "over", "mis")
_BENDING: Final = (("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("s", ""), ("er", ""), ("er", "e"))
_TYPO_FROM: Final = 5  # shorter words are one slip away from too many others
_TWO_FROM: Final = 8  # letters that make a word known with two slips in it


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found from one word to another, and the concepts it stands for."""

    start: int
    end: int
    concepts: tuple[str, ...]
    phrase: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their first word, longest first; and every ordinary word."""

    phrases: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]
    ordinary: frozenset[str]
    given: frozenset[str]
    family: frozenset[str]
    not_after: frozenset[str]
    characters: dict[str, tuple[tuple[str, ...], ...]]  # first word -> the words after it
    forenames: frozenset[str]
    things: frozenset[str]  # words of what a picture is and is for
    by_length: dict[tuple[str, int], tuple[str, ...]]

    def hits(self, keys: Sequence[str]) -> Iterator[Hit]:
        """Find the longest phrase from each word on.

        A phrase within a longer one counts only for still or film, where the longer says neither: the "video" of
        "website video".
        """
        phrases, reached, told = self.phrases, 0, False
        for at, key in enumerate(keys):
            for rest, concepts in phrases.get(key, ()):
                end = at + 1 + len(rest)
                if rest and tuple(keys[at + 1 : end]) != rest:
                    continue
                if end > reached:
                    reached, told = end, any(concept.startswith("picture.") for concept in concepts)
                    yield Hit(at, end, concepts, " ".join(keys[at:end]))
                elif not told and (seen := tuple(c for c in concepts if c.startswith("picture."))):
                    yield Hit(at, end, seen, key)
                break

    def is_ordinary(self, key: str) -> bool:
        """Whether a plain word is an English word that school staff write."""
        if key in self.ordinary or not key.isalpha() or key in self.forenames:
            return key not in self.forenames  # "Jared" is not what somebody did to a jar
        for ending, stem in _ENDINGS:
            if key.endswith(ending) and len(key) - len(ending) >= 3:  # noqa: PLR2004  a stem
                base = key.removesuffix(ending) + stem
                if base in self.ordinary:
                    return True
                if ending in {"ed", "ing"} and base[-1:] == base[-2:-1] and base[:-1] in self.ordinary:
                    return True
        if key.endswith("in") and len(key) > 4 and key + "g" != key and self.is_ordinary(key + "g"):  # noqa: PLR2004  "goin"
            return True
        for beginning in _BEGINNINGS:
            if key.startswith(beginning) and key[len(beginning) :] in self.ordinary:
                return len(key) - len(beginning) > 3  # noqa: PLR2004  "renew" but not "reed"
        return False

    def is_forename(self, key: str) -> bool:
        """Whether a plain word is a common first name that is no English word."""
        return key in self.forenames

    def is_name(self, key: str) -> bool:
        """Whether a plain word is a name that we know, an English word or not."""
        return key in self.forenames or key in self.given or key in self.family

    def near_forename(self, key: str, slips: int) -> bool:
        """Whether a plain word may be a common first name with so many slips of the finger."""
        return any(
            process.extractOne(key, names, scorer=OSA.distance, score_cutoff=slips) is not None
            for names in (self.forenames, self.given)
        )

    def meant(self, key: str) -> tuple[str, int] | None:
        """Give the ordinary word that a plain word is a slip or two away from, and how many; None where none is."""
        if not key.isalpha() or len(key) < _TYPO_FROM - 2:
            return None
        if (usual := USUALLY.get(key)) is not None:
            return usual, 1
        return _meant(key) if len(key) >= _TYPO_FROM - 1 else None

    def nearest(self, key: str, most: int) -> tuple[str, int] | None:
        """Give the likeliest word within so many slips: letters changing places first, then what we look for."""
        best: tuple[tuple[int, bool, bool, bool, str], int] | None = None
        letters = sorted(key)
        for first in dict.fromkeys((key[0], key[1])):
            for length in range(len(key) - most, len(key) + most + 1):
                words = self.by_length.get((first, length), ())
                for word, slips, _ in process.extract(key, words, scorer=OSA.distance, score_cutoff=most, limit=None):
                    swapped = length == len(key) and sorted(word) == letters
                    if slips > 1 and Hamming.distance(key, word) <= slips:
                        continue  # two other letters in their place make another word: "homemade" is no "homepage"
                    if len(key) < _TYPO_FROM and not swapped and (length <= len(key) or word not in USUAL):
                        continue
                    rank = (int(slips), not swapped, word not in self.things, word[0] != key[0], word)
                    if best is None or rank < best[0]:
                        best = rank, int(slips)
        return None if best is None else (best[0][-1], best[1])


@lru_cache(maxsize=4096)
def _meant(key: str) -> tuple[str, int] | None:
    words, most = lexicon(), 2 if len(key) >= _TWO_FROM else 1
    for allowed in range(1, most + 1):
        if found := words.nearest(key, allowed):
            return found
        for ending, stem in _BENDING:  # "recieving": only "receive" is listed
            base = key.removesuffix(ending) + stem
            if key.endswith(ending) and len(base) >= _TYPO_FROM and (found := words.nearest(base, allowed)):
                right, slips = found
                if not stem or right.endswith(stem):
                    return right.removesuffix(stem) + ending, slips
    return None


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the packaged words, once."""
    here = files("policy.understanding")
    told = tomllib.loads(here.joinpath("lexicon.toml").read_text("utf-8"))
    names = {kind: frozenset(_phrases(text)) for kind, text in told.pop("names").items()}
    meanings: dict[tuple[str, ...], list[str]] = {}
    ordinary, things = set(_listed("vocabulary.txt")), set[str]()
    for family, concepts in told.items():
        for concept, text in concepts.items():
            meaning, known = f"{family}.{concept}", things if family in {"uses", "picture"} else ordinary
            for phrase in _phrases(text):
                keys = tuple(map(plain, phrase.replace("'s", "").split()))
                known.update(keys)
                meanings.setdefault(keys, []).append(meaning)
                if len(keys[-1]) > 3:  # noqa: PLR2004  "mis" is no "miss"
                    more = (*keys[:-1], keys[-1] + "s")
                    known.add(more[-1])
                    meanings.setdefault(more, []).append(meaning)
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for keys, concepts in meanings.items():
        several = tuple(concepts) if len(concepts) == 1 else tuple(dict.fromkeys(concepts))
        by_first.setdefault(keys[0], []).append((keys[1:], several))
    ordinary = {word for word in ordinary | things if len(word) > 1}
    by_length: dict[tuple[str, int], list[str]] = {}
    for word in ordinary:
        if len(word) >= _TYPO_FROM - 1:
            by_length.setdefault((word[0], len(word)), []).append(word)
    return Lexicon(
        phrases={
            first: tuple(sorted(phrases, key=lambda phrase: -len(phrase[0])) if len(phrases) > 1 else phrases)
            for first, phrases in by_first.items()
        },
        ordinary=frozenset(ordinary),
        given=names["given"],
        family=names["family"],
        not_after=names["not_after"],
        characters=_by_first_word(names["characters"]),
        forenames=frozenset(_listed("forenames.txt")),
        things=frozenset(word for word in things if len(word) > 3),  # noqa: PLR2004  a word that tells
        by_length={key: tuple(words) for key, words in by_length.items()},
    )


def _phrases(text: str) -> list[str]:
    return [phrase for part in text.split(",") if (phrase := " ".join(part.split()))]


def _listed(name: str) -> Iterator[str]:
    text = files("policy.understanding").joinpath(name).read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            yield from line.split()


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        first, *rest = map(plain, phrase.split())
        found.setdefault(first, []).append(tuple(rest))
    return {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in found.items()}
