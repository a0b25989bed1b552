"""One typed answer to one field, in people's words: "about 30", "the second one", "not known yet, Friday"."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz

from policy.filled import (
    ADD_THE_TIME,
    GONE_BY,
    NOT_OFFERED,
    WHICH_DAY,
    Problem,
    checked,
    plain,
    read,
    says_unknown,
)
from policy.forms import LONDON, Choice, Field, Kind, Value, at, unknown
from policy.moments import DayOnly, day_said, moment_said

_NEAR_ENOUGH: Final = 84  # of 100: a slip or two in a choice's words, never another choice
_CLEAR_BY: Final = 8  # and that much nearer than the next
_LONGEST_CHOICE: Final = 120  # characters; longer words are a story, not the name of a choice
_NUMBER: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_RANGE: Final = re.compile(r"(\d+)\s*(?:-|\u2013|to|and|or)\s*(\d+)")
_SPELT: Final = {"none": 0, "nobody": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6} | {
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "dozen": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "hundred": 100,
}
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "last": -1}
_YES: Final = {"y": "yes", "yep": "yes", "yeah": "yes", "n": "no", "nope": "no"}
_PARTS: Final = re.compile(r"\s*(?:[,;/+&]|\band\b)\s*")
_NOT_A_MOMENT: Final = "I can't read that as a day and time. For instance: yesterday at 3, or 23/11/2026 14:30."
_NOT_A_DAY: Final = "I can't read that as a day. For instance: Friday, or 23/11/2026."
_NOT_A_NUMBER: Final = "Please type one number; a rough one is fine."


def typed(field: Field, words: str, *, now: datetime, zone: ZoneInfo = LONDON) -> Value | Problem:  # noqa: PLR0911  one line a kind
    """Read what was typed as the answer to one field; the problem keeps the words where its input can hold them."""
    words = plain(words, lines=field.kind is Kind.LONG)
    if field.unknown_ok and (not_yet := _unknown(field, words, now, zone)) is not None:
        return not_yet
    match field.kind:
        case Kind.TEXT | Kind.LONG:
            found = read(field, {field.name: words}, now=now, zone=zone)
            return _problem(field, "Please write a few words.", words) if found is None else found
        case Kind.CHOICE:
            chosen = _chosen(field.choices, words)
            return _problem(field, NOT_OFFERED) if chosen is None else chosen.value
        case Kind.SEVERAL:
            return _several(field, words)
        case Kind.NUMBER:
            number = _number(words)
            return _problem(field, _NOT_A_NUMBER) if number is None else checked(field, number, {}, now=now)
        case Kind.DATE:
            on = day_said(words, now.astimezone(zone).date(), past=field.past)
            return _problem(field, _NOT_A_DAY) if on is None else checked(field, on.isoformat(), {}, now=now)
        case Kind.WHEN:
            return _moment(field, words, now, zone)


def _unknown(field: Field, words: str, now: datetime, zone: ZoneInfo) -> Value | Problem | None:
    """Read "not known yet", with the day where the field wants one; None where something else was said."""
    if says_unknown(words):
        return _problem(field, WHICH_DAY) if field.expected_by else unknown()
    phrase, comma, rest = words.partition(",")
    if not (field.expected_by and comma and says_unknown(phrase)):
        return None
    today = now.astimezone(zone).date()
    on = day_said(rest, today, past=False)
    if on is None:
        return _problem(field, WHICH_DAY)
    return unknown(on) if on >= today else _problem(field, GONE_BY)


def _moment(field: Field, words: str, now: datetime, zone: ZoneInfo) -> Value | Problem:
    match moment_said(words, now, zone, past=field.past):
        case None:
            return _problem(field, _NOT_A_MOMENT)
        case DayOnly(on):
            return Problem(field, ADD_THE_TIME, {field.inputs[0]: on.isoformat()})
        case moment:
            return checked(field, at(moment), {}, now=now)


def _several(field: Field, words: str) -> Value | Problem:
    whole = _named(field.choices, words.casefold().strip(" .!"))  # a title may hold an "and"
    if whole is not None:
        return [whole.value]
    parts = [part for part in _PARTS.split(words) if part]
    if len(parts) == 1 and words.replace(" ", "").isdecimal():
        parts = words.split()  # "1 3"
    chosen = [_chosen(field.choices, part) for part in parts]
    if not chosen or None in chosen:
        return _problem(field, NOT_OFFERED)
    return [choice.value for choice in field.choices if choice in chosen]


def _chosen(choices: Sequence[Choice], words: str) -> Choice | None:
    """Find the one choice that is meant: by its number, its words, its first words, or words near to them."""
    said = words.casefold().strip(" .!")
    said = _YES.get(said, said)
    if not said or len(said) > _LONGEST_CHOICE:
        return None
    number = _place(said, len(choices))
    if number is not None:
        return choices[number - 1] if 0 < number <= len(choices) else None
    named = _named(choices, said)
    if named is not None:
        return named
    scores = sorted(((fuzz.ratio(said, one.title.casefold()), n) for n, one in enumerate(choices)), reverse=True)
    clear = len(scores) == 1 or scores[0][0] - scores[1][0] >= _CLEAR_BY
    return choices[scores[0][1]] if scores[0][0] >= _NEAR_ENOUGH and clear else None


def _named(choices: Sequence[Choice], said: str) -> Choice | None:
    same = [one for one in choices if said in {one.title.casefold().strip(" ."), one.value.casefold()}]
    begun = same or [one for one in choices if _begins(one.title, said)]
    return begun[0] if len(begun) == 1 else None


def _begins(title: str, said: str) -> bool:
    """Whether the words are the title's first ones, whole: "no" is not the beginning of "Nobody"."""
    rest = title.casefold().removeprefix(said)
    return rest != title.casefold() and not rest[:1].isalnum()


def _place(said: str, count: int) -> int | None:
    words = said.removeprefix("the ").removesuffix(" one").removeprefix("number ")
    if words in _ORDINALS:
        return _ORDINALS[words] if _ORDINALS[words] > 0 else count
    digits = words.removeprefix("#").rstrip(".)")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 4 else None  # noqa: PLR2004  a place


def _number(words: str) -> int | None:
    """Find the one number; of "20 to 30" the larger, so that nobody is left out."""
    said = words.casefold()
    if between := _RANGE.search(said):
        said = said.replace(between[0], str(max(int(between[1][-9:]), int(between[2][-9:]))), 1)
    found = [int(one.replace(",", "")) for one in _NUMBER.findall(said) if len(one) < 10]  # noqa: PLR2004  as on the card
    spelt = [_SPELT[word] for word in re.findall(r"[a-z]+", said) if word in _SPELT]
    if len(found) == 1:
        return found[0]
    return spelt[0] if not found and len(spelt) == 1 else None


def _problem(field: Field, sentence: str, words: str = "") -> Problem:
    return Problem(field, sentence, {field.name: words} if words else {})
