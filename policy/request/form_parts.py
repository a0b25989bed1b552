"""The parts that the forms of a request share: fields, lists, a form of one page."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from policy.forms import Choice, Field, Form, Kind, Page
from policy.request.steps import Step

SHORT: Final = 200
KEPT: Final = "It is kept with the case."
YES_NO: Final = (Choice("yes", "Yes"), Choice("no", "No"))
NO_YES: Final = YES_NO[::-1]
SENT_BY: Final = (
    Choice("secure", "Secure e-mail or a protected link"),
    Choice("tracked", "Tracked post"),
    Choice("hand", "By hand"),
    Choice("other", "Another way"),
)


def pick(name: str, label: str, choices: Sequence[Choice], clause: str = "") -> Field:
    """Ask for one of a list."""
    return Field(name, label, Kind.CHOICE, clause, choices=tuple(choices))


def of(labels: Mapping[Any, str]) -> tuple[Choice, ...]:
    """Turn a table of labels into choices."""
    return tuple(Choice(str(value), title) for value, title in labels.items())


def words(name: str, label: str, *, hint: str = "", required: bool = True, clause: str = "") -> Field:
    """Ask for a few lines."""
    return Field(name, label, Kind.LONG, clause, hint=hint, required=required)


def reason(hint: str = KEPT) -> Field:
    """Ask why."""
    return words("reason", "Why", hint=hint)


def day(label: str = "When", name: str = "on") -> Field:
    """Ask for a day that is not in the future."""
    return Field(name, label, Kind.DATE, past=True)


def one(step: Step | str, title: str, *fields: Field, send: str = "Save") -> Form:
    """Make a form of a single page."""
    return Form(f"request-{step}", title, (Page(title, fields),), send=send, review=False)
