"""What a message tells, apart from pictures: the concepts it names, and whether something happened or is only asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from policy.spelling import plain
from policy.understanding.lexicon import lexicon
from policy.understanding.mood import Mood, begins_asking, mood
from policy.understanding.signs import Signs
from policy.understanding.tellwords import Meanings, meanings, respelt
from policy.understanding.words import Message, Word, message

_MOST_WORDS: Final = 120  # what starts a flow is said near the beginning
_OWNERS: Final = frozenset({"his", "her", "hers", "their", "theirs", "own", "my"})  # "his file", "her old school notes"
_WHOEVER: Final = "family|pupil|former|staff|outsider|pronoun"  # written `whoever` in patterns
_WHAT: Final = frozenset({"what", "whatever", "everything", "anything", "all", "every"})
_ABOUT_WHOM: Final = frozenset({"him", "her", "them", "me", "my", "his", "their", "himself", "herself", "themselves"})
_ABOUT: Final = frozenset({"about", "on"})
# "What do I do?" after what happened asks for the dialog, not for the rule.
_WHAT_NOW: Final = frozenset(
    {"now", "next", "do", "proceed", "report", "log", "register", "record", "tell", "inform", "handle", "deal", "reply"}
)
_FILES: Final = frozenset({"record", "records", "file", "files"})
_COPY: Final = frozenset({"copy", "copies"})
_NEAR: Final = 6  # words in "off her sons old personnel record"
_FAR: Final = 10  # words between "what" and "about her"
_NO_SIGNS: Final = Signs(
    someone=False,
    certain=False,
    grouped=False,
    uses=False,
    maybe_name=False,
    rule_use=False,
    strong_use=False,
    circumstance=False,
    date=False,
    probing=False,
    staff=False,
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Concepts that together tell something; a concept is a bit."""

    all: int  # each of these
    some: tuple[int, ...]  # of each of these at least one
    none: int


@dataclass(frozen=True, slots=True)
class Tale:
    """A message as concepts, with the words they were found in."""

    keys: tuple[str, ...]
    told: frozenset[str]
    bits: int  # the concepts of telling.toml
    mood: Mood
    signs: Signs
    marked: bool = False  # ends in a question mark
    wonders: bool = False  # has one somewhere

    def has(self, concept: str) -> bool:
        """Whether the concept is in it."""
        return bool(self.bits & meanings().bit[concept])

    def tells(self, patterns: Sequence[Pattern]) -> bool:
        """Whether one of the patterns is in it."""
        bits = self.bits
        for pattern in patterns:
            if bits & pattern.all != pattern.all or bits & pattern.none:
                continue
            for some in pattern.some:
                if not bits & some:
                    break
            else:
                return True
        return False


def patterns(text: str) -> tuple[Pattern, ...]:
    """Read patterns, one a line: every word is a concept that must be there, `a|b` either, `-a` must not be.

    Raises ValueError where a concept is not in telling.toml.
    """
    return tuple(_pattern(line.replace("whoever", _WHOEVER).split()) for line in text.strip().splitlines())


def _pattern(words: Sequence[str]) -> Pattern:
    every, none, some = 0, 0, list[int]()
    for word in words:
        if word.startswith("-"):
            none |= _bits(word[1:])
        elif "|" in word:
            some.append(_bits(word))
        else:
            every |= _bits(word)
    return Pattern(every, tuple(some), none)


def _bits(concepts: str) -> int:
    told, bits = meanings().bit, 0
    for concept in concepts.split("|"):
        if concept not in told:
            raise ValueError(f"A pattern asks for {concept}, which telling.toml does not have.")
        bits |= told[concept]
    return bits


def tale(said: Message, signs: Signs) -> Tale:
    """Find the concepts of a message whose ordinary slips were put right."""
    known = meanings()
    keys = tuple([_key(word, known) for word in said.words[:_MOST_WORDS]])
    bits = _found(keys, known)
    told = {concept: bool(bits & known.bit[concept]) for concept in ("embedded", "policytail", "nowish", "present")}
    how = mood(
        keys,
        clauses=frozenset([at for at, word in enumerate(said.words[:_MOST_WORDS]) if word.gap]),
        asks_within=told["embedded"] or ("?" in said.text and told["policytail"]) or _ends_asking(said, keys),
        here=told["nowish"],
        present=told["present"],
    )
    return Tale(
        keys, frozenset(keys), bits, how, signs, marked=said.text.rstrip().endswith("?"), wonders="?" in said.text
    )


def _ends_asking(said: Message, keys: tuple[str, ...]) -> bool:
    """Whether several sentences end in one that asks for the rule: "The printer is slow. May reports wait in it?"."""
    if not said.text.rstrip().endswith("?") or len(said.words) > _MOST_WORDS:
        return False
    last = max((at for at, word in enumerate(said.words) if word.opens), default=0)
    asked = keys[last:]
    return last > 0 and begins_asking(asked) and _WHAT_NOW.isdisjoint(asked)


def tale_of(text: str) -> Tale:
    """Find the concepts of a text by itself, where no school's names are at hand."""
    return tale(message(text), _NO_SIGNS)


def _found(keys: Sequence[str], known: Meanings) -> int:
    phrases, records, theirs = known.phrases, known.bit["records"], known.bit["theirs"]
    bits = 0
    for at, key in enumerate(keys):
        for rest, meant in phrases.get(key, ()):
            if not rest or keys[at + 1 : at + 1 + len(rest)] == rest:
                bits |= meant
                if meant & records and at and not _OWNERS.isdisjoint(keys[max(0, at - 3) : at]):
                    bits |= theirs
    if _off_the_record(keys):
        bits |= known.bit["struckoff"]
    return bits | known.bit["holding"] if _asks_what_is_about(keys) else bits


def _off_the_record(keys: Sequence[str]) -> bool:
    """Whether it says to take something "off her record", "off the old file": an entry, and no copy of it."""
    return any(
        key == "off" and not _FILES.isdisjoint(keys[at + 1 : at + _NEAR]) and _COPY.isdisjoint(keys)
        for at, key in enumerate(keys)
    )


def _asks_what_is_about(keys: Sequence[str]) -> bool:
    """Whether it says "what ... about her": what teachers have put about him, everything there is on them."""
    return any(
        key in _WHAT
        and any(word in _ABOUT and whom in _ABOUT_WHOM for word, whom in pairwise(keys[at + 2 : at + _FAR]))
        for at, key in enumerate(keys)
    )


def _key(word: Word, known: Meanings) -> str:
    key = word.key
    if word.possessive and (whole := plain(word.text)) in known.phrases:
        return whole  # "anothers", "someone elses", "mums"
    typed = plain(word.text)
    if typed.startswith(key) and not word.text.isalnum():  # "we've"
        typed = key
    if typed in known.words:  # "csam" is no slip for "scam"
        return typed
    if key in known.words or not key.isalpha():
        return key
    if (typed == key and lexicon().is_ordinary(key)) or lexicon().is_name(typed):
        return key
    return respelt(typed) or key
