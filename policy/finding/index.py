"""Answers by what they are about: the few that come near a question, each with how near (0 to 1).

Forty lines of BM25 beat a library here: every library brings numpy, more than all of our answers weigh.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log
from typing import Final

from policy.finding.meaning import ASKING, Meaning

# Chosen with tests/bench/finding.py on the development questions.
_SATURATES: Final = 1.6  # BM25's k1
_LENGTH: Final = 0.3  # BM25's b
_TEXT: Final = 0.6  # what a word of the answer counts, beside one of its questions
_ASK: Final = 0.3  # what likeness to one of its questions counts beside all of its words
_VERBATIM: Final = 0.8  # what it counts by itself
_STRANGE: Final = 0.7  # what a word counts that neither ours nor any school's dictionary has
_PLAIN: Final = 0.2  # what an ordinary word counts that none of ours has
_RAREST: Final = 4.0  # what a mere word counts at most, however few have it
_SHORTLIST: Final = 5  # answers that are looked at question by question
_READ: Final = 300  # entries of the index that are read for a question, what tells most first
_LONGLIST: Final = 24  # answers that are weighed in full where that was not all of them


@dataclass(frozen=True, slots=True)
class Indexed:
    """An answer as the index knows it: its questions, and its words besides."""

    asks: tuple[Meaning, ...]
    text: Meaning


@dataclass(frozen=True, slots=True)
class Near:
    """How near an answer comes: by all of its words, and by the best of its questions; both 0 to 1."""

    at: int
    covered: float  # share of the question that the answer is about, what is rare counting most
    alike: float  # how much of both is shared with the nearest of its questions
    together: int = 0  # concepts that one of its questions shares

    @property
    def score(self) -> float:
        """One figure to rank by: in the very words of one of its questions, an answer needs no others."""
        return max(self.covered + _ASK * self.alike, _VERBATIM * self.alike)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question came near to, the nearest first, and what it is made of."""

    near: tuple[Near, ...]
    whole: float  # how much it says
    unheard: float  # the share of that in words that none of our answers has
    concepts: float  # and in what our concepts know

    @property
    def ahead(self) -> float:
        """How far the nearest is before the next."""
        return self.near[0].score - (self.near[1].score if len(self.near) > 1 else 0.0)


@dataclass(frozen=True, slots=True)
class _Asks:
    """An answer's questions: how much each says, and which of them have a concept or word."""

    whole: tuple[float, ...]
    having: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, asks: Sequence[dict[str, float]]) -> "_Asks":
        having: dict[str, tuple[int, ...]] = {}
        same: dict[tuple[int, ...], tuple[int, ...]] = {}  # most are had by one question alone
        for at, ask in enumerate(asks):
            for what in ask:
                which = (*having.get(what, ()), at)
                having[what] = same.setdefault(which, which)
        return cls(tuple(sum(ask.values()) or 1.0 for ask in asks), having)


class Index:
    """Built once from all answers; safe to share."""

    __slots__ = ("_asks", "_postings", "_rarity", "_unheard")

    def __init__(self, answers: Sequence[Indexed]) -> None:
        bags = [_bag(answer) for answer in answers]
        counts: dict[str, int] = {}
        for bag in bags:
            for what in bag:
                counts[what] = counts.get(what, 0) + 1
        many = max(len(bags), 1)
        self._rarity = {
            what: log(1 + (many - n + 0.5) / (n + 0.5))
            if what[0] == "#"
            else min(log(1 + (many - n + 0.5) / (n + 0.5)), _RAREST)
            for what, n in counts.items()
        }
        self._unheard = log(1 + (many + 0.5) / 0.5)
        average = sum(sum(bag.values()) for bag in bags) / many or 1.0
        self._postings: dict[str, dict[int, float]] = {}  # what -> answer -> how much it is about it
        for at, bag in enumerate(bags):
            length = _SATURATES * (1 - _LENGTH + _LENGTH * sum(bag.values()) / average)
            about = {n: n * (1 + _SATURATES) / (n + length) for n in set(bag.values())}
            alone = {n: {at: impact} for n, impact in about.items()}  # shared by all that only this answer has
            for what, n in bag.items():
                if counts[what] == 1:
                    self._postings[what] = alone[n]
                else:
                    self._postings.setdefault(what, {})[at] = about[n]
        bags.clear()
        self._asks = [_Asks.of([self._weighed(ask) for ask in answer.asks]) for answer in answers]

    def read(self, asked: Meaning) -> Reading:
        """Find the answers that come nearest to a question."""
        mine = self._weighed(asked)
        known = sorted((what for what in mine if what in self._postings), key=mine.__getitem__, reverse=True)
        partly: dict[int, float] = {}
        read, left = 0, len(known)
        for n, what in enumerate(known):
            postings = self._postings[what]
            if read and read + len(postings) > _READ:
                left = n
                break
            read += len(postings)
            weight = mine[what]
            for at, impact in postings.items():
                partly[at] = partly.get(at, 0.0) + impact * weight
        best = nlargest(_LONGLIST if left < len(known) else _SHORTLIST, partly, key=partly.__getitem__)
        whole = sum(mine.values()) * (1 + _SATURATES)
        rest = [(self._postings[what], mine[what]) for what in known[left:]]
        covered = {at: partly[at] + sum(postings.get(at, 0.0) * weight for postings, weight in rest) for at in best}
        best = nlargest(_SHORTLIST, covered, key=covered.__getitem__)
        concepts = [what for what in mine if what[0] == "#" and asked.about[what] > ASKING]
        near = [Near(at, covered[at] / whole, *self._alike(mine, concepts, at)) for at in best]
        total = sum(mine.values()) or 1.0
        return Reading(
            near=tuple(sorted(near, key=lambda one: one.score, reverse=True)),
            whole=total,
            unheard=sum([weight for what, weight in mine.items() if what not in self._rarity]) / total,
            concepts=sum([weight for what, weight in mine.items() if what[0] == "#"]) / total,
        )

    def _weighed(self, meaning: Meaning) -> dict[str, float]:
        rarity, plain, odd = self._rarity, self._unheard * _PLAIN, self._unheard * _STRANGE
        # A concept that no answer is about tells nothing; a word that none has may tell that it is none of ours.
        return {
            what: weight * (rarity.get(what) or (odd if what in meaning.odd else plain))
            for what, weight in meaning.about.items()
            if what in rarity or (what[0] != "#" and " " not in what)
        }

    def _alike(self, mine: dict[str, float], concepts: Sequence[str], at: int) -> tuple[float, int]:
        asks, whole = self._asks[at], sum(mine.values())
        shared, together = [0.0] * len(asks.whole), [0] * len(asks.whole)
        for what, weight in mine.items():
            for ask in asks.having.get(what, ()):
                shared[ask] += weight
        for what in concepts:
            for ask in asks.having.get(what, ()):
                together[ask] += 1
        alike = [2 * both / (whole + of) for both, of in zip(shared, asks.whole, strict=True)]
        return min(max(alike, default=0.0), 1.0), max(together, default=0)


def _bag(answer: Indexed) -> dict[str, float]:
    bag: dict[str, float] = {}
    for meaning, counts in _told(answer):
        for what, weight in meaning.about.items():
            bag[what] = bag.get(what, 0.0) + weight * counts
    return bag


def _told(answer: Indexed) -> Iterable[tuple[Meaning, float]]:
    yield answer.text, _TEXT
    for ask in answer.asks:
        yield ask, 1.0
