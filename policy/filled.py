"""What came back from a card, read as answers: checked again, for a client may be old, or no client of ours at all."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from policy.forms import LONDON, NOT_KNOWN, Answers, Field, Kind, Page, Value, at, unknown

FIRST_YEAR: Final = 1900  # an earlier year is a slip of the finger
_SOON: Final = timedelta(minutes=5)  # clocks differ; "now" is not the future
_JOINERS: Final = "\u200c\u200d"  # Persian, several Indian scripts and emoji are spelt with them
_UNKNOWN: Final = frozenset(
    {
        *("not known yet", "not yet known", "not known", "unknown", "unknown yet", "don't know", "dont know"),
        *("don't know yet", "i don't know", "i dont know", "i don't know yet", "no idea", "not sure", "not sure yet"),
        *("unsure", "i'm not sure", "tbc", "to be confirmed", "n/k", "?", "not-known-yet"),
    }
)
_ASK: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "Please write a few words here.",
    Kind.LONG: "Please write a few words here.",
    Kind.CHOICE: "Please choose one.",
    Kind.SEVERAL: "Please choose at least one.",
    Kind.WHEN: "Please give the day and the time; a rough time is fine.",
    Kind.DATE: "Please give the day.",
    Kind.NUMBER: "Please give a number; a rough one is fine.",
}
NOT_OFFERED: Final = "Please choose from the list."
ADD_THE_TIME: Final = "Please add the time; a rough one is fine."
ADD_THE_DAY: Final = "Please add the day."
NOT_A_DAY: Final = "I can't read that as a day and time. Please check it."
IN_THE_FUTURE: Final = "That is still to come. Please check the day and the time."
WHICH_DAY: Final = "Not known yet? Then please give the day on which you expect to know it."
GONE_BY: Final = "You expect to know it on a day that has gone by. Please give a later one."
ALSO: Final = "One more thing, after what you just told me."


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a field was not taken: a sentence to show beside it, and what was filled in, by the inputs' names."""

    field: Field
    sentence: str
    raw: Mapping[str, str]


def read(field: Field, raw: Mapping[str, str], *, now: datetime, zone: ZoneInfo = LONDON) -> Value | Problem | None:
    """Read one field's inputs; None where one that is not required was left blank.

    `raw` is by input name, days as 2026-11-23 and times as 15:04 in local time, several values joined by commas.
    """
    inputs = (*field.inputs, field.expected_input)
    kept = {name: plain(raw[name], lines=field.kind is Kind.LONG) for name in inputs if name in raw}
    said = [raw.get(name, "").strip() for name in field.inputs]
    if not any(said) or (field.unknown_ok and says_unknown(said[0])):
        return _blank(field, kept, now.astimezone(zone).date())
    found = _READ[field.kind](field, said, zone)
    return Problem(field, str(found), kept) if isinstance(found, _Sentence) else checked(field, found, kept, now=now)


def read_page(
    page: Page, raw: Mapping[str, str], *, answers: Answers, now: datetime, zone: ZoneInfo = LONDON
) -> tuple[dict[str, Value], tuple[Problem, ...]]:
    """Read a page: every answer so far with this page's put in, and what has to be looked at again.

    A field whose inputs were not sent at all keeps its answer; one that is asked only now is asked for.
    """
    known, problems = dict(answers), []
    for field in page.fields:
        if not field.is_asked(known):
            continue
        if raw.keys().isdisjoint({*field.inputs, field.expected_input}):
            if field.name in known:
                continue
            if not field.is_asked(answers):
                problems.append(Problem(field, ALSO, {}))
                continue
        found = read(field, raw, now=now, zone=zone)
        if isinstance(found, Problem):
            problems.append(found)
        elif found is None:
            known.pop(field.name, None)
        else:
            known[field.name] = found
    return known, tuple(problems)


def checked(field: Field, value: Value, raw: Mapping[str, str], *, now: datetime) -> Value | Problem:
    """Hold an answer against the field's limits, however it was given."""
    match field.kind, value:
        case Kind.WHEN, {"at": moment} if field.past and datetime.fromisoformat(moment) > now + _SOON:
            return Problem(field, IN_THE_FUTURE, raw)
        case Kind.DATE, str(day) if field.past and date.fromisoformat(day) > now.astimezone(LONDON).date():
            return Problem(field, IN_THE_FUTURE, raw)
        case Kind.NUMBER, int(number) if not field.least <= number <= field.greatest:
            return Problem(field, f"Please give a number from {field.least} to {field.greatest}.", raw)
        case ((Kind.TEXT | Kind.LONG), str(words)) if length(words) > field.most:
            return Problem(
                field, f"That is longer than {field.most} characters. Please shorten it; here is its beginning.", raw
            )
        case _:
            return value


