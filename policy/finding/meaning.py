"""What a question is about: the concepts that its words stand for, and the words themselves."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from policy.finding.shorthand import written_out
from policy.finding.stems import stem
from policy.spelling import plain
from policy.understanding.lexicon import lexicon

# How much each sort of word tells. Chosen with tests/bench/finding.py on the development questions.
_CONCEPT: Final = 1.0
_WITHIN: Final = 0.5  # a phrase within a longer one: the "photo" of "photo form"
_KIND: Final = 0.6  # what a concept is a kind of
_KNOWN_WORD: Final = 0.3  # a word that already counts as a concept
_WORD: Final = 0.8
_PAIR: Final = 0.3  # two words that follow each other: "sign out" is no "sign"
_CARRIED: Final = 0.7  # of the question before, in one that goes on from it
ASKING: Final = 0.35  # who, when, may I


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a text is about, each with how much it tells, and how much of it lies outside our field."""

    about: dict[str, float]  # "#concept" or a stem
    elsewhere: float
    anchors: int = 2  # phrases in it that are of our field alone
    odd: frozenset[str] = (
        frozenset()
    )  # stems of words that no school's dictionary has: brands, names; of questions alone


@dataclass(frozen=True, slots=True)
class Concepts:
    """Phrases by their first word, longest first, with the concepts that they stand for."""

    phrases: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]
    kinds: dict[str, tuple[str, ...]]
    asking: frozenset[str]
    empty: frozenset[str]  # stems of words that say nothing by themselves
    loose: frozenset[str]  # what school staff talk about in any matter
    words: frozenset[str]  # every word of every phrase, as it is spelt

    def meaning(self, keys: Sequence[str]) -> Meaning:
        """Take the plain words of a text for what they stand for."""
        stems = [stem(key) for key in written_out(keys)]
        about: dict[str, float] = {}
        known = [False] * len(stems)
        elsewhere, anchors = 0.0, 0
        for start, end, concepts, inner in self._found(stems):
            for at in range(start, end):
                known[at] = True
            anchors += not inner and any(self._is_anchor(concept) for concept in concepts)
            for concept in concepts:
                if concept.startswith("!"):
                    elsewhere += 0.0 if inner else 1.0
                    continue
                weight = _WITHIN if inner else ASKING if concept in self.asking else _CONCEPT
                _more(about, f"#{concept}", weight)
                for kind in self.kinds.get(concept, ()):
                    _more(about, f"#{kind}", _KIND)
        for word, is_known in zip(stems, known, strict=True):
            if word not in self.empty:
                _more(about, word, _KNOWN_WORD if is_known else _WORD)
        for one, other in pairwise(stems):
            about[f"{one} {other}"] = _PAIR
        return Meaning(about, elsewhere, anchors)

    def asked(self, keys: Sequence[str]) -> Meaning:
        """Take the plain words of a question for what they stand for; what is strange in it tells as well."""
        ordinary = lexicon().is_ordinary
        return replace(self.meaning(keys), odd=frozenset(stem(key) for key in keys if not ordinary(key)))

    def _is_anchor(self, concept: str) -> bool:
        return concept not in self.loose and not concept.startswith("!")

    def _found(self, stems: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...], bool]]:
        reached = 0
        for at, word in enumerate(stems):
            for rest, concepts in self.phrases.get(word, ()):
                end = at + 1 + len(rest)
                if rest and tuple(stems[at + 1 : end]) != rest:
                    continue
                yield at, end, concepts, end <= reached
                reached = max(reached, end)


def _more(about: dict[str, float], what: str, weight: float) -> None:
    if weight > about.get(what, 0.0):
        about[what] = weight


def going_on(asked: Meaning, before: Meaning) -> Meaning:
    """Add to a question that says only half what the one before was about."""
    about = {what: weight * _CARRIED for what, weight in before.about.items() if weight > ASKING}
    for what, weight in asked.about.items():
        _more(about, what, weight)
    return Meaning(about, asked.elsewhere, asked.anchors + before.anchors, asked.odd | before.odd)


@cache
def concepts() -> Concepts:
    """Read the packaged lexicon, once."""
    told = tomllib.loads(files("policy.finding").joinpath("lexicon.toml").read_text("utf-8"))
    kinds = {concept: tuple(kind.split()) for concept, kind in told.pop("implies").items()}
    loose = frozenset(told.pop("loose")["concepts"].split()) | frozenset(told["ask"])
    empty = frozenset(map(stem, told.pop("empty")["words"].split()))
    meanings: dict[tuple[str, ...], list[str]] = {}
    spelt: set[str] = set()
    for family, named in told.items():
        for concept, text in named.items():
            for words in _phrases(text):
                spelt.update(words)
                of = meanings.setdefault(tuple(map(stem, words)), [])
                concept_name = f"!{concept}" if family == "elsewhere" else concept
                if concept_name not in of:
                    of.append(concept_name)
    by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for words, of in meanings.items():
        by_first.setdefault(words[0], []).append((words[1:], tuple(of)))
    return Concepts(
        phrases={
            first: tuple(sorted(phrases, key=lambda phrase: -len(phrase[0]))) for first, phrases in by_first.items()
        },
        kinds=kinds,
        asking=frozenset(told["ask"]),
        empty=empty,
        loose=loose,
        words=frozenset(spelt),
    )


def _phrases(text: str) -> Iterable[tuple[str, ...]]:
    for part in text.split(","):
        words = tuple(
            written_out(
                list(filter(None, map(plain, part.replace("-", " ").replace("'s", "").replace(":", " ").split())))
            )
        )
        if words:
            yield words
