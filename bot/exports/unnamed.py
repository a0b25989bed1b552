"""Text without the names of those it is about, for the regulator (facts B-R7): what is surely a name is left out.

What only may be one stays, and is pointed at for a person to look at: "May" is a month more often than a pupil.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from policy.names import Roll
from policy.spelling import APOSTROPHES, parts, plain
from policy.understanding.lexicon import lexicon

LEFT_OUT: Final = "[name left out]"
_UNSEEN: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # a name with one of these in it reads as the name
_LETTER: Final = rf"(?:[^\W_]|[\u0300-\u036f{_UNSEEN}])"
_WORD: Final = re.compile(rf"{_LETTER}+(?:[{re.escape(APOSTROPHES)}]{_LETTER}+)*")  # a hyphen parts words: "Hart-led"
_POSSESSIVE: Final = re.compile(rf"[{re.escape(APOSTROPHES)}]s$", re.IGNORECASE)
_MOST: Final = 8  # words of one name, a double one two
_SHORTEST: Final = 2  # letters of a name by itself
_LIKELY: Final = 4  # letters from which a slip of the finger still tells a name
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "rev", "sir"})
_ENDS_A_SENTENCE: Final = frozenset(".!?:;\n")


@dataclass(frozen=True, slots=True)
class Unnamed:
    """The text, how many names were left out of it, and whether something in it may still be one."""

    text: str
    left_out: int
    doubtful: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of the text, and where it is."""

    start: int
    end: int
    key: str
    capital: bool
    opens: bool  # begins a sentence, so that its capital says nothing


class Named:
    """Who must not be named: a school's pupils, and some others by their display names."""

    __slots__ = ("_others", "_parts", "_roll")

    def __init__(self, roll: Roll, others: Collection[str] = ()) -> None:
        self._roll = roll
        self._others = frozenset(map(plain, others)) - {""}
        told = (word for other in others for word in parts(other))
        self._parts = frozenset(word for word in told if len(word) >= _SHORTEST and word not in _TITLES)

    def without(self, text: str, *, whole_only: bool = False) -> Unnamed:
        """Leave names out; with `whole_only` a first or last name by itself stays, for who is meant to be named."""
        words, at, reached = _words(text), 0, 0
        kept: list[str] = []
        left_out, doubtful = 0, False
        while at < len(words):
            end = self._name_from(words, at, whole_only=whole_only)
            if end is None:
                doubtful = doubtful or self._may_be_a_name(words, at)
                at += 1
                continue
            kept += [text[reached : words[at].start], LEFT_OUT]
            reached, at, left_out = words[end - 1].end, end, left_out + 1
        return Unnamed("".join((*kept, text[reached:])), left_out, doubtful)

    def _name_from(self, words: Sequence[_Said], at: int, *, whole_only: bool) -> int | None:
        """Return where the longest name that begins here ends; None where none does."""
        for end in range(min(len(words), at + _MOST), at, -1):
            keys = [word.key for word in words[at:end]]
            if self._is_whole(keys) or (not whole_only and self._is_part("".join(keys))):
                return end
        return None

    def _is_whole(self, keys: Sequence[str]) -> bool:
        joined = "".join(keys)
        if joined in self._others:
            return True
        if len(keys) > 1:
            cuts = (("".join(keys[:cut]), "".join(keys[cut:])) for cut in range(1, len(keys)))
        elif lexicon().is_ordinary(joined):
            return False
        else:  # "ameliahart"
            cuts = ((joined[:cut], joined[cut:]) for cut in range(1, len(joined)))
        return any(self._roll.named(one, other) or self._roll.named(other, one) for one, other in cuts)

    def _is_part(self, key: str) -> bool:
        """Whether it is somebody's first or last name, and no ordinary word."""
        return self._is_borne(key) and not lexicon().is_ordinary(key)

    def _is_borne(self, key: str) -> bool:
        if len(key) < _SHORTEST or not key.isalpha():
            return False
        return key in self._parts or bool(self._roll.first_named(key) or self._roll.last_named(key))

    def _may_be_a_name(self, words: Sequence[_Said], at: int) -> bool:
        word = words[at]
        if not word.capital:
            return False
        if self._is_borne(word.key):
            return not word.opens or len(words) == 1
        return len(word.key) >= _LIKELY and not lexicon().is_ordinary(word.key) and self._roll.within(word.key, 1)


def _words(text: str) -> list[_Said]:
    found: list[_Said] = []
    for word in _WORD.finditer(text):
        said = _POSSESSIVE.sub("", word[0])
        gap = text[found[-1].end : word.start()] if found else "\n"
        if key := plain(said):
            opens = not _ENDS_A_SENTENCE.isdisjoint(gap)
            found.append(_Said(word.start(), word.start() + len(said), key, said[:1].isupper(), opens))
    return found
