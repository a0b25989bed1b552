"""Whether a question sounds like one of ours, learnt from what staff ask of us and what they ask of everybody else.

A second opinion beside how near the answers come: "how do I crop a picture" is near many and no business of theirs.
tests/bench/ours.py learns the weights and shows which words speak for what.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Final

from policy.finding.meaning import Meaning

_MOST: Final = 4.0  # a verdict by words alone is never surer than this, either way


@dataclass(frozen=True, slots=True)
class Learnt:
    """How much each concept, word and pair of words speaks for a question's being ours."""

    bias: float
    weights: Mapping[str, float]

    def odds(self, asked: Meaning) -> float:
        """Give the logarithm of the odds, -4 to 4; short questions and long ones count alike."""
        told = sum([self.weights[what] * weight for what, weight in asked.about.items() if what in self.weights])
        length = sqrt(sum([weight * weight for weight in asked.about.values()])) or 1.0
        return max(-_MOST, min(_MOST, self.bias + told / length))


@cache
def learnt() -> Learnt:
    """Read what was learnt, once."""
    told = json.loads(files("policy.finding").joinpath("ours.json").read_text("utf-8"))
    return Learnt(told["bias"], told["weights"])
