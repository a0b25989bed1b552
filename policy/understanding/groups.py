"""Classes, years and the whole school in a message."""

import re
from dataclasses import dataclass
from typing import Final

from policy.names import Roll
from policy.understanding.lexicon import lexicon
from policy.understanding.words import Message

_CODE: Final = re.compile(r"^(?:\d{1,2}[a-z]{1,2}|[nr][a-z]?\d?)$")  # "4L": looks like a class whether or not it is one
_YEAR_CODE: Final = re.compile(r"^(?:y|yr|year)(\d{1,2})s?$")
_YEAR_WORDS: Final = frozenset({"year", "years", "yr", "yrs", "y"})
_NUMBERS: Final = {
    word: str(number)
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
        1,
    )
}
_STAGES: Final = {
    "eyfs": ("N", "R"),
    "ks1": ("1", "2"),
    "ks2": ("3", "4", "5", "6"),
    "ks3": ("7", "8", "9"),
    "ks4": ("10", "11"),
    "ks5": ("12", "13"),
}
_EARLY: Final = {"reception": "R", "nursery": "N"}
_FOR_ALL: Final = frozenset({"everyone", "everybody", "all", "whole", "entire", "every"})
_ALL_OF: Final = frozenset({"school", "pupils", "pupil", "children", "child", "kids", "students", "student"})
# "the nursery", "reception desk": places, not children, unless something says so.
_NOT_THE_CHILDREN: Final = frozenset(
    {
        "area",
        "desk",
        "door",
        "screen",
        "tv",
        "entrance",
        "places",
        "place",
        "admissions",
        "intake",
        "foyer",
        "office",
        "window",
        "wall",
    }
)
_ABOUT_A_STAGE: Final = frozenset({"baseline", "profile", "framework", "evidence", "folder", "assessment", "tracker"})
_OF_A_CLASS: Final = frozenset({"in", "from", "of", "class", "everyone", "all"})
_OUR: Final = frozenset({"my", "our", "her", "his", "their", "whole", "this", "that"})
_AFTER_OURS: Final = frozenset(
    {"page", "display", "story", "dojo", "blog", "assembly", "photo", "photos", "picture", "book", "wall", "website"}
)
_YEAR_NOT_GROUP: Final = frozenset({"book", "books", "group", "end", "ago", "old", "olds"})
_LEADS_CLASS: Final = frozenset({"in", "of", "from", "everyone", "all"})
_SHORT_CLASS: Final = 3


WHOLE_SCHOOL: Final = "the whole school"


@dataclass(frozen=True, slots=True)
class GroupSaid:
    """A group, where it was said, and how; no class names where the school has no such group."""

    start: int
    end: int
    label: str
    classes: tuple[str, ...]
    year: str = ""  # the year group, where a year was said


def groups(said: Message, roll: Roll, taken: frozenset[int]) -> tuple[GroupSaid, ...]:
    """Find every class and year; the whole school only where nothing smaller was said."""
    found: list[GroupSaid] = []
    at = 0
    while at < len(said.words):
        one = None if at in taken else (_a_year(said, roll, at) or _a_class(said, roll, at))
        if one is not None:
            found.append(one)
            at = one.end
        else:
            at += 1
    return tuple(found) or _whole_school(said, roll)


def _a_class(said: Message, roll: Roll, at: int) -> GroupSaid | None:  # noqa: PLR0911  one line a way of saying a class
    keys, word = said.keys, said.words[at]
    if word.key in {"class", "classes", "form", "tutor"} and at + 1 < len(keys):
        name = roll.class_named(keys[at + 1])
        if name is not None and not said.words[at + 1].gap:
            return GroupSaid(at, at + 2, name, (name,))
        if _CODE.match(keys[at + 1]) and any(c.isdecimal() for c in keys[at + 1]):
            return GroupSaid(at, at + 2, said.words[at + 1].text, ())
        if keys[at + 1].isdecimal():
            return _year_named(roll, keys[at + 1], at, at + 2)
    name = roll.class_named(word.key)
    if name is None and word.key[:1].isdecimal() and word.key.endswith("s"):
        name = roll.class_named(word.key[:-1])  # "the 4Ls"
    if name is None and at + 1 < len(keys) and word.key.isdecimal() and len(keys[at + 1]) == 1:  # "4 L", "6-T"
        name = roll.class_named(word.key + keys[at + 1])
        if name is not None and keys[at + 1] != "a":
            return GroupSaid(at, at + 2, name, (name,))
        name = None
    if name is not None:
        return GroupSaid(at, at + 1, name, (name,)) if _is_said_as_class(said, roll, at) else None
    if (
        _CODE.match(word.key)
        and word.key[0].isdecimal()
        and not word.key.endswith(("st", "nd", "rd", "th", "am", "pm"))
    ):
        return GroupSaid(at, at + 1, word.text, ())  # a class that this school has not got
    return None


