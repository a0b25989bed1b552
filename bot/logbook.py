"""The log: an event in our words and fields from one short list. What anybody wrote has no way in.

A field's type is its gate: numbers are numbers, words are of a narrow alphabet, an error is its kind and the way
through the code. Whoever wants another field adds it to `Fields`, to `_GATES` and to docs/logging.md.
"""

import logging
import re
import traceback
from collections.abc import Callable, Mapping
from hashlib import blake2s
from types import MappingProxyType
from typing import Any, Final, TypedDict, Unpack

from dialogs.cards.verbs import Verb


class Fields(TypedDict, total=False):
    """What a line may hold besides its event, its time and the part of the program that it is from."""

    turn: str  # `turn_mark` of it
    person: int  # our number of a person
    school: str  # the codes of their schools
    kind: str  # what came: said, pressed, flagged…
    verb: str  # which of our buttons
    outcome: str  # what became of it, in a word of ours
    why: str  # a word or two of ours, or a status
    ms: float  # how long it took
    seconds: float
    letter: int  # our number of a letter
    tries: int
    count: int
    cases: str  # our numbers of cases
    place: int  # which of a turn's replies
    status: int  # of an HTTP answer
    work: str  # which work went on, in words of ours
    reference: str  # what the person was told to quote
    error: BaseException  # shown by `where`


class Log:
    """One a module: `log = Log(__name__)`."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def info(self, event: str, **fields: Unpack[Fields]) -> None:
        """Tell what happened."""
        self._tell(logging.INFO, event, fields)

    def warning(self, event: str, **fields: Unpack[Fields]) -> None:
        """Tell what did not work this time."""
        self._tell(logging.WARNING, event, fields)

    def failure(self, event: str, **fields: Unpack[Fields]) -> None:
        """Tell what must not happen."""
        self._tell(logging.ERROR, event, fields)

    def _tell(self, level: int, event: str, fields: Mapping[str, Any]) -> None:
        if self._logger.isEnabledFor(level):
            self._logger.log(level, Line(event, allowed(fields)))


class Line:
    """A line of ours as a record of `logging` carries it; written out, it is what a person reads at a terminal."""

    __slots__ = ("event", "fields")

    def __init__(self, event: str, fields: Mapping[str, int | float | str]) -> None:
        self.event = event
        self.fields = fields

    def __str__(self) -> str:
        return " ".join([self.event, *(f"{name}={value}" for name, value in self.fields.items())])


def allowed(fields: Mapping[str, Any]) -> dict[str, int | float | str]:
    """Let through what is on the list, each by its gate. Spans and measurements go by here too (bot/telemetry.py)."""
    return {name: _GATES[name](value) for name, value in fields.items() if name in _GATES}


def turn_mark(conversation: str, activity: str) -> str:
    """Mark a turn, the same in every line and every replica; Teams' own ids stay out of the log."""
    return blake2s(f"{conversation}/{activity}".encode(), digest_size=6).hexdigest()


def where(error: BaseException) -> str:
    """Tell the kind of error, and the way to it: file, line, function. Never its message, which may hold names."""
    frames = traceback.extract_tb(error.__traceback__)
    way = " < ".join(
        f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno} {frame.name}" for frame in reversed(frames)
    )
    cause = error.__cause__
    kind = f"{type(error).__name__}{f' from {type(cause).__name__}' if cause else ''}"
    return f"{kind} at {way}"[:_LONGEST_WAY]


_LONGEST_WAY: Final = 1500  # characters: the inner end of a way is the one that tells
_WORDS: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ,;:_.-]{0,99}")
_MARK: Final = re.compile(r"[0-9a-f]{12}")
_CODES: Final = re.compile(r"[A-Za-z0-9_-]{1,20}(;[A-Za-z0-9_-]{1,20})*")
_REFERENCE: Final = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")
_VERBS: Final = frozenset(map(str, Verb))
_NOT_SHOWN: Final = "other"


def _shaped(shape: re.Pattern[str]) -> Callable[[Any], str]:
    def gate(value: Any) -> str:  # noqa: ANN401  whatever a caller hands in
        return value if isinstance(value, str) and shape.fullmatch(value) else _NOT_SHOWN

    return gate


def _verb(value: Any) -> str:  # noqa: ANN401  see _shaped
    return str(value) if value in _VERBS else _NOT_SHOWN


def _rounded(value: Any) -> float:  # noqa: ANN401  see _shaped
    return round(float(value), 1)


_GATES: Final[Mapping[str, Callable[[Any], int | float | str]]] = MappingProxyType(
    {
        "turn": _shaped(_MARK),
        "person": int,
        "school": _shaped(_CODES),
        "kind": _shaped(_WORDS),
        "verb": _verb,
        "outcome": _shaped(_WORDS),
        "why": _shaped(_WORDS),
        "ms": _rounded,
        "seconds": _rounded,
        "letter": int,
        "tries": int,
        "count": int,
        "cases": _shaped(_WORDS),
        "place": int,
        "status": int,
        "work": _shaped(_WORDS),
        "reference": _shaped(_REFERENCE),
        "error": where,
    }
)
