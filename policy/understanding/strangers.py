"""Words that may be the name of a child we do not know: never dropped, always asked about."""

from typing import Final

from policy.understanding.around import (
    AFTER,
    AFTER_MODAL,
    AFTER_VERB,
    CAPITALS,
    CONNECTING,
    CONNECTORS,
    DETERMINERS,
    FOLLOWERS,
    LEADS,
    PLACES,
    PROPER,
    ROWS,
    SEASONAL,
    TITLES_SAID,
)
from policy.understanding.nameword import joined_to_name, names_somebody, starts_clause
from policy.understanding.place import Place

_MOST_WEIGHED: Final = 40  # beyond that, strange words are strange


def unknown(place: Place, named: set[int], blocked: frozenset[int]) -> set[int]:
    """Find the words that may be the name of somebody we do not know."""
    words = place.said.words
    free = [i for i in range(len(words)) if i not in named and i not in blocked]
    strange = {i for i in free if is_strange(place, i)}
    proper = {i for i in free if i not in strange and _is_proper(place, i, named)}
    proper |= {i for i in free if i not in strange and i not in proper and _is_listed_capital(place, i, named)}
    writes_capitals = not place.said.shouted and any(words[i].capital and not words[i].opens for i in named)
    found = set(proper)
    if len(strange) > _MOST_WEIGHED:
        return found | strange
    for i in sorted(strange):
        if _is_placename(place, i) or _stands_as_word(place, i, named):
            continue
        capital = words[i].capital and not place.said.shouted
        stands_out = capital or bool({i - 1, i + 1} & (named | strange | proper)) or _in_name_place(place, i, named)
        known = place.lexicon.is_forename(words[i].key) or _added(place, i)
        if stands_out or known or not writes_capitals:
            found.add(i)
    return found


def is_strange(place: Place, at: int) -> bool:
    """Whether nobody knows the word."""
    word = place.said.words[at]
    if len(word.key) == 1:
        return word.capital and word.key not in {"i", "a", "x"} and not place.said.shouted and not word.opens
    if any(c.isdecimal() for c in word.key) or at in place.in_hits:
        return False
    return not place.lexicon.is_ordinary(word.key)


def _is_proper(place: Place, at: int, named: set[int]) -> bool:  # noqa: PLR0911  one line a place in which a name may stand
    """Whether an ordinary word stands where a child's name would: "Amelia and Rose", "photo of Summer"."""
    word = place.said.words[at]
    if not word.key.isalpha():
        return False
    last_end = max((i + 1 for i in named if i < at), default=-1)
    given, family = word.key in place.lexicon.given, word.key in place.lexicon.family
    after = place.word(at + 1)
    season = after is not None and not after.gap and not word.possessive and after.key in place.lexicon.not_after
    if after is not None and after.key in ROWS and not after.gap and at + 2 in named and _stands_first(place, at):
        return not _goes_with_sentence(place, at)
    if _linked(place, at, named):
        return not (starts_clause(place, at) or (season and word.key in SEASONAL) or _goes_with_sentence(place, at))
    if at in place.in_phrases or season or not (given or family) or _is_named_place(place, at):
        return False
    if named and _added(place, at):
        return True
    if given and at not in place.in_hits:
        return names_somebody(place, at, last_end, last=False) and not _after_article(place, at)
    if joined_to_name(place, at, last_end):
        return at not in place.in_hits and (
            given or word.capital or after is None or bool(after.gap) or after.key in AFTER
        )
    return False


def _goes_with_sentence(place: Place, at: int) -> bool:
    """Whether the word after "Amelia and" is no name: "and put it on the site", "and her work", "and video"."""
    word = place.said.words[at]
    if word.key in place.lexicon.given or (
        word.capital and not place.said.shouted and word.key not in PROPER | CAPITALS
    ):
        return word.key in TITLES_SAID
    if at in place.things and word.key not in place.lexicon.family:
        return True
    if _is_a_thing(place, at):
        return True
    after = place.word(at + 1)
    sentence = after is not None and not after.gap and after.key in AFTER_VERB
    return word.key in FOLLOWERS | DETERMINERS | AFTER_MODAL or sentence


def _added(place: Place, at: int) -> bool:
    """Whether it is one more name at the end: "Amelia for the website also Hazel"."""
    before, after = place.word(at - 1), place.word(at + 1)
    last = after is None or bool(after.gap)
    return last and before is not None and before.key == "also" and place.said.words[at].key in place.lexicon.given


def _is_named_place(place: Place, at: int) -> bool:
    # "at Chester Zoo"
    before, after = place.word(at - 1), place.word(at + 1)
    going = before is not None and before.key in {"at", "to", "from", "visit", "visiting", "visited", "in", "the"}
    return going and after is not None and after.capital and not after.gap and after.key in PLACES


