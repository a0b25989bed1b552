"""A school's own answers: few, in the words of the very people who ask, so likeness of words finds them.

The library's way (policy/matching.py) weighs concepts that it knows; what a DPO answers may be about anything.
"""

from collections.abc import Sequence
from typing import Final

from rapidfuzz import fuzz, utils

from policy.library import Answer

ALIKE: Final = 80.0  # of 100, with the words in any order: an added or missing word or two, or slips of the finger
_MOST_RELATED: Final = 3


def nearest(text: str, answers: Sequence[Answer]) -> tuple[Answer, float] | None:
    """Return the answer whose phrasing is nearest to a question, and how near (0 to 1); None where none is near."""
    asked = utils.default_process(text)
    scored = [
        (fuzz.token_sort_ratio(asked, ask, processor=utils.default_process), place)
        for place, answer in enumerate(answers)
        for ask in answer.asks
    ]
    best, place = max(scored, default=(0.0, 0))
    return (answers[place], round(best / 100, 2)) if best >= ALIKE else None


def related(text: str, answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Return the answers whose phrasings hold the words of a search, the nearest first, at most three."""
    asked = utils.default_process(text)
    scored = [
        (max(fuzz.token_set_ratio(asked, ask, processor=utils.default_process) for ask in answer.asks), -place)
        for place, answer in enumerate(answers)
        if answer.asks
    ]
    best = sorted((pair for pair in scored if pair[0] >= ALIKE), reverse=True)[:_MOST_RELATED]
    return tuple(answers[-place] for _, place in best)
