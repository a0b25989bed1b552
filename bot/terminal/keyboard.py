"""What somebody types, a line at a time, on a terminal or from a pipe."""

import sys
from collections.abc import Callable
from contextlib import suppress

import click

ReadLine = Callable[[str], str | None]  # a prompt -> what was typed; None where nothing more will come


def reader() -> ReadLine:
    """Give the way to read here; Ctrl-C and the end of the input both give None."""
    return _typed if sys.stdin.isatty() else _piped()


def _typed(prompt: str) -> str | None:
    with suppress(ImportError):
        import readline  # noqa: F401, PLC0415  where it exists, loading it makes the arrow keys work
    try:
        line = click.prompt(prompt, prompt_suffix=" ", default="", show_default=False)
    except click.Abort:
        return None
    return _sound(str(line))


def _piped() -> ReadLine:
    lines = click.open_file("-", encoding="utf-8", errors="replace")

    def read(prompt: str) -> str | None:
        try:
            line: str = lines.readline()
        except KeyboardInterrupt:
            return None
        if not line:
            return None
        click.echo(f"{prompt} {line.rstrip()}")  # a transcript shows both sides
        return line.rstrip("\r\n")

    return read


def _sound(line: str) -> str:
    """Replace what is no letter in any writing: half characters that a terminal may pass on and no database takes."""
    return line.encode("utf-8", "replace").decode("utf-8")
