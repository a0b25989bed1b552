"""Figures of books and films whom children dress up as: "Harry Potter" is no pupil where no pupil is called so."""

from typing import Final

from policy.names import Roll
from policy.understanding.lexicon import Lexicon
from policy.understanding.words import Message, word_set

_AS: Final = word_set("as like playing")
_WORN: Final = word_set("costume costumes outfit outfits mask masks wig dress cape hat wand day display book books")


def characters(said: Message, roll: Roll, lexicon: Lexicon) -> frozenset[int]:
    """Find them. One that bears a pupil's whole name, or one word of it where only one was said, is that pupil."""
    keys, found = said.keys, set[int]()
    for at, key in enumerate(keys):
        for rest in lexicon.characters.get(key, ()):
            end = at + 1 + len(rest)
            if keys[at + 1 : end] != rest or any(word.gap or word.possessive for word in said.words[at + 1 : end - 1]):
                continue
            if not rest and (roll.may_begin(key) or roll.is_last(key)):
                continue
            if roll.named(key, "".join(rest)) or roll.named("".join(rest), key):
                continue
            before, after = keys[at - 1] if at else "", keys[end] if end < len(keys) else ""
            if before in _AS or after in _WORN or (rest and before in {"the", "in", "of", "from"}):
                found.update(range(at, end))
    return frozenset(found)