def says_unknown(words: str) -> bool:
    """Whether somebody says, in one phrase, that it is not known yet."""
    return words.strip().rstrip(".! ").replace("\u2019", "'").casefold() in _UNKNOWN


def plain(words: str, *, lines: bool) -> str:
    """Keep what a person sees of their words: no controls, nothing hidden, nothing that turns text around."""
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    seen = "".join(letter for letter in words if letter == "\n" or not _is_hidden(letter))
    kept = (" ".join(line.split()) for line in seen.split("\n"))
    return ("\n" if lines else " ").join(kept).strip()


def length(words: str) -> int:
    """Count as a card's input does: in UTF-16."""
    return len(words.encode("utf-16-le", "replace")) // 2


class _Sentence(str):
    """What is wrong, as a person reads it."""

    __slots__ = ()


def _blank(field: Field, raw: Mapping[str, str], today: date) -> Value | Problem | None:
    if not field.unknown_ok:
        return Problem(field, _ASK[field.kind], raw) if field.required else None
    if not field.expected_by:
        return unknown()
    given = raw.get(field.expected_input, "").strip()
    if not given and not field.required:
        return None
    expected = _date(given)
    if expected is None:
        return Problem(field, WHICH_DAY, raw)
    return unknown(expected) if expected >= today else Problem(field, GONE_BY, raw)


def _words(field: Field, said: list[str], zone: ZoneInfo) -> Value | _Sentence:  # noqa: ARG001  every kind is read alike
    return plain(said[0], lines=field.kind is Kind.LONG) or _Sentence(_ASK[field.kind])


def _choice(field: Field, said: list[str], zone: ZoneInfo) -> Value | _Sentence:  # noqa: ARG001  every kind is read alike
    offered = {choice.value for choice in field.choices}
    return said[0] if said[0] in offered else _Sentence(NOT_OFFERED)


def _several(field: Field, said: list[str], zone: ZoneInfo) -> Value | _Sentence:  # noqa: ARG001  every kind is read alike
    wanted = {part.strip() for part in said[0].split(",")} - {""}
    if wanted == {NOT_KNOWN} and field.unknown_ok:
        return unknown()
    chosen = [choice.value for choice in field.choices if choice.value in wanted]
    return chosen if chosen and len(chosen) == len(wanted - {NOT_KNOWN}) else _Sentence(NOT_OFFERED)


def _number(field: Field, said: list[str], zone: ZoneInfo) -> Value | _Sentence:  # noqa: ARG001  every kind is read alike
    whole, _, rest = said[0].replace(",", "").partition(".")
    digits = whole.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10) or rest.strip("0"):  # noqa: PLR2004  nobody counts a milliard
        return _Sentence("Please give a whole number.")
    return int(whole)


def _day(field: Field, said: list[str], zone: ZoneInfo) -> Value | _Sentence:  # noqa: ARG001  every kind is read alike
    on = _date(said[0])
    return _Sentence(NOT_A_DAY) if on is None else on.isoformat()


def _moment(field: Field, said: list[str], zone: ZoneInfo) -> Value | _Sentence:  # noqa: ARG001  every kind is read alike
    day, clock = said
    if not clock:
        return _Sentence(ADD_THE_TIME)
    if not day:
        return _Sentence(ADD_THE_DAY)
    on = _date(day)
    try:
        oclock = time.fromisoformat(clock)
    except ValueError:
        oclock = None
    if on is None or oclock is None or oclock.tzinfo is not None:
        return _Sentence(NOT_A_DAY)
    return at(instant_of(on, oclock, zone))


def instant_of(on: date, oclock: time, zone: ZoneInfo) -> datetime:
    """Place a local day and time: of two the first, and what the clocks skip is moved an hour on (contract 4)."""
    return datetime.combine(on, oclock, zone).astimezone(_UTC)


_UTC: Final = ZoneInfo("UTC")
_READ: Final = {
    Kind.TEXT: _words,
    Kind.LONG: _words,
    Kind.CHOICE: _choice,
    Kind.SEVERAL: _several,
    Kind.WHEN: _moment,
    Kind.DATE: _day,
    Kind.NUMBER: _number,
}


def _date(said: str) -> date | None:
    try:
        on = date.fromisoformat(said)
    except ValueError:
        return None
    return on if on.year >= FIRST_YEAR else None


def _is_hidden(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind in {"Cc", "Cs", "Co"} or (kind in {"Cf", "Zl", "Zp"} and letter not in _JOINERS)
