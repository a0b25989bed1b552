"""Words that leave somebody out: "not the one in 2D", "everyone except Tom". Whoever is left out is never certain."""

from typing import Final

from policy.understanding.around import CONNECTORS
from policy.understanding.words import Message, word_set

# Longest first; each stands right before the one left out, or a few small words before.
_PHRASES: Final = tuple(
    tuple(phrase.split())
    for phrase in (
        "with the exception of",
        "other than",
        "apart from",
        "aside from",
        "rather than",
        "instead of",
        "leaving out",
        "leave out",
        "not counting",
        "not including",
        "save for",
    )
)
_WORDS: Final = word_set(
    """
    not except excepting excluding excludes exclude but without minus bar barring no nor neither never omitting omit
    skipping skip isnt arent wasnt aint
    """
)
_VERBS: Final = word_set("isnt arent wasnt aint")  # "isn't Tom allowed?" leaves nobody out
_SMALL: Final = word_set(
    """
    the a an one ones those any anyone anybody for in of from class year pupil pupils child children kid kids boy girl
    boys girls who is are he she him her them that which whose form
    """
)
_AFTER: Final = frozenset({"excluded", "excepted", "omitted", "aside"})
_NUMBERED: Final = frozenset({"class", "number", "year", "form", "room"})
_NAME_OF: Final = word_set("name names surname surnames face faces first last")
_FROM_A_CLASS: Final = word_set("not except excepting excluding exclude bar but minus")
_SOME: Final = word_set("her him them those one two three four five some few everyone everybody all")
_FAR: Final = 6  # small words between


def left_out(said: Message, start: int, end: int) -> int | None:
    """Give where the words begin that leave out the name or class from `start` to `end`; None where none do."""
    keys = said.keys
    following = keys[end] if end < len(keys) else ""
    if following in _AFTER and not said.words[end].gap:
        return start
    if said.words[end - 1].possessive and following in _NAME_OF:
        return None  # "without Tom's surname"
    return _begins(said, start)


def _begins(said: Message, start: int) -> int | None:
    keys, at = said.keys, start
    while at > 0 and start - at <= _FAR:
        if said.words[at].opens:
            return None
        for phrase in _PHRASES:
            if keys[max(0, at - len(phrase)) : at] == phrase and (phrase[0] != "leave" or keys[at] != "of"):
                return at - len(phrase)
        before = keys[at - 1]
        if before in _WORDS:
            return at - 1 if _leaves_out(said, at - 1, start) else None
        if before not in _SMALL:
            return None
        at -= 1
    return None


def _leaves_out(said: Message, at: int, start: int) -> bool:
    key, before = said.keys[at], said.keys[at - 1] if at else ""
    if key in _VERBS:
        return at + 1 < start
    if key == "no":
        return before not in _NUMBERED and not said.words[at + 1].gap  # "class no 4", "no, Ann Lee"
    if key == "not" and before == "why":
        return False  # a question for a cause, and refused as one
    if key == "but":
        return at > 0 and before not in CONNECTORS
    return True


def others_left_out(said: Message) -> str | None:
    """Give the words that leave out of a class whom nobody named: "except her", "bar two"; None where none do."""
    keys = said.keys
    for at, key in enumerate(keys):
        phrase = next((one for one in _PHRASES if keys[at : at + len(one)] == one), ())
        end = at + len(phrase) if phrase else at + 1
        follows = keys[end] if end < len(keys) else ""
        if (phrase or key in _FROM_A_CLASS) and follows in _SOME and (key, follows) != ("not", "one"):
            return said.said(at, end + 1)
    return None


def only_negated(said: Message) -> bool:
    """Whether a short answer says who it is not: "no 2D", "not him"."""
    return any(
        key in _WORDS - _VERBS and (key != "no" or (at + 1 < len(said.keys) and _leaves_out(said, at, at + 1)))
        for at, key in enumerate(said.keys)
    ) or bool({"isnt", "except"} & set(said.keys))
