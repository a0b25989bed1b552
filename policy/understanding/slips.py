"""Slips of the finger in ordinary words, undone before anything is read: "wesbite" is the website, "Jaydn" nothing."""

from dataclasses import replace
from typing import Final

from policy.names import Roll
from policy.spelling import nicknames
from policy.understanding.around import CONNECTING, CONNECTORS, FOLLOWERS, LEADS, PREPOSITIONS
from policy.understanding.lexicon import Lexicon
from policy.understanding.words import Message, Word

_MOST: Final = 30  # of a very long message the first strange words are looked at
_SMALL: Final = FOLLOWERS | PREPOSITIONS | LEADS | CONNECTORS
_ALSO: Final = CONNECTORS | {"also", "then"}
_SURE: Final = 6  # letters that make a misspelt platform or picture sure enough in capitals, or beside a name


def undone(said: Message, lexicon: Lexicon, roll: Roll) -> Message:
    """Give the message with the keys of misspelt ordinary words put right; what may be a name stays as it was typed."""
    changed: dict[int, str] = {}
    left = _MOST
    for at, word in enumerate(said.words):
        if lexicon.is_ordinary(word.key) or word.possessive or word.hyphened:
            continue
        meant = _meant(said, lexicon, roll, at)
        if meant is not None:
            changed[at] = meant
        left -= 1
        if not left:
            break
    if not changed:
        return said
    words = tuple(replace(word, key=changed[at]) if at in changed else word for at, word in enumerate(said.words))
    return replace(said, words=words, keys=tuple(word.key for word in words))


def _meant(said: Message, lexicon: Lexicon, roll: Roll, at: int) -> str | None:
    word = said.words[at]
    key = word.key
    if roll.may_begin(key) or roll.is_last(key) or lexicon.is_name(key) or nicknames(key):
        return None
    meant = lexicon.meant(key)
    # As near to a child of this school as to the word: asked.
    if meant is None or roll.within(key, meant[1]):
        return None
    right, slips = meant
    thing = right in lexicon.things
    if word.capital and not word.opens and not said.shouted and not (thing and len(key) >= _SURE):
        return None
    return right if _stands(said, lexicon, roll, at, right, slips=slips, thing=thing) else None


def _stands(said: Message, lexicon: Lexicon, roll: Roll, at: int, right: str, *, slips: int, thing: bool) -> bool:
    """Whether the word may be put right where it stands: beside a name only what surely is no other name."""
    words, word = said.words, said.words[at]
    before = words[at - 1] if at else None
    after = words[at + 1] if at + 1 < len(words) else None
    behind = _is_name(roll, before) and not (before is not None and before.possessive)
    ahead = _is_name(roll, after) and after is not None and not after.gap
    row = (behind and word.gap in CONNECTING) or (
        before is not None and before.key in _ALSO and not word.gap and at > 1 and _is_name(roll, words[at - 2])
    )
    row = row or (after is not None and after.key in _ALSO and at + 2 < len(words) and _is_name(roll, words[at + 2]))
    row = row or (after is not None and after.gap in CONNECTING and _is_name(roll, after))
    row = row or (before is not None and before.key in _ALSO and (after is None or bool(after.gap)))
    if not (behind or ahead or row):
        return right not in lexicon.given
    key = word.key
    small = right in _SMALL and not row
    if not small and (
        right in lexicon.given or right in lexicon.family or roll.resembles(key) or lexicon.near_forename(key, slips)
    ):
        return False
    if row:
        return thing and len(key) >= _SURE - 1
    whole = at > 1 and behind and _is_name(roll, words[at - 2]) and not (before is None or before.gap)
    if behind and not word.gap and not whole:
        return thing or small or (right.endswith(("ing", "ed")) and len(key) >= _SURE)
    if ahead:
        return thing or small or len(key) >= _SURE
    return True


def _is_name(roll: Roll, word: Word | None) -> bool:
    if word is None:
        return False
    key = word.key
    return roll.is_first(key) or roll.is_last(key) or (key.endswith("s") and roll.is_first(key[:-1]))