def _is_a_thing(place: Place, at: int) -> bool:
    """Whether it is what a child has beside it: "with hedgehogs", "and goats"; never a word that is somebody's name."""
    word, before = place.said.words[at], place.word(at - 1)
    if word.key in place.lexicon.family or not place.is_word(at) or place.roll.resembles(word.key):
        return False
    beside = before is not None and before.key in {"with", "beside", "alongside", "hugging"} and not word.gap
    return beside or word.key.endswith(("s", "ing", "ed"))


def _stands_first(place: Place, at: int) -> bool:
    # "photo of X and Amelia", "X and Amelia for ...": where a row of names begins
    before = place.word(at - 1)
    return before is None or bool(place.said.words[at].gap) or before.key in LEADS | {","}


def _linked(place: Place, at: int, named: set[int]) -> bool:
    """Whether it is joined to the name before: "Amelia Hart and ...", "Amelia Hart & ..."."""
    word, before = place.said.words[at], place.word(at - 1)
    if word.gap in CONNECTING - {","}:
        return at - 1 in named
    return before is not None and before.key in CONNECTORS and at - 2 in named


def _is_listed_capital(place: Place, at: int, named: set[int]) -> bool:
    """Whether it is one more of a row of names, by its capital alone: "Amelia Hart, Bo Parker and Time"."""
    word = place.said.words[at]
    if not word.capital or word.opens or place.said.shouted or at in place.in_phrases or not word.key.isalpha():
        return False
    if word.key in PROPER or word.key in CAPITALS or word.key in TITLES_SAID:
        return False
    after = place.word(at + 1)
    if after is not None and after.key in CONNECTORS and (at + 2 in named or (word.gap == "," and at - 1 in named)):
        return True
    return _linked(place, at, named)


def _after_article(place: Place, at: int) -> bool:
    before = place.word(at - 1)
    return before is not None and before.key in {
        "the",
        "a",
        "an",
        "this",
        "our",
        "my",
        "in",
        "last",
        "next",
        "early",
        "late",
    }


def _in_name_place(place: Place, at: int, named: set[int]) -> bool:
    words, before, after = place.said.words, place.word(at - 1), place.word(at + 1)
    if words[at].possessive or {at - 1, at + 1} & named:
        return True
    if words[at].gap in CONNECTING and at - 1 in named:
        return True
    if after is not None and after.gap in CONNECTING and at + 1 in named:
        return True
    if before is not None and (before.key in CONNECTORS and at - 2 in named):
        return True
    if after is not None and after.key in CONNECTORS and at + 2 in named:
        return True
    return before is not None and before.key in LEADS - {"on", "for", "use", "using"}


def _stands_as_word(place: Place, at: int, named: set[int]) -> bool:
    """Whether a strange small word stands where no child's name does: "the woodland trip", "her pot"."""
    word, before, after = place.said.words[at], place.word(at - 1), place.word(at + 1)
    if (
        (word.capital and not place.said.shouted and not word.opens)
        or word.possessive
        or place.lexicon.is_forename(word.key)
        or at + 1 in named
        or at - 1 in named
    ):
        return False
    if after is not None and ((after.key in CONNECTORS and at + 2 in named) or is_strange(place, at + 1)):
        return False
    if before is not None and not word.gap:
        return before.key in DETERMINERS
    return before is None and after is not None and after.key in {"it", "i", "we", "you"}


def _is_placename(place: Place, at: int) -> bool:
    """Whether a strange capital is a place: "Wexley Farm", "in Wexley"."""
    words = place.said.words
    if not words[at].capital or words[at].text.isupper() or words[at].possessive or place.roll.resembles(words[at].key):
        return False
    before, end = place.word(at - 1), at
    while end < len(words) and words[end].capital and (end == at or not words[end].gap) and is_strange(place, end):
        end += 1
    noun = place.word(end)
    start = at
    while start > 0 and words[start - 1].capital and is_strange(place, start - 1) and not words[start].gap:
        start -= 1
    before = place.word(start - 1)
    if noun is not None and not noun.gap and noun.key in PLACES:
        return before is None or before.key in {
            "at",
            "to",
            "in",
            "the",
            "from",
            "our",
            "for",
            "visit",
            "near",
            "trip",
            "visiting",
        }
    if end - start != 1 or before is None or words[start].gap:
        return False
    going = place.word(start - 2)  # "off to the Somme"
    return before.key in {"in", "at", "near"} or (
        before.key == "the" and going is not None and going.key in {"to", "from", "at", "in"}
    )
