"""A form as data: what is asked, in which order, what counts as an answer, and how an answer reads.

Whoever writes a form writes fields only. `policy/filled.py` reads what was filled in, `policy/typed.py` what was typed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import chain
from typing import Any, Final
from zoneinfo import ZoneInfo

from policy.calendar import long_date

LONDON: Final = ZoneInfo("Europe/London")  # people's dates and times are local (domain 0)
MOST_INPUTS: Final = 5  # on one card: a phone's screen and a half
NOT_KNOWN: Final = "not-known-yet"  # what a list's "Not known yet" sends

# Plain JSON: words or a choice's value, a number, several values, {"at": an instant in ISO 8601}, a date in ISO 8601,
# or {"unknown": True, "expected_by": a date in ISO 8601 or None}. A field left blank on purpose is not in it.
Value = str | int | list[str] | dict[str, Any]
Answers = Mapping[str, Value]  # by the fields' names

_OURS: Final = frozenset({"verb", "draft", "rev", "page", "msteams"})  # what a card's data holds besides the inputs


class Kind(StrEnum):
    """What a field takes."""

    TEXT = "text"  # one line
    LONG = "long"  # several lines
    CHOICE = "choice"
    SEVERAL = "several"
    WHEN = "when"  # a day and a time: two inputs on the card
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list. Raises ValueError for a value that a list of several could not carry."""

    value: str
    title: str

    def __post_init__(self) -> None:
        """Refuse what could not come back."""
        if not self.value or "," in self.value or self.value == NOT_KNOWN:
            raise ValueError(f"{self.value!r} cannot be a choice's value: it is empty, reserved or has a comma.")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked. Labels, hints and choices are fixed words of ours."""

    name: str
    label: str
    kind: Kind
    clause: str = ""  # where it comes from, such as "FORMA-5"
    required: bool = True
    unknown_ok: bool = False  # left empty it counts as "not known yet"
    expected_by: bool = False  # and then the day on which it will be known is asked for
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    most: int = 2000  # characters
    least: int = 0  # of a number
    greatest: int = 1_000_000
    past: bool = False  # not in the future
    asked_if: Callable[[Answers], bool] | None = None  # None: always

    def __post_init__(self) -> None:
        """Refuse a list without choices, and choices without a list."""
        if bool(self.choices) != (self.kind in {Kind.CHOICE, Kind.SEVERAL}):
            raise ValueError(f"{self.name}: a list needs choices, and nothing else has them.")

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of its inputs on a card."""
        return (f"{self.name}_date", f"{self.name}_time") if self.kind is Kind.WHEN else (self.name,)

    @property
    def expected_input(self) -> str:
        """The name of the input for the day on which it will be known; shown once it was left empty."""
        return f"{self.name}_expected"

    def is_asked(self, answers: Answers) -> bool:
        """Whether it is asked, given what was answered so far."""
        return self.asked_if is None or self.asked_if(answers)

    def title_of(self, value: str) -> str:
        """Return a choice's words; the value itself where the list has changed since."""
        return next((choice.title for choice in self.choices if choice.value == value), value)


@dataclass(frozen=True, slots=True)
class Page:
    """One card's worth of fields. Raises ValueError above five inputs, of which a day and time are two."""

    title: str
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        """Count."""
        inputs = sum(len(field.inputs) for field in self.fields)
        if not 0 < inputs <= MOST_INPUTS:
            raise ValueError(f"The page {self.title!r} has {inputs} inputs; a card has 1 to {MOST_INPUTS}.")

    def asked(self, answers: Answers) -> tuple[Field, ...]:
        """Return the fields that are asked, given what was answered so far."""
        return tuple(field for field in self.fields if field.is_asked(answers))


@dataclass(frozen=True, slots=True)
class Form:
    """Everything that is asked for one purpose. `title` is fixed words; a case's number may stand in it."""

    name: str
    title: str
    pages: tuple[Page, ...]
    send: str = "Send report"  # the last button
    review: bool = True  # whether everything is shown once more before it is sent

    def __post_init__(self) -> None:
        """Refuse names that would meet each other on a card."""
        names = [*chain.from_iterable((*field.inputs, field.expected_input) for field in self.fields), *_OURS]
        twice = {name for name in names if names.count(name) > 1}
        if twice or not self.pages:
            raise ValueError(f"The form {self.name!r} has no pages, or takes a name twice: {', '.join(sorted(twice))}.")

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in order."""
        return tuple(chain.from_iterable(page.fields for page in self.pages))

    def asked(self, answers: Answers) -> tuple[Field, ...]:
        """Every field that is asked, given what was answered so far."""
        return tuple(field for field in self.fields if field.is_asked(answers))

    def page_after(self, page: int, answers: Answers) -> int:
        """Return the next page on which something is asked; the number of pages where there is none: the review."""
        ahead = range(page + 1, len(self.pages))
        return next((number for number in ahead if self.pages[number].asked(answers)), len(self.pages))

    def page_before(self, page: int, answers: Answers) -> int | None:
        """Return the page before on which something is asked; None on the first."""
        behind = range(min(page, len(self.pages)) - 1, -1, -1)
        return next((number for number in behind if self.pages[number].asked(answers)), None)

    def page_of(self, name: str) -> int:
        """Return the page that asks for a field. Raises StopIteration for a field of another form."""
        return next(number for number, page in enumerate(self.pages) if any(one.name == name for one in page.fields))


def unknown(expected_by: date | None = None) -> Value:
    """Answer that it is not known yet, and when it will be."""
    return {"unknown": True, "expected_by": None if expected_by is None else expected_by.isoformat()}


def is_unknown(value: Value | None) -> bool:
    """Whether the answer is that it is not known yet."""
    return isinstance(value, dict) and value.get("unknown") is True


def at(moment: datetime) -> Value:
    """Answer with an instant."""
    return {"at": moment.isoformat()}


def instant(value: Value | None) -> datetime | None:
    """Return the instant of a day and time; None where it is not known or was not answered."""
    return datetime.fromisoformat(value["at"]) if isinstance(value, dict) and "at" in value else None


def missing(form: Form, answers: Answers) -> tuple[Field, ...]:
    """Return what must be answered before the form can be sent."""
    return tuple(field for field in form.asked(answers) if is_missing(field, answers.get(field.name)))


def is_missing(field: Field, value: Value | None) -> bool:
    """Whether a field still needs an answer."""
    if is_unknown(value):
        return not field.unknown_ok or (field.expected_by and not (isinstance(value, dict) and value["expected_by"]))
    return field.required and value in (None, "", [])


def shown(field: Field, value: Value | None) -> str:  # noqa: PLR0911  one line a kind of answer
    """Put an answer into words, for a review card or a document; nothing where it was left blank."""
    match value:
        case None | "" | []:
            return ""
        case {"at": moment}:
            local = datetime.fromisoformat(moment).astimezone(LONDON)
            return f"{long_date(local.date())} at {local:%H:%M}"
        case {"unknown": True, "expected_by": str(day)}:
            return f"Not known yet, expected by {long_date(date.fromisoformat(day))}"
        case {"unknown": True}:
            return "Not known yet"
        case list():
            return ", ".join(field.title_of(one) for one in value)
        case str() if field.kind is Kind.DATE:
            return long_date(date.fromisoformat(value))
        case str():
            return field.title_of(value)
        case _:
            return str(value)
