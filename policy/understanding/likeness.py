"""What a message is like: how likely each dialog is, learnt from examples of what school staff tell.

A second opinion where no pattern speaks, and where one speaks too soon. tests/bench/telling.py learns the weights and
shows which words of a message speak for what.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from math import exp, sqrt
from typing import Final

from policy.finding.shorthand import written_out
from policy.understanding.heard import Intent
from policy.understanding.telling import Tale
from policy.understanding.tellwords import meanings

_CONCEPT: Final = 0.7
_WORD: Final = 0.6
_PAIR: Final = 0.3
_MOOD: Final = 1.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely a message starts each dialog (0 to 1); the rest is that it starts none."""

    chances: Mapping[Intent, float]

    @property
    def best(self) -> Intent:
        """The likeliest dialog."""
        return max(self.chances, key=self.chances.__getitem__)

    @property
    def none(self) -> float:
        """How likely it starts no dialog."""
        return 1.0 - sum(self.chances.values())


def signs_of(tale: Tale) -> dict[str, float]:
    """Take a message for its concepts, words, pairs of words, and mood, each with how much it counts."""
    return dict(_signs(tale))


def _signs(tale: Tale) -> Iterator[tuple[str, float]]:
    keys = written_out(tale.keys)
    for key in keys:
        yield key, _WORD
    for one, other in pairwise(keys):
        yield f"{one} {other}", _PAIR
    bits, known = tale.bits, meanings().bit
    for concept, bit in known.items():
        if bits & bit:
            yield f"*{concept}", _CONCEPT
    for name, said in (
        ("?asks", tale.mood.asks),
        ("?happened", tale.mood.happened),
        ("?question", tale.mood.question),
        ("?marked", tale.marked),
    ):
        if said:
            yield name, _MOOD


def likeness(tale: Tale) -> Likeness:
    """Say what a message is like."""
    learnt = _learnt()
    weights, signs = learnt.weights, signs_of(tale)
    scores, square = list(learnt.bias), 0.0
    for sign, value in signs.items():
        row = weights.get(sign)
        if row is None:
            continue
        square += (row[0] * value) ** 2
        for at in range(1, len(row), 2):
            scores[int(row[at])] += row[at + 1] * value
    # The words' weights are for a message of length one.
    length = sqrt(square) or 1.0
    scores = [bias + (score - bias) / length for bias, score in zip(learnt.bias, scores, strict=True)]
    highest = max(scores)
    odds = [exp(score - highest) for score in scores]
    whole = sum(odds)
    return Likeness(
        {intent: odd / whole for intent, odd in zip(learnt.intents, odds, strict=True) if intent is not None}
    )


@dataclass(frozen=True, slots=True)
class _Learnt:
    intents: tuple[Intent | None, ...]
    bias: tuple[float, ...]
    weights: dict[str, list[float]]  # sign -> its rarity, then an intent's place and the sign's weight for it, by turns


@lru_cache(maxsize=1)
def _learnt() -> _Learnt:
    told = json.loads(files("policy.understanding").joinpath("learnt.json").read_text("utf-8"))
    return _Learnt(
        intents=tuple(None if name == "none" else Intent(name) for name in told["intents"]),
        bias=tuple(told["bias"]),
        weights=told["weights"],
    )
