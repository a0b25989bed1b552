"""Newspapers, clubs and other organisations named in a message, so that they are not taken for children."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from policy.names import Roll
from policy.spelling import parts
from policy.understanding.lexicon import Lexicon
from policy.understanding.words import Message, word_set

_PAPERS: Final = word_set(
    """
    gazette chronicle herald times post mail echo argus advertiser courier journal mercury news observer star
    express standard telegraph guardian independent tribune leader examiner reporter mirror sun bugle record citizen
    radio fm tv bbc itv recorder messenger packet press sentinel today live
    """
)
_SURE_PAPERS: Final = _PAPERS - word_set(
    """
    times post mail star express standard independent leader reporter sun record citizen tv today live recorder
    messenger packet press news journal
    """
)
_BODIES: Final = word_set(
    """
    fc afc rfc club ltd limited council charity foundation theatre company association society group bank rotary
    scouts brownies university studios photography photos united rovers athletic hospice appeal plc llp agency
    solutions partnership consortium federation
    """
)
# Papers known by one word, however it is written; and words that are part of a paper's name.
_ALONE: Final = frozenset({"bbc", "itv"})
_NATIONAL: Final = frozenset(
    {
        "the times",
        "the observer",
        "the telegraph",
        "the sun",
        "the mirror",
        "daily mail",
        "sky news",
        "channel 4",
        "the metro",
        "the mail",
        "the express",
        "the independent",
    }
)
_OF_A_PAPER: Final = frozenset(
    {
        "daily",
        "evening",
        "weekly",
        "morning",
        "sunday",
        "northern",
        "southern",
        "eastern",
        "western",
        "north",
        "south",
        "east",
        "west",
        "national",
        "county",
        "city",
        "radio",
        "sky",
    }
)
_CAPITAL_ONLY: Final = frozenset({"guardian", "leader", "today", "live", "record"})
_USES_IT: Final = word_set(
    """
    website page site facebook instagram twitter magazine newsletter brochure social media wants want want's blog
    advert poster publicity channel feed stories story report
    """
)
_VAGUE: Final = word_set(
    """
    the of and local school primary academy trust club news daily weekly evening morning ltd limited group media
    radio paper newspaper football sports charity
    """
)
_GOING_THERE: Final = frozenset({"at", "to", "in", "visit", "visiting", "trip"})


@dataclass(frozen=True, slots=True)
class Organisations:
    """The organisations said and the words that said them."""

    names: tuple[str, ...] = ()
    press: bool = False
    covered: frozenset[int] = frozenset()


def organisations(said: Message, roll: Roll, lexicon: Lexicon, listed: Sequence[str]) -> Organisations:
    """Find those the school has listed by name or unmistakable part, and others by what they are called."""
    names: list[str] = []
    covered: set[int] = set()
    press = False
    for name in listed:
        span = _listed(said, name, listed)
        if span is not None:
            start, end = _whole_name(said, roll, lexicon, *span)
            # "the Wexley Chronicle" is not "the Tanglemere Chronicle".
            names.append(name if start == span[0] else said.said(start, end))
            covered.update(range(start, end))
            press = True
    for at, word in enumerate(said.words):
        if at in covered or word.key not in _PAPERS | _BODIES or said.keys[at : at + 2] == ("times", "tables"):
            continue
        start, end = _whole_name(said, roll, lexicon, at, at + 1)
        paper = word.key in _PAPERS
        the = start > 0 and said.keys[start - 1] == "the"
        national = (
            start == at
            and the
            and f"the {word.key}" in _NATIONAL
            and (word.capital or word.key in {"times", "telegraph", "observer"})
        )
        if start == at and not (national or word.key in _ALONE or (word.key in _SURE_PAPERS and (word.capital or the))):
            continue
        if word.key in _CAPITAL_ONLY and (not word.capital or word.opens):
            continue
        if (
            paper
            and not word.capital
            and not national
            and word.key not in _SURE_PAPERS
            and f"{said.keys[start]} {word.key}" not in _NATIONAL
        ):
            continue
        if paper and not _is_paper(said, roll, lexicon, at, start=start, end=end):
            continue
        if not paper and not _acts(said, start, end):
            covered.update(range(start, end) if word.capital else ())
            continue
        names.append(said.said(start, end))
        covered.update(range(start, end))
        press = press or paper
    return Organisations(tuple(dict.fromkeys(names)), press, frozenset(covered))


@lru_cache(maxsize=512)
def _parts(name: str) -> tuple[str, ...]:
    return tuple(parts(name))


def _listed(said: Message, name: str, listed: Sequence[str]) -> tuple[int, int] | None:
    told = _parts(name)
    if set(said.keys).isdisjoint(told):
        return None
    if told[:1] == ("the",):
        told = told[1:]
    keys = said.keys
    for length in range(len(told), 0, -1):
        for first in range(len(told) - length + 1):
            part = tuple(told[first : first + length])
            if length < len(told) and not _unmistakable(part, name, listed):
                continue
            for at in range(len(keys) - length + 1):
                if keys[at : at + length] == part:
                    return at, at + length
    return None


def _unmistakable(part: tuple[str, ...], name: str, listed: Sequence[str]) -> bool:
    if all(word in _VAGUE for word in part):
        return False
    if len(part) == 1 and part[0] not in _SURE_PAPERS:
        return False
    return sum(set(part) <= set(_parts(other)) for other in listed if other != name) == 0


def _whole_name(said: Message, roll: Roll, lexicon: Lexicon, start: int, end: int) -> tuple[int, int]:
    """Stretch to the left over the words of the name: "Wexley and District Gazette", never over a child's name."""
    words = said.words
    while start > 0:
        word = words[start - 1]
        strange = word.key.isalpha() and not lexicon.is_ordinary(word.key)
        proper = word.capital and not word.opens and not said.shouted and word.key not in {"the", "i"}
        strange = strange or word.key in _OF_A_PAPER
        if words[start].gap or word.possessive or not (strange or proper):
            break
        told = word.key in _OF_A_PAPER
        if not told and (roll.is_first(word.key) or roll.is_last(word.key) or (strange and roll.resembles(word.key))):
            break
        start -= 1
    return start, end


def _is_paper(said: Message, roll: Roll, lexicon: Lexicon, at: int, *, start: int, end: int) -> bool:
    """Whether "Zoë Post" is a newspaper: never straight after a child's name, and a doubtful word needs a sign."""
    before = said.words[start - 1] if start and not said.words[start].gap else None
    if (
        before is not None
        and before.key in {"and", "with", "or", "plus"}
        and start > 1
        and _is_pupils(roll, said.keys[start - 2])
    ):
        return False
    if before is not None and (roll.is_first(before.key) or roll.is_last(before.key) or before.key in lexicon.given):
        return False
    told = said.words[at].key
    the = before is not None and before.key in {"the", "our", "local"}
    if the or told in _ALONE or said.keys[start] in _OF_A_PAPER:
        return True
    if roll.is_last(told):
        return False
    return told in _SURE_PAPERS or bool(
        set(said.keys[end : end + 3]) & (_USES_IT | {"newspaper", "reporter", "asked", "took"})
    )


def _is_pupils(roll: Roll, key: str) -> bool:
    return roll.is_first(key) or roll.is_last(key)


def _acts(said: Message, start: int, end: int) -> bool:
    before = said.keys[start - 1] if start else ""
    if before in _GOING_THERE or (before == "the" and said.keys[max(0, start - 2)] in _GOING_THERE):
        return False
    return bool(set(said.keys[end : end + 3]) & _USES_IT) or before in {"for", "by", "give", "send", "from", "with"}
