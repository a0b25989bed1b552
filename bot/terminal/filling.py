"""Fills in a card's fields, one question each, as a form in Teams would: by number, checked, with its own complaint."""

from collections.abc import Callable, Sequence
from datetime import date, time

import click

from bot.terminal.keyboard import ReadLine
from dialogs.cards.reading import Field


def fill(fields: Sequence[Field], read: ReadLine) -> dict[str, str] | None:
    """Ask for each field; None where somebody left a required one empty, so that nothing is sent."""
    filled: dict[str, str] = {}
    for field in fields:
        answer = _ask(field, read)
        if answer is None:
            return None
        filled[field.name] = answer
    return filled


def asked(label: str) -> str:
    """Put what a field is called before what is to come; a question has its mark already."""
    return label if label.rstrip(" *").endswith("?") else f"{label}:"


def standing(field: Field) -> str:
    """Give what stands in a field as people read it: a choice by its title."""
    titles = {value: title for title, value in field.choices}
    return ", ".join(titles.get(value, value) for value in field.value.split(",")) if titles else field.value


def _ask(field: Field, read: ReadLine) -> str | None:
    for number, (title, _) in enumerate(field.choices, start=1):
        click.echo(f"  {number} {title}")
    while True:
        typed = read(asked(f"{field.label} ({standing(field)})" if field.value else field.label))
        if typed is None:
            return None
        words = typed.strip() or field.value
        if not words:
            if not field.required:
                return ""
            click.echo(f"  {field.complaint or 'This is needed.'} Nothing was sent.")
            return None
        value = _value(field, words)
        if value is not None:
            return value
        click.echo(f"  {field.complaint or _EXPECTED.get(field.kind, 'Please type it again.')}")


def _value(field: Field, words: str) -> str | None:
    """Turn what was typed into what the card would send, or None where it is not that."""
    if field.kind == "ChoiceSet":
        chosen = [_choice(field, part.strip()) for part in (words.split(",") if field.several else [words])]
        return None if None in chosen else ",".join(value for value in chosen if value is not None)
    read = _READ.get(field.kind)
    return words if read is None else read(words)


def _choice(field: Field, words: str) -> str | None:
    if words.isdecimal() and 0 < int(words) <= len(field.choices):
        return field.choices[int(words) - 1][1]
    meant = words.casefold()
    return next((value for title, value in field.choices if meant in {title.casefold(), value.casefold()}), None)


def _date(words: str) -> str | None:
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        return None


def _time(words: str) -> str | None:
    try:
        return time.fromisoformat(words).strftime("%H:%M")
    except ValueError:
        return None


def _number(words: str) -> str | None:
    try:
        float(words)
    except ValueError:
        return None
    return words


def _toggle(words: str) -> str | None:
    return {"y": "true", "yes": "true", "true": "true", "n": "false", "no": "false", "false": "false"}.get(
        words.casefold()
    )


_READ: dict[str, Callable[[str], str | None]] = {"Date": _date, "Time": _time, "Number": _number, "Toggle": _toggle}
_EXPECTED = {
    "ChoiceSet": "Please type the number of one of these.",
    "Date": "Please type the day as 2026-12-08.",
    "Time": "Please type the time as 09:30.",
    "Number": "Please type a number.",
    "Toggle": "Please type yes or no.",
}
