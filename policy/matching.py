"""Which answer a question is after: one, up to three to choose from, or none.

The thresholds are chosen on the development questions by tests/bench/finding.py, which prints how often each of the
three outcomes is right.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from policy.finding.index import Index, Indexed, Near
from policy.finding.meaning import Meaning, concepts
from policy.finding.slips import Slips
from policy.library import Answer, Library
from policy.packs import Pack, SchoolRules
from policy.understanding.words import message

SURE: Final = 0.52  # from here on one answer is given
LIKELY: Final = 0.45  # from here on it is offered as a choice
AHEAD: Final = 0.09  # what the best is ahead of an answer with other clauses, to be given alone
_ELSEWHERE: Final = 0.25  # what each word of another field takes away, twice at most
_LOOSE: Final = (0.3, 0.1, 0.0)  # what is taken away where no phrase, or one alone, is of our field
_MOST: Final = 3
_OFFERED: Final = 0.15  # how far below that another choice may be, once there is a first


@dataclass(frozen=True, slots=True)
class Found:
    """One answer, and how sure that is (0 to 1)."""

    answer: Answer
    confidence: float


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Answers that may be meant, the likeliest first; at most three."""

    answers: tuple[Answer, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class NotFound:
    """Nothing in the library answers it."""


Outcome = Found | Suggestions | NotFound


def find(text: str, library: Library, *, rules: SchoolRules) -> Outcome:
    """Find the answer to a question among those that apply at the school. Never raises, whatever the text."""
    library = _in_force(library, rules.packs)
    finder = _finder(library)
    asked = finder.meaning(text)
    near = finder.index.near(asked)
    if not near:
        return NotFound()
    lost = _doubt(asked)
    best = near[0].sureness - lost
    if best < LIKELY:
        return NotFound()
    first = library.answers[near[0].at]
    rivals = [one for one in near[1:] if one.score > near[0].score - AHEAD and _differs(library, one, first)]
    if best >= SURE and not rivals:
        return Found(first, _confidence(best))
    answers = [library.answers[one.at] for one in near if one.sureness - lost >= LIKELY - _OFFERED]
    return Suggestions(tuple(answers[:_MOST]), _confidence(best))


def related(text: str, library: Library, *, rules: SchoolRules) -> tuple[Answer, ...]:
    """Return the answers that a search may be after, the nearest first, at most five; none where none is near.

    A search is a word or two and its reader chooses, so it may offer more than an answer that is given alone.
    """
    library = _in_force(library, rules.packs)
    finder = _finder(library)
    asked = finder.meaning(text)
    lost = _doubt(asked)
    near = (one for one in finder.index.near(asked) if one.sureness - lost >= LIKELY - _OFFERED)
    return tuple(library.answers[one.at] for one in near)


def mentions(text: str, concept: str) -> bool:
    """Whether any word of a text stands for a concept of policy/finding/lexicon.toml, or for a kind of it."""
    return f"#{concept}" in concepts().meaning(message(text).keys).about


def is_elsewhere(text: str) -> bool:
    """Whether a text is about what none of the policies says anything on: the weather, lunch, a coach firm."""
    return concepts().meaning(message(text).keys).elsewhere > 0


def _differs(library: Library, one: Near, first: Answer) -> bool:
    clauses = library.answers[one.at].clauses
    return not clauses or clauses[0] not in first.clauses


def _doubt(asked: Meaning) -> float:
    return _ELSEWHERE * min(asked.elsewhere, 2.0) + _LOOSE[min(asked.anchors, 2)]


def _confidence(score: float) -> float:
    return round(max(0.0, min(score, 1.0)), 2)


@dataclass(frozen=True, slots=True)
class _Finder:
    index: Index
    slips: Slips

    def meaning(self, text: str) -> Meaning:
        return concepts().meaning(self.slips.undone(message(text).keys))


@lru_cache(maxsize=16)
def _in_force(library: Library, packs: frozenset[Pack]) -> Library:
    """Leave out the answers that apply nowhere in these packs; the same library where all of them do."""
    rules = SchoolRules(packs=packs)
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
