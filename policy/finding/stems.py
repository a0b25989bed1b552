"""Words without their endings: "photographing", "photographed" and "photographs" are one."""

from functools import lru_cache
from typing import Final

from policy.understanding.words import word_set

_SHORTEST: Final = 3  # letters that a word keeps
_DOUBLES: Final = frozenset("bdgmnprt")
# Things in their own right, not something that somebody does.
_NOUNS: Final = word_set(
    """
    recording training meeting building filing wording changing setting marking posting learning warning hearing
    """
)
_VOWELS: Final = frozenset("aeiouy")


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return what is left of a plain word; the same for all its forms, and not always a word itself."""
    if len(word) <= _SHORTEST or not word.isalpha():
        return word
    word = _singular(word)
    if word in _NOUNS:
        return word
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST and _VOWELS & set(word[: -len(ending)]):
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] in _DOUBLES:
                word = word[:-1]
            break
    if word.endswith("e") and len(word) > _SHORTEST:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > _SHORTEST else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORTEST + 1:
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
