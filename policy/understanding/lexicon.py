"""The words we know: concepts found by their phrases, and what counts as an ordinary word."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from rapidfuzz.distance import OSA

from policy.spelling import plain

_ENDINGS: Final = (
    *(("s", ""), ("es", ""), ("ies", "y"), ("d", ""), ("ed", ""), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ly", "")),
    *(("ily", "y"), ("ment", ""), ("ness", ""), ("able", ""), ("able", "e"), ("less", ""), ("ful", "")),
)
_BEGINNINGS: Final = ("un", "re", "non", "pre", "over", "mis")
_TYPO_FROM: Final = 5  # shorter words are one slip away from too many others


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
        if key in self.ordinary or not key.isalpha():
            return True
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

    def meant(self, key: str) -> str | None:
        """Give the ordinary word that a plain word is one slip away from; None where there is none."""
        if len(key) < _TYPO_FROM or not key.isalpha():
            return None
        for length in (len(key), len(key) + 1, len(key) - 1):
            for first in dict.fromkeys((key[0], key[1])):
                for word in self.by_length.get((first, length), ()):
                    if OSA.distance(key, word, score_cutoff=1) <= 1:
                        return word
        return None


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the packaged words, once."""
    here = files("policy.understanding")
    told = tomllib.loads(here.joinpath("lexicon.toml").read_text("utf-8"))
    names = {kind: frozenset(_phrases(text)) for kind, text in told.pop("names").items()}
    meanings: dict[tuple[str, ...], list[str]] = {}
    for family, concepts in told.items():
        for concept, text in concepts.items():
            for phrase in _phrases(text):
                keys = tuple(plain(word.removesuffix("'s")) for word in phrase.split())
                for form in {keys, (*keys[:-1], keys[-1] + "s")} if len(keys[-1]) > 3 else {keys}:  # noqa: PLR2004  "mis" is no "miss"
                    meanings.setdefault(form, []).append(f"{family}.{concept}")
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for keys, concepts in meanings.items():
        by_first.setdefault(keys[0], []).append((keys[1:], tuple(dict.fromkeys(concepts))))
    ordinary = {word for keys in meanings for word in keys if len(word) > 1}
    for line in here.joinpath("vocabulary.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            ordinary.update(map(plain, line.split()))
    by_length: dict[tuple[str, int], list[str]] = {}
    for word in sorted(ordinary):
        if len(word) >= _TYPO_FROM - 1:
            by_length.setdefault((word[0], len(word)), []).append(word)
    return Lexicon(
        phrases={
            first: tuple(sorted(phrases, key=lambda phrase: -len(phrase[0]))) for first, phrases in by_first.items()
        },
        ordinary=frozenset(ordinary),
        given=names["given"],
        family=names["family"],
        not_after=names["not_after"],
        by_length={key: tuple(words) for key, words in by_length.items()},
    )


def _phrases(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip()]
