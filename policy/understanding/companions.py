"""Children who are meant but not named: "the twins", "and the choir", "Tom's class", "some Year 5s"."""

from collections.abc import Sequence
from typing import Final

from policy.understanding.words import Message, word_set

_TOGETHER: Final = frozenset({"twins", "triplets", "siblings"})
_WHOSE: Final = frozenset({"the", "our", "my", "his", "her", "these", "those", "both", "and", "with"})
_LINKS: Final = word_set("and with plus alongside beside hugging n")
_GAPS: Final = frozenset({"&", "+", ", &"})
_ADULTS: Final = word_set("mum dad mother father parent parents teacher carer family")
_SIBLING: Final = word_set("brother sister twin brothers sisters cousin cousins sibling")
_PEOPLE: Final = (
    _SIBLING
    | _TOGETHER
    | word_set(
        """
    choir band orchestra ensemble cast crew class classmate classmates group groups table team squad club house form
    friend friends mate mates pal pals buddy buddies bestie besties partner partners peer peers pair trio
    boy boys girl girls child children kid kids pupil pupils student students lad lads lass lasses one ones
    other others rest lot gang everyone everybody someone somebody neighbour winners winner council
    """
    )
)
_ALONE: Final = word_set("others everyone everybody someone somebody friends mates pals classmates peers co twin")
_STARTS: Final = word_set(
    """
    the a an all his her their our my your some two three four five six seven eight nine ten several few many
    another other any both most more half that this these those whole 2 3 4 5 6 7 8 9 10 12 15 20 30 one
    """
)
_OF: Final = word_set("of the")
_TEAMS: Final = word_set("choir band orchestra ensemble cast team squad club council")
_TAKEN: Final = word_set(
    "of photograph photographing film filming video videoing picture snap show showing put putting post posting share"
)
_WHICH: Final = word_set("the a an our my your this that")
_OWNED_BY: Final = word_set("his her their")
_MODIFIES_NOT: Final = word_set(
    """
    on in at to for from with and or by is can be it i we parents parent parents' pta facebook whatsapp teams dojo
    staff teacher fridge
    """
)
_AFTER: Final = word_set(
    """
    on in for at to from of by with and or next near beside behind who that is are was were be go appear have has can
    could may will please too also together as onto during doing playing singing holding winning working sitting
    standing allowed ok okay today tomorrow around about if
    """
)
_PART: Final = word_set("some few several couple two three four five six seven eight nine ten half most many 2 3 4 5 6")
_A_PART: Final = _PART | word_set("child children kids pupils boys girls boy girl kid pupil lads lad lass student")
_ALL: Final = word_set("rest everyone everybody all lot class form")


def unnamed(said: Message, names: Sequence[tuple[int, int]], groups: Sequence[tuple[int, int]]) -> list[str]:
    """Find them, as they were typed. `names` and `groups` are the places of what was named."""
    keys, found = said.keys, []
    classes = {i for start, end in groups for i in range(start, end)}
    taken: set[int] = set()
    for at, key in enumerate(keys):
        span = None
        if key in _TOGETHER and at and keys[at - 1] in _WHOSE:
            span = at - 1, at + 1
        elif (names or groups) and (key in _LINKS or said.words[at].gap in _GAPS):
            span = _beside(said, at + 1 if key in _LINKS else at)
        elif names and key in _OWNED_BY and said.words[at].gap == ",":
            span = _beside(said, at)  # "Tom, his friends"
        elif key in _SIBLING:
            span = _sibling(said, at)
        if span is None and key in _STARTS:
            span = _before_name(said, at, {start for start, _ in names})
        if span is not None and not classes.isdisjoint(range(*span)) and _ALL & set(keys[span[0] : span[1]]):
            continue  # "and the rest of 4L": the class is asked about
        if span is not None and taken.isdisjoint(range(*span)):
            taken.update(range(*span))
            found.append(said.said(*span))
    if not (found or names or groups):
        return _of_a_team(said)
    return found + _owned(said, names, taken) + _parts(said, groups)


