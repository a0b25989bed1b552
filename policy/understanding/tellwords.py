"""The words in which people tell what happened, read once: what each phrase means, and which word a slip stood for."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_TYPO_FROM: Final = 6  # letters from which a word is known with a slip in it
_TWO_FROM: Final = 9
_PLURAL_FROM: Final = 3  # "mums", but not "pcs"
_FOUND_ELSEWHERE: Final = ("theirs", "struckoff")  # concepts of a place in the sentence, not of a word


@dataclass(frozen=True, slots=True)
class Meanings:
    """Concepts as bits, and phrases by their first word: the words after it, and what they mean."""

    bit: dict[str, int]
    phrases: dict[str, tuple[tuple[tuple[str, ...], int], ...]]
    words: frozenset[str]  # of all phrases, wherever they stand


@lru_cache(maxsize=1)
def meanings() -> Meanings:
    """Read the packaged words."""
    told = tomllib.loads(files("policy.understanding").joinpath("telling.toml").read_text("utf-8"))
    names = [*(concept for family in told.values() for concept in family), *_FOUND_ELSEWHERE]
    bit = {concept: 1 << at for at, concept in enumerate(names)}
    phrases: dict[str, dict[tuple[str, ...], int]] = {}
    for family in told.values():
        for concept, text in family.items():
            one = bit[concept]
            for phrase in text.split(","):
                first, *rest = phrase.split()
                for after in _with_plural(rest) if rest else ((),):
                    known = phrases.setdefault(first, {})
                    known[after] = known.get(after, 0) | one
                if not rest and (several := _plural(first)):
                    known = phrases.setdefault(several, {})
                    known[()] = known.get((), 0) | one
    return Meanings(
        bit,
        {first: tuple(rests.items()) for first, rests in phrases.items()},
        frozenset(phrases).union(*(rest for rests in phrases.values() for rest in rests)),
    )


def _with_plural(rest: list[str]) -> tuple[tuple[str, ...], ...]:
    several = _plural(rest[-1])
    return (tuple(rest), (*rest[:-1], several)) if several else (tuple(rest),)


def _plural(word: str) -> str:
    return word + "s" if len(word) >= _PLURAL_FROM and word[-1] != "s" else ""


@lru_cache(maxsize=2048)
def respelt(typed: str) -> str | None:
    """Give the word of ours that a plain word is a slip or two away from; None where it is no such slip."""
    if len(typed) < _TYPO_FROM:
        return None
    slips = 2 if len(typed) >= _TWO_FROM else 1
    found = process.extractOne(typed, _spellings(), scorer=OSA.distance, score_cutoff=slips)
    return None if found is None or found[0][0] != typed[0] else found[0]


@lru_cache(maxsize=1)
def _spellings() -> tuple[str, ...]:
    return tuple(
        word
        for word, rests in meanings().phrases.items()
        if len(word) >= _TYPO_FROM - 1 and any(not r for r, _ in rests)
    )
