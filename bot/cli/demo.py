"""`askdpo demo`: the main job on a fresh machine. An invented trust, the bot, and ways to talk to it."""

import asyncio
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.clock import Clock
    from bot.demo.show import Running

_FOLDER: Final = "askdpo-demo"


@click.command(epilog="Example: askdpo demo --port 4000")
@click.option("--port", type=click.IntRange(1024, 65000), default=3978, show_default=True, help="The bot's own port.")
@click.option("--no-playground", is_flag=True, help="No browser clients: talk in this terminal.")
@click.option("--now", metavar="ISO", help="Start the bot's clock there, such as 2026-12-08T10:30.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=_FOLDER,
    show_default=True,
    help="Where the invented trust is kept.",
)
def command(*, port: int, no_playground: bool, now: str | None, folder: Path) -> None:
    """Try it: an invented trust, the bot, and ways to talk to it.

    With Node.js it opens one Teams-like client a persona in the browser; without, the terminal chat. Ctrl-C ends
    everything that it started.
    """
    began = time.monotonic()
    from bot.clock import moment, starting_at, wall_clock  # noqa: PLC0415  `--help` needs nothing of the bot
    from bot.demo.show import PortTakenError  # noqa: PLC0415  see above
    from bot.demo.stage import StageError  # noqa: PLC0415  see above

    try:
        clock = starting_at(moment(now)) if now else wall_clock
        asyncio.run(_run(folder, port=port, clock=clock, with_playground=not no_playground, began=began))
    except (PortTakenError, StageError, ValueError) as wrong:
        raise click.ClickException(str(wrong)) from wrong
    except KeyboardInterrupt:  # where signals cannot be handled in order
        _say("\nEnded.")


async def _run(folder: Path, *, port: int, clock: "Clock", with_playground: bool, began: float) -> None:
    from bot.demo.show import ended_by_signals, show  # noqa: PLC0415  see above

    with ended_by_signals() as ending:
        try:
            async with show(folder, port=port, clock=clock, with_playground=with_playground, doing=_doing) as running:
                _announce(running, seconds=time.monotonic() - began)
                if running.playgrounds:
                    await asyncio.Event().wait()  # until somebody ends it
                await _chat(running)
        except asyncio.CancelledError:
            if not ending.is_set():
                raise
    _say(f"\nEnded; nothing is left running. What you asked is kept in {folder}, for the next: askdpo demo")


def _announce(running: "Running", *, seconds: float) -> None:
    """Print who one can be, what to ask, and that all is ready."""
    from bot.demo.personas import PERSONAS  # noqa: PLC0415  see above
    from bot.demo.programme import questions, who_is_who  # noqa: PLC0415  see above

    _doing("")
    _say(f"Ask DPO: an invented trust in {running.stage.folder}, nothing in it is real.\n")
    if running.playgrounds:
        _say("Open these in a browser, each as somebody else; reloading a page empties what it shows:\n")
        _say_all(who_is_who({each.persona.key: each.address for each in running.playgrounds}))
    else:
        _say("You can be any of these; start askdpo chat with --as and the address:\n")
        _say_all(who_is_who({persona.key: persona.email for persona in PERSONAS}))
    _say("\nTen questions worth trying:\n")
    _say_all(questions())
    if running.why_none:
        _say(f"\n{running.why_none}: here is the terminal chat instead.")
    _say(f"\nReady after {seconds:.1f} s. The bot is at {running.endpoint}; Ctrl-C ends everything.")


async def _chat(running: "Running") -> None:
    raise NotImplementedError


def _doing(words: str) -> None:
    """Show what takes a moment: one line that changes on a terminal, a line for each new thing in a pipe."""
    if sys.stdout.isatty():
        with suppress(OSError):
            click.echo(f"\r\x1b[2K{words}", nl=False)
        return
    subject = words.partition("…")[0]
    if subject and subject not in _said:
        _said.add(subject)
        _say(words)


_said: Final[set[str]] = set()


def _say_all(lines: "Iterable[str]") -> None:
    for line in lines:
        _say(line)


def _say(words: str) -> None:
    """Print, also where the terminal is gone and nobody reads it: ending in order matters more."""
    with suppress(OSError):
        click.echo(words)
