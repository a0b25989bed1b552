"""Whether the words beside a name belong to it, so that it is another name: "Amelia Green" is not Amelia Hart."""

from typing import Final

from policy.understanding.around import (
    AFTER_MODAL,
    CAPITALS,
    DOMAIN,
    FOLLOWERS,
    LEADS,
    MODALS,
    PREPOSITIONS,
    PROPER,
    TITLES_SAID,
)
from policy.understanding.days import WEEKDAYS
from policy.understanding.place import Place
from policy.understanding.words import Word

_NO_FAMILY_NAME: Final = CAPITALS | PROPER
_NO_FIRST_NAME: Final = _NO_FAMILY_NAME | TITLES_SAID


def goes_on(place: Place, start: int, end: int, *, whole: bool, before: bool = True, after: bool = True) -> bool:
    """Whether the words before or after may belong to the name, so that it is another one."""
    words = place.said.words
    following = place.word(end)
    if (following is not None and following.hyphened) or words[start].hyphened:
        return True
    return (before and _belongs_before(place, start, end, whole=whole)) or (
        after and _follows(place, start, end, whole=whole)
    )


def _follows(place: Place, start: int, end: int, *, whole: bool) -> bool:  # noqa: C901, PLR0911  one line a kind of word that may follow a name
    words, owned, after = place.said.words, place.said.words[end - 1].possessive, place.word(end)
    if after is None or after.gap or owned or not after.key.isalpha() or place.roll.class_named(after.key):
        return False
    if place.roll.is_last(after.key) and not _modal_goes_on(place, end):
        return not whole or end not in place.in_hits or (after.capital and not place.said.shouted)
    if end in place.taken:  # "Sam Friday?" is a day; "Sam Friday for the newsletter" may be a name
        beyond = place.word(end + 1)
        return not whole and after.key in WEEKDAYS and beyond is not None and not beyond.gap
    if end in place.in_phrases:
        return False
    if after.capital and not place.said.shouted:
        return after.key not in _NO_FAMILY_NAME
    if after.key in MODALS:
        return not _modal_goes_on(place, end)
    if whole:
        return after.key in place.lexicon.family and after.key not in FOLLOWERS and end not in place.in_hits
    if after.key in place.lexicon.family and after.key not in DOMAIN:
        return True
    if after.key in FOLLOWERS or end in place.things:
        return False
    if words[start].capital and not place.said.shouted:
        return place.roll.resembles_last(after.key)
    doing = after.key.endswith(("ing", "ed")) and place.is_word(end)
    return not doing or place.roll.resembles_last(after.key)


def _belongs_before(place: Place, start: int, end: int, *, whole: bool) -> bool:
    # "Do Rose", "grace amelia": the word before may be the first name.
    name, before = place.said.words[start], place.word(start - 1)
    if before is None or name.gap or before.possessive or start - 1 in place.taken:
        return False
    if before.key in MODALS:  # "Will Page for the newsletter" asks nothing
        asked = any(key in AFTER_MODAL for key in place.said.keys[end : end + 4])
        return (
            before.opens
            and before.key in place.lexicon.given
            and not whole
            and not asked
            and _ends_after(place, end - 1)
        )
    earlier = place.word(start - 2)
    if whole and earlier is not None and earlier.key in {"i", "we"}:
        return False  # "i hope tom baker ..."
    if before.capital and not before.opens and not place.said.shouted:
        return before.key not in _NO_FIRST_NAME and start - 1 not in place.in_phrases
    return before.key in place.lexicon.given and not _is_lead(place, start - 1, name)


def _ends_after(place: Place, at: int) -> bool:
    after = place.word(at + 1)
    return after is None or bool(after.gap) or after.key in PREPOSITIONS


def _modal_goes_on(place: Place, at: int) -> bool:
    """Whether "may" or "will" after a name is the verb: "may be", "will appear"."""
    after = place.word(at + 1)
    return place.said.words[at].key in MODALS and after is not None and not after.gap and after.key in AFTER_MODAL


def _is_lead(place: Place, at: int, name: Word) -> bool:
    # "drew Amelia", "frank"? Only a small letter before a capital, or a word that leads to a name, is no name itplace.
    word = place.said.words[at]
    return word.key in LEADS or (not word.capital and name.capital and not place.said.shouted)