def _of_a_team(said: Message) -> list[str]:
    """Find "a photo of the chess club" and "put our choir on Facebook"."""
    for at, key in enumerate(said.keys):
        if key in _TAKEN and said.keys[at + 1 : at + 2] and said.keys[at + 1] in _WHICH:
            end = _noun_end(said, at + 2)
            if end is not None and said.keys[end - 1] in _TEAMS:
                return [said.said(at + 1, end)]
    return []


def _owned(said: Message, names: Sequence[tuple[int, int]], taken: set[int]) -> list[str]:
    """Find "Tom's class", "Tom's friends"."""
    found = []
    for start, end in names:
        after = _noun_end(said, end) if said.words[end - 1].possessive else None
        if after is not None and taken.isdisjoint(range(end, after)):
            found.append(said.said(start, after))
    return found


def _parts(said: Message, groups: Sequence[tuple[int, int]]) -> list[str]:
    found = ((_part(said, start, end), end) for start, end in groups)
    return [said.said(first, end) for first, end in found if first is not None]


def _sibling(said: Message, at: int) -> tuple[int, int] | None:
    """Read "Amelia's little sister" and "her sister"."""
    start = at - 2 if at > 1 and said.keys[at - 1] in word_set("little big twin baby younger older") else at - 1
    if start < 0 or not (said.words[start].possessive or said.keys[start] in _OWNED_BY):
        return None
    return (start, at + 1) if _stops(said, at + 1) else None


def _beside(said: Message, at: int) -> tuple[int, int] | None:
    """Read "the choir", "all her friends", "two others" after "and" or "with"."""
    if at >= len(said.keys):
        return None
    if said.keys[at] in _ALONE and _stops(said, at + 1):
        return at, at + 1
    if said.keys[at] not in _STARTS:
        return None
    end = _noun_end(said, at + 1)
    if end is None and said.keys[at] in {"another", "more"} and _stops(said, at + 1):
        end = at + 1
    if end is None:
        return None
    if said.keys[end : end + 2] == ("next", "to") or said.keys[end : end + 1] == ("of",):
        end = min(end + 3, len(said.keys))
    return at, end


def _before_name(said: Message, at: int, starts: set[int]) -> tuple[int, int] | None:
    """Read "the choir" in "the choir and Tom Baker"."""
    end = _noun_end(said, at + 1)
    return (at, end) if end is not None and end + 1 in starts and said.keys[end] in _LINKS else None


def _noun_end(said: Message, at: int) -> int | None:
    """Find where a word for children ends that begins here, after a word or three that say which."""
    for place in range(at, min(at + 4, len(said.keys))):
        word = said.words[place]
        if word.gap not in {"", "-"} or (place > at and said.words[place - 1].possessive):
            return None
        if word.key in _PEOPLE and _stops(said, place + 1) and not word.possessive:
            return place + 1
        if word.key in _MODIFIES_NOT | _ADULTS:
            return None
    return None


def _stops(said: Message, at: int) -> bool:
    """Whether nothing follows that the word belongs to: "the class page" is no class."""
    return at >= len(said.keys) or bool(said.words[at].gap) or said.keys[at] in _AFTER


def _part(said: Message, start: int, end: int) -> int | None:
    """Find where "some Year 5s", "two of 4L" begins: part of a class, nobody knows which."""
    if not _stops(said, end):
        return None
    at, keys = start, said.keys
    while at and keys[at - 1] in _OF | {"from", "in", "our"} and start - at < 3:  # noqa: PLR2004  "some of the ..."
        at -= 1
    if not at or keys[at - 1] not in _A_PART:
        return None
    plain_part = keys[at - 1] in _PART
    if not plain_part and (at < 2 or keys[at - 2] not in _PART | {"a", "one", "another", "this", "that"}):  # noqa: PLR2004  "a girl in 4L"
        return None
    first = at - 1 if plain_part else at - 2
    return first if first == 0 or keys[first - 1] not in {"year", "years", "class"} else None