def _is_said_as_class(said: Message, roll: Roll, at: int) -> bool:
    # "4L" is a class wherever it stands; "RW" in capitals; "Willow" only beside a word that says so.
    word, keys = said.words[at], said.keys
    if not word.key.isalpha():
        return not word.key.isdecimal()
    before = keys[at - 1] if at else ""
    after = keys[at + 1] if at + 1 < len(keys) else ""
    if after in {"class", "classes"} or before == "class":
        return True
    if len(word.key) <= _SHORT_CLASS:
        return (word.text.isupper() and not said.shouted) or before in _OF_A_CLASS or word.gap == "("
    led = before in _LEADS_CLASS
    if roll.is_first(word.key) or roll.is_last(word.key):
        return led and at > 1 and keys[at - 2] in _FOR_ALL | {"children", "kids", "pupils", "rest"}
    return led or (word.capital and not said.shouted) or not lexicon().is_ordinary(word.key)


def _a_year(said: Message, roll: Roll, at: int) -> GroupSaid | None:  # noqa: PLR0911  one line a way of saying a year
    keys, key = said.keys, said.words[at].key
    if coded := _YEAR_CODE.match(key):
        return _more_years(said, roll, at, at + 1, [coded[1]])
    if key in _YEAR_WORDS and at + 1 < len(keys):
        number = keys[at + 1].removesuffix("s") if keys[at + 1][:1].isdecimal() else _NUMBERS.get(keys[at + 1], "")
        if number.isdecimal():
            return _more_years(said, roll, at, at + 2, [number])
        if roll.class_named(keys[at + 1]) and keys[at + 1][:1].isdecimal():
            return _a_class(said, roll, at + 1)
    if key in _STAGES and not (at + 1 < len(keys) and keys[at + 1] in _ABOUT_A_STAGE):
        years = _STAGES[key]
        return GroupSaid(
            at, at + 1, key.upper(), tuple(name for year in years for name in roll.classes_of_year(year)), key
        )
    if key in _EARLY and not (at + 1 < len(keys) and keys[at + 1] in _NOT_THE_CHILDREN):
        before = keys[at - 1] if at else ""
        if key == "reception" and before in {"the", "at"}:
            return None
        return _year_named(roll, _EARLY[key], at, at + 1, label=key.capitalize())
    return None


def _more_years(said: Message, roll: Roll, start: int, end: int, years: list[str]) -> GroupSaid | None:
    keys = said.keys
    if end < len(keys) and keys[end] in _YEAR_NOT_GROUP - {"group"} and not said.words[end].gap:
        return None
    while end < len(keys):
        gap = said.words[end].gap
        if (
            gap in {"/", "&", "-", "+", ","}
            and keys[end].removesuffix("s").isdecimal()
            and len(keys[end]) < _SHORT_CLASS
        ):
            years.append(keys[end].removesuffix("s"))
            end += 1
        elif (
            keys[end] in {"and", "or", "to"}
            and end + 1 < len(keys)
            and keys[end + 1].isdecimal()
            and len(keys[end + 1]) < _SHORT_CLASS
        ):
            years.append(keys[end + 1])
            end += 2
        else:
            break
    if len(years) == 1:
        return _year_named(roll, years[0], start, end)
    classes = tuple(name for year in years for name in roll.classes_of_year(year))
    label = " and ".join(f"Year {year}" for year in years)
    return GroupSaid(start, end, label, classes if all(map(roll.classes_of_year, years)) else (), "+".join(years))


def _year_named(roll: Roll, year: str, start: int, end: int, label: str = "") -> GroupSaid:
    return GroupSaid(start, end, label or f"Year {year}", roll.classes_of_year(year), year)


def _whole_school(said: Message, roll: Roll) -> tuple[GroupSaid, ...]:
    keys = said.keys
    for at, key in enumerate(keys):
        if key not in _FOR_ALL:
            continue
        rest = [word for word in keys[at + 1 : at + 4] if word not in {"of", "our", "the", "my", "single"}]
        if key in {"everyone", "everybody"}:
            named = at > 0 and keys[at - 1] in {"of", "photograph", "film", "include"}
            leads = at == 0 and (not rest or rest[0] in {"on", "for", "at", "in"})
            if named or leads or rest[:2] in (["in", "school"], ["at", "school"]):
                return (GroupSaid(at, at + 1, WHOLE_SCHOOL, roll.classes),)
        elif rest and rest[0] in _ALL_OF and not (key == "all" and rest[0] == "school"):
            return (GroupSaid(at, at + 1, WHOLE_SCHOOL, roll.classes),)
    return ()


def own_class(said: Message) -> tuple[int, int] | None:
    """Find "my class", of which only the asker knows which it is."""
    keys = said.keys
    for at in range(len(keys) - 1):
        if keys[at] in _OUR and keys[at + 1] in {"class", "form", "tutor", "lot", "kids", "children", "pupils"}:
            after = keys[at + 2] if at + 2 < len(keys) else ""
            if keys[at + 1] in {"class", "form", "tutor"} and after in _AFTER_OURS:
                continue
            return at, at + 2
    return None
