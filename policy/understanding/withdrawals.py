"""Messages that say that a family, or a pupil, takes back a yes to pictures (PHOTO-4.8)."""

from functools import lru_cache
from typing import Final

from policy.understanding.telling import Pattern, Tale, patterns
from policy.understanding.words import word_set

_MOTHER: Final = word_set("mum mother mam mummy mom stepmum")
_FATHER: Final = word_set("dad father daddy stepdad")
_YES: Final = word_set("yes happy fine ok okay agrees agreed agree keen allows allowed consents consented signed but")


def is_withdrawal(tale: Tale) -> bool:
    """Whether it does; what happens to the pictures then is a question."""
    return tale.tells(_withdrawal()) and not _differ(tale.told)


def _differ(told: frozenset[str]) -> bool:
    """Whether two who may consent say different things: "mum is happy, dad against" takes nothing back (PHOTO-4.10)."""
    return not (told.isdisjoint(_MOTHER) or told.isdisjoint(_FATHER) or told.isdisjoint(_YES))


@lru_cache(maxsize=1)
def _withdrawal() -> tuple[Pattern, ...]:
    return patterns("""
        withdraw picture|consent -marketing
        withdraw showing family|pupil|pronoun
        nomore picture family|pupil|pronoun -marketing
        nomore consent showing|picture family|pupil|pronoun -marketing
        nomore showing consent|face family|pupil|pronoun -marketing
        refuses showing family|pupil|pronoun -marketing
        theiryes unsaid whoever|asks -toyes -marketing
        theiryes unsaid showing|picture -toyes -marketing
        nomore onshow family|pupil|pronoun -marketing
    """)
