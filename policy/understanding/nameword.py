"""When an ordinary word is a child's name: "May I" is nobody, "May Green" is somebody."""

from policy.understanding.around import (
    AFTER,
    ASKED,
    CONNECTING,
    CONNECTORS,
    LEADS,
    MODALS,
    OWNED,
    PREPOSITIONS,
    THINGS_SEEN,
)
from policy.understanding.place import Place


def reads_as_words(place: Place, start: int, end: int) -> bool:
    """Whether the whole stretch is ordinary English as it stands: "may young", "will grace"."""
    words = place.said.words[start:end]
    if not all(map(place.is_word, range(start, end))):
        return False
    if place.said.shouted:
        return True
    if all(word.capital for word in words):
        return False
    if any(word.capital and not word.opens for word in words):
        return not all(word.capital or word.opens for word in words)
    before, after = place.word(start - 1), place.word(end)
    leads = before is not None and before.key in LEADS and not words[0].gap
    follows = after is None or bool(after.gap) or after.key in AFTER
    return not (follows and (leads or start == 0) and words[0].key not in MODALS)


def asks_about(place: Place, start: int, cut: int, end: int) -> bool:
    """Whether "Will Grace be ok" may ask about Grace, not about Will Grace."""
    opening = place.said.words[start]
    second = "".join(word.key for word in place.said.words[cut:end])
    return opening.opens and opening.key in MODALS and place.roll.is_first(second) and _asks(place, end)


def _asks(place: Place, at: int) -> bool:
    after = place.word(at)
    return after is not None and after.key in {
        "be",
        "go",
        "appear",
        "have",
        "feature",
        "look",
        "need",
        "get",
        "still",
    }


def names_somebody(place: Place, at: int, last_end: int, *, last: bool) -> bool:  # noqa: PLR0911  one line a place in which a word is a name
    """Whether an ordinary word that is also a pupil's name is used as the name here."""
    word, before, after = place.said.words[at], place.word(at - 1), place.word(at + 1)
    if at in place.in_phrases and not word.possessive:
        return False
    if after is not None and not after.gap and not word.possessive and after.key in place.lexicon.not_after:
        return False
    if joined_to_name(place, at, last_end):
        return True
    if word.capital and not word.opens and not place.said.shouted:
        return not (last and at in place.in_hits) and not (
            before is not None and before.key in {"the", "a", "an"} and last
        )
    if last:
        return False
    if word.possessive and (after is None or after.key in OWNED or word.capital):
        return True
    follows = after is None or bool(after.gap) or after.key in AFTER
    if before is not None and not word.gap and before.key in LEADS and follows:
        return word.key not in MODALS or before.key not in {"for", "on", "use"}
    if at == 0 or word.opens:
        return (after is None and at == 0) or (
            after is not None and (after.key in PREPOSITIONS or bool(after.gap)) and word.key not in {"can", "might"}
        )
    return before is not None and before.key in ASKED and after is not None and after.key in AFTER


def joined_to_name(place: Place, at: int, last_end: int) -> bool:
    """Whether a word is joined to a name: "Amelia and Rose", "Rose & Amelia"."""
    word, before = place.said.words[at], place.word(at - 1)
    if last_end == at and word.gap in CONNECTING:
        return word.gap != "," or not starts_clause(place, at)
    if last_end == at - 1 and before is not None and before.key in CONNECTORS:
        return not starts_clause(place, at)
    after = place.word(at + 1)
    if after is None or not word.key.isalpha():
        return False
    beyond = place.word(at + 2) if after.key in CONNECTORS else (after if after.gap in CONNECTING else None)
    return (
        beyond is not None
        and word.key not in THINGS_SEEN
        and place.roll.is_first(beyond.key)
        and not place.lexicon.is_ordinary(beyond.key)
        and word.key in place.lexicon.given
    )


def starts_clause(place: Place, at: int) -> bool:
    """Whether "may" or "will" after a name begins what is asked."""
    # "Amelia, may I ..." and "Amelia and will it be ...": the word goes on with the sentence.
    word, after = place.said.words[at], place.word(at + 1)
    if word.key in MODALS and after is not None:
        return after.key in {
            "i",
            "we",
            "you",
            "it",
            "they",
            "he",
            "she",
            "the",
            "this",
            "that",
            "be",
            "also",
            "her",
            "his",
        }
    return False
