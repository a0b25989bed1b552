"""Questions that say only half: "and on a visit?", "who signs that?" goes on from the question before."""

from enum import StrEnum
from typing import Final

from policy.finding.shorthand import written_out
from policy.understanding.words import message, word_set

_LINKS: Final = word_set("and or but also so then not only even plus same with")
_WHAT_OF: Final = frozenset(
    {("what", "about"), ("how", "about"), ("what", "if"), ("even", "if"), ("and", "if"), ("if", "so"), ("if", "not")}
)
_POINTING: Final = word_set("it that this they them those these one ones there he she him her either both")
_MOST: Final = 14  # words of a question that says half
_FEW: Final = 8  # words of one that points back, or has next to nothing of its own
_NEXT_TO_NONE: Final = 5


class GoesOn(StrEnum):
    """How sure it is that a question goes on from the one before."""

    NO = "no"
    PERHAPS = "perhaps"  # unless it has an answer by itself
    YES = "yes"


def goes_on(text: str) -> GoesOn:
    """Say whether a question goes on from the one before: it begins with a link, points back, or is a word or two."""
    keys = tuple(written_out(message(text).keys))
    if not keys or len(keys) > _MOST:
        return GoesOn.NO
    if keys[0] in _LINKS or keys[:2] in _WHAT_OF:
        return GoesOn.YES
    points = len(keys) <= _FEW and not _POINTING.isdisjoint(keys)
    return GoesOn.PERHAPS if points or len(keys) <= _NEXT_TO_NONE else GoesOn.NO
