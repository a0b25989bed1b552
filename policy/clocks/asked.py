"""A question about a deadline in the chat: "when is a SAR received on 31 January due?", "72 hours from Friday 4pm?"."""

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import pairwise
from typing import Final

from policy.clocks.days_gone import Place, days_gone
from policy.understanding.usual_slips import meant_by
from policy.understanding.words import message, word_set


class DeadlineKind(StrEnum):
    """Which clock is asked about."""

    SAR = "sar"
    RIGHTS = "rights"  # correcting, erasing and so on: the same month
    BREACH = "breach"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class DeadlineAsked:
    """What was asked. `on` is None where a day was said but cannot be told; `at` is None where no hour was said.

    `just_now`: "from now" was said, so the moment of the question counts. `other_days`: more days were said than the
    one that counts here, such as when identity was proved.
    """

    kind: DeadlineKind
    on: date | None
    at: time | None = None
    extended: bool = False
    just_now: bool = False
    other_days: bool = False


_HOURS_72: Final = re.compile(r"\b(?:72|seventy[\s-]?two)[\s-]*(?:hours?|hrs?|h)\b", re.IGNORECASE)
_TIME: Final = re.compile(
    r"\b(?:(?P<hour>[01]?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?::[0-5]\d)?\b|(?P<word>noon|midday|midnight)\b)",
    re.IGNORECASE,
)
_NOON: Final = 12
_SAR: Final = word_set("sar sars dsar dsars")
_RIGHTS: Final = word_set(
    "rectification erasure restriction portability objection correction deletion erase erased wipe correct delete"
)
_COMPLAINT: Final = word_set("complaint complaints complained complaining")
_BREACH: Final = word_set("breach breaches ico breached loss leak theft")
_ASKED_FOR: Final = word_set("asked applied wrote")
_HELD: Final = word_set("data information info records file files notes")
_OTHER_CLOCKS: Final = word_set("foi foia freedom eir invoice consent newsletter trip payment homework")
_ASKS: Final = word_set("due deadline deadlines latest clock")
_ASKING_PAIRS: Final = frozenset(
    tuple(pair.split())
    for pair in (
        *("when is", "when are", "when do", "when does", "when must", "when should", "when will", "when would"),
        *("when s", "how long", "by when", "what date", "what day", "which day", "last day", "how many", "time limit"),
        *("last hour", "final day", "final hour", "what hour", "which hour", "which date", "until when", "until what"),
        *("until which", "till when", "have by"),
    )
)
_TOLD: Final = word_set("i we he she they someone somebody parent mum dad my our has had")
_TERSE: Final = 8  # words: "complaint received 3 March" asks, a sentence tells
_RECEIPT: Final = word_set(
    """
    received receive came come arrived arrive got get made dated from since of in sent noticed found discovered aware
    knew known handed asked applied learned learnt realised
    """
)
_NEAR: Final = 4


def read(text: str, today: date) -> DeadlineAsked | None:
    """Read a question about a deadline; None where it is none, or where no day was said."""
    hours = _HOURS_72.search(text)
    clock = _TIME.search(text)
    # Taken out, because "3 July 16:00" would else be the 16th as well.
    said = message(_TIME.sub(" , ", _HOURS_72.sub(" , ", text)))
    keys = tuple(meant_by(key) for key in said.keys)
    told = frozenset(keys)
    kind = DeadlineKind.BREACH if hours else _kind(keys, told)
    if kind is None or not (hours or _asks(keys, told, text)):
        return None
    found = days_gone(said, today)
    if not found:
        return None
    return DeadlineAsked(
        kind,
        _received(said.keys, found),
        _time(clock) if clock else None,
        extended=bool(told & {"extended", "extend", "extension"}),
        just_now=clock is None and "now" in told,
        other_days=len({day for _, day in found}) > 1,
    )


def _kind(keys: tuple[str, ...], told: frozenset[str]) -> DeadlineKind | None:
    if told & _OTHER_CLOCKS:
        return None  # they have clocks of their own
    request = bool(told & {"request", "requests", "requested"})
    if told & _COMPLAINT:
        return DeadlineKind.COMPLAINT
    if told & _SAR or (request and "access" in told):
        return DeadlineKind.SAR
    if told & _RIGHTS and (request or told & _ASKS):
        return DeadlineKind.RIGHTS
    if told & _BREACH:
        return DeadlineKind.BREACH
    subject = bool(told & {"data", "information", "subject", "records"}) or keys[:1] == ("request",)
    asked_for = bool(told & _ASKED_FOR and told & _HELD)
    return DeadlineKind.SAR if (request and subject) or asked_for else None


def _asks(keys: tuple[str, ...], told: frozenset[str], text: str) -> bool:
    if told & _ASKS or _ASKING_PAIRS & set(pairwise(keys)):
        return True
    return len(keys) <= _TERSE and not told & _TOLD and (bool(told & _RECEIPT) or "?" in text)


def _received(keys: tuple[str, ...], found: tuple[Place, ...]) -> date | None:
    """Of several days, the first that a word of coming in leads to; else the first."""
    for at, day in found:
        if set(keys[max(0, at - _NEAR) : at]) & _RECEIPT:
            return day
    return found[0][1]


def _time(clock: re.Match[str]) -> time | None:
    if word := clock["word"]:
        return time(0 if word.lower() == "midnight" else _NOON)
    if clock["hour24"]:
        return time(int(clock["hour24"]), int(clock["minute24"]))
    hour = int(clock["hour"])
    if 1 <= hour <= _NOON:
        hour = hour % _NOON + _NOON * (clock["half"].lower() == "p")
    return time(hour, int(clock["minute"] or 0))
