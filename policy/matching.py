"""Which answer a question is after: one, up to three to choose from, or none.

The thresholds are chosen on the development questions by tests/bench/finding.py, which prints how often each of the
three outcomes is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import exp
from typing import Final

from policy.finding.index import Index, Indexed, Near, Reading
from policy.finding.meaning import Meaning, concepts, going_on
from policy.finding.ours import learnt
from policy.finding.shorthand import written_out
from policy.finding.slips import Slips
from policy.library import Answer, Library
from policy.packs import ConsentCycle, Pack, SchoolRules
from policy.understanding.words import message

SURE: Final = 0.5  # how likely it must be ours for one answer to be given
LIKELY: Final = 0.42  # and for a choice to be offered
AHEAD: Final = 0.02  # what the best is ahead of an answer with other clauses, to be given alone
SEARCHED: Final = 0.1  # how likely a search must be ours
_MOST: Final = 3
_MOST_TOGETHER: Final = 5
_MOST_SAID: Final = 30.0
_OFFERED: Final = 0.6  # how near another choice may be, beside the first
BESIDE: Final = 0.8  # how near what else may be meant comes, to be named below an answer
_MOST_BESIDE: Final = 2

# What makes a question one of ours, fitted to the development questions by tests/bench/finding.py --fit.
WEIGHTS: Final = {
    "always": -3.71,
    "near": -0.56,
    "alike": 4.80,
    "covered": 4.09,
    "together": 0.19,
    "elsewhere": -1.96,
    "no anchor": -0.36,
    "one anchor": -0.06,
    "unheard": -6.80,
    "concepts": -4.78,
    "whole": 0.16,
    "ahead": 8.05,
    "ours": 1.10,
}


@dataclass(frozen=True, slots=True)
class Found:
    """One answer, and how sure that is (0 to 1)."""

    answer: Answer
    confidence: float
    beside: tuple[Answer, ...] = ()  # what may be meant as well, the nearest first; at most two


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Answers that may be meant, the likeliest first; at most three."""

    answers: tuple[Answer, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing in the library answers it."""


Outcome = Found | Suggestions | NotFound


def find(text: str, library: Library, *, rules: SchoolRules, before: str = "") -> Outcome:
    """Find the answer to a question among those that apply at the school. Never raises, whatever the text.

    `before` is the question that it goes on from, if it says only half: what that was about counts as well.
    """
    library = _in_force(library, rules.packs, rules.cycle_in_force)
    read = _finder(library).read(text, before)
    if not read.near:
        return NotFound()
    chance = read.chance
    if chance < LIKELY:
        return NotFound()
    best, *others = read.near
    first = library.answers[best.at]
    rivals = [one for one in others if one.score > best.score - AHEAD and _differs(library, one, first)]
    if chance >= SURE and not rivals:
        return Found(first, round(chance, 2), _beside(library, best, others))
    answers = [library.answers[one.at] for one in read.near if one.score >= _OFFERED * best.score]
    return Suggestions(tuple(answers[:_MOST]), round(chance, 2))


def related(text: str, library: Library, *, rules: SchoolRules) -> tuple[Answer, ...]:
    """Return the answers that a search may be after, the nearest first, at most five; none where none is near.

    A search is a word or two and its reader chooses, so it may offer more than an answer that is given alone.
    """
    library = _in_force(library, rules.packs, rules.cycle_in_force)
    read = _finder(library).read(text)
    if not read.near or read.chance < SEARCHED:
        return ()
    return tuple(library.answers[one.at] for one in read.near if one.score >= _OFFERED * read.near[0].score)


def mentions(text: str, concept: str) -> bool:
    """Whether any word of a text stands for a concept of policy/finding/lexicon.toml, or for a kind of it."""
    return f"#{concept}" in concepts().meaning(message(text).keys).about


def stands_alone(text: str) -> bool:
    """Whether a text names anything of our field by itself: "until when?" does not."""
    return concepts().meaning(message(text).keys).anchors > 0


def is_elsewhere(text: str) -> bool:
    """Whether a text is about what none of the policies says anything on: the weather, lunch, a coach firm."""
    return concepts().meaning(message(text).keys).elsewhere > 0


def _beside(library: Library, best: Near, others: Sequence[Near]) -> tuple[Answer, ...]:
    first = library.answers[best.at]
    near = [one for one in others if one.score >= BESIDE * best.score and _differs(library, one, first)]
    return tuple(library.answers[one.at] for one in near[:_MOST_BESIDE])


def _differs(library: Library, one: Near, first: Answer) -> bool:
    clauses = library.answers[one.at].clauses
    return not clauses or clauses[0] not in first.clauses


@dataclass(frozen=True, slots=True)
class Read:
    """A question as the library reads it."""

    near: tuple[Near, ...]  # the nearest first
    signs: dict[str, float]  # what speaks for and against its being one of ours

    @property
    def chance(self) -> float:
        """How likely it is that the nearest answers it (0 to 1)."""
        return 1 / (1 + exp(-sum([WEIGHTS[sign] * value for sign, value in self.signs.items()])))


def meaning_of(text: str, library: Library) -> Meaning:
    """Take a question for what it is about, its slips undone: for whoever learns from it."""
    return _finder(library).asked(text)


def read(text: str, library: Library, *, rules: SchoolRules) -> Read:
    """Read a question as `find` does: for whoever chooses the weights."""
    return _finder(_in_force(library, rules.packs, rules.cycle_in_force)).read(text)


def _signs(asked: Meaning, reading: Reading) -> dict[str, float]:
    best = reading.near[0]
    return {
        "always": 1.0,
        "near": best.score,
        "alike": best.alike,
        "covered": best.covered,
        "together": float(min(best.together, _MOST_TOGETHER)),
        "elsewhere": min(asked.elsewhere, 2.0),
        "no anchor": float(asked.anchors == 0),
        "one anchor": float(asked.anchors == 1),
        "unheard": reading.unheard,
        "concepts": reading.concepts,
        "whole": min(reading.whole, _MOST_SAID),
        "ahead": reading.ahead,
        "ours": learnt().odds(asked),
    }


@dataclass(frozen=True, slots=True)
class _Finder:
    index: Index
    slips: Slips

    def read(self, text: str, before: str = "") -> Read:
        asked = self.asked(text)
        if before:
            asked = going_on(asked, self.asked(before))
        reading = self.index.read(asked)
        return Read(reading.near, _signs(asked, reading) if reading.near else {})

    def asked(self, text: str) -> Meaning:
        return concepts().asked(self.slips.undone(written_out(message(text).keys)))


@lru_cache(maxsize=16)
def _in_force(library: Library, packs: frozenset[Pack], cycle: ConsentCycle) -> Library:
    """Leave out the answers that apply nowhere in these packs; the same library where all of them do."""
    rules = SchoolRules(packs=packs, consent_cycle=cycle)
    answers = tuple(answer for answer in library.answers if answer.applies(rules))
    return library if len(answers) == len(library.answers) else Library(answers)


@lru_cache(maxsize=16)  # one library, and room for schools' own
def _finder(library: Library) -> _Finder:
    known = concepts()
    words: set[str] = set(known.words)
    indexed = []
    for answer in library.answers:
        asks = [message(ask).keys for ask in answer.asks]
        told = message(answer.text).keys
        words.update(told, chain.from_iterable(asks))
        indexed.append(Indexed(tuple(map(known.meaning, asks)), known.meaning(told)))
    return _Finder(Index(indexed), Slips(words))
