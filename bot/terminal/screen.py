"""Draws a card as plain lines, its buttons by number. No boxes: a screen reader and a pipe get the same."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click

from bot.terminal.filling import asked, standing
from dialogs.cards.reading import Button, Field, Line, Piece, read_through
from dialogs.cards.verbs import Verb
from dialogs.conversation import Json

_INDENT = "  "


@dataclass(frozen=True, slots=True)
class Pressable:
    """A button with what is to be filled in before it goes."""

    button: Button
    fields: tuple[Field, ...]


def draw(card: Json, *, first: int) -> list[Pressable]:
    """Show a card whose buttons this person may press, numbered from `first`; give them in that order."""
    pieces = list(read_through(card))
    fields = tuple(piece for piece in pieces if isinstance(piece, Field))
    pressable = [Pressable(piece, fields if _asks(piece) else ()) for piece in pieces if isinstance(piece, Button)]
    _show(pieces, numbers=range(first, first + len(pressable)))
    return pressable


def draw_for_another(card: Json) -> None:
    """Show a card that is somebody else's: its buttons are theirs to press."""
    _show(list(read_through(card)), numbers=None)


def say(words: str) -> None:
    """Show plain words."""
    for line in words.splitlines():
        click.echo(f"{_INDENT}{line}" if line else "")


def _asks(button: Button) -> bool:
    """Whether what is to be filled in is asked for first: going back takes along what stands there, and no more."""
    return button.with_fields and button.verb != Verb.FORM_BACK


def _show(pieces: Sequence[Piece], *, numbers: range | None) -> None:
    left = iter(numbers or ())
    for place, piece in enumerate(pieces):
        match piece:
            case Line(words):
                _put(click.style(words, bold=True) if place == 0 else words)
            case Field(label=label):
                _put(f"{asked(label)} {standing(piece) or '____'}")
            case Button(title=title):
                _put(f"[{title}]" if numbers is None else f"[{next(left)}] {title}")


def gap() -> None:
    """Leave a line free."""
    click.echo()


def _put(words: str) -> None:
    """Put a line on the screen, wrapped to a terminal's width; a pipe gets it whole."""
    if not sys.stdout.isatty():
        click.echo(f"{_INDENT}{words}")
        return
    hang = _INDENT + ("  " if words.startswith("• ") else "")
    click.echo(click.wrap_text(words, width=_columns(), initial_indent=_INDENT, subsequent_indent=hang))


def _columns() -> int:
    from shutil import get_terminal_size  # noqa: PLC0415  asked only of a terminal

    return min(100, get_terminal_size().columns)
