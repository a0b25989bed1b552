"""Whom a legal hold is about, compared as words: rather too much is kept than anything deleted (SAR-8.1.3)."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from policy.spelling import plain
from policy.understanding.words import word_set

_WORD: Final = re.compile(r"[^\W_]+")
# What stands around a name and tells nobody from another.
_IDLE: Final = word_set(
    """
    the an and or of in at on to for from by with who about my our his her their its this that him them himself
    herself themselves mr mrs ms miss mx dr sir child children pupil pupils student son daughter boy girl twins
    brother sister mother father mum dad parent parents carer grandad grandma family teacher former old ex year
    class reception nursery school member staff colleague not known
    """
)


def is_about(names: Iterable[str], text: str) -> bool:
    """Whether a text may be about somebody whom a case names: it shares a word of a name with it.

    `names` are as people wrote them ("my daughter Amelia Hart, 4B"). Where no name is in them, everything is kept.
    """
    wanted = frozenset[str]().union(*(_words(name) for name in names)) - _IDLE
    return not wanted or not wanted.isdisjoint(_words(text))


def _words(text: str) -> frozenset[str]:
    whole = unicodedata.normalize("NFC", text)  # an accent written as a letter of its own ends no word
    return frozenset(plain(word) for word in _WORD.findall(whole) if len(word) > 1)
