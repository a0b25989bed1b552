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
    from socket import socket

    from bot.clock import Clock
    from bot.demo.show import Running
    from bot.demo.stage import Stage

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
    from bot.demo.show import PortTakenError, reserved  # noqa: PLC0415  see above
    from bot.demo.stage import StageError, set_stage  # noqa: PLC0415  see above

    try:
        clock = starting_at(moment(now)) if now else wall_clock
        if no_playground:
            stage, why = asyncio.run(set_stage(folder, now=clock(), doing=_doing)), ""
        else:
            shown = asyncio.run(_show(folder, port=port, clock=clock, began=began))
            if shown is None:
                return
            stage, why = shown.stage, shown.why_none
        with reserved(port) as listener:
            _chat(stage, clock, listener, why=why, began=began)
    except (PortTakenError, StageError, ValueError) as wrong:
        raise click.ClickException(str(wrong)) from wrong


async def _show(folder: Path, *, port: int, clock: "Clock", began: float) -> "Running | None":
    """Run the bot and its Playgrounds until somebody ends them; at once, and with the reason, where there are none."""
    from bot.demo.programme import breach, questions, who_is_who  # noqa: PLC0415  see above
    from bot.demo.show import PortTakenError, ended_by_signals, show  # noqa: PLC0415  see above

    with ended_by_signals() as ending:
        try:
            async with show(folder, port=port, clock=clock, doing=_doing) as running:
                if not running.playgrounds:
                    return running
                _doing("")
                _say(f"Ask DPO: an invented trust, kept in {folder}. Nothing in it is real.\n")
                _say("Open these in a browser, each as somebody else; reloading a page empties what it shows:\n")
                _say_all(who_is_who({each.persona.key: each.address for each in running.playgrounds}))
                _say("\nTen questions worth trying:\n")
                _say_all(questions())
                _say("\nAnd a breach, with two pages open:\n")
                _say_all(breach())
                _say(f"\nReady after {time.monotonic() - began:.1f} s, the bot at {running.endpoint}.")
                _say("Ctrl-C ends everything.")
                await asyncio.Event().wait()
        except PortTakenError as taken:
            raise click.ClickException(str(taken)) from taken
        except asyncio.CancelledError:
            if not ending.is_set():
                raise
    _ended(folder)
    return None


def _chat(stage: "Stage", clock: "Clock", listener: "socket", *, why: str, began: float) -> None:
    """Talk in this terminal, as any of the personas, with the bot up beside it."""
    from bot.demo.personas import PERSONAS  # noqa: PLC0415  see above
    from bot.demo.programme import breach, questions, who_is_who  # noqa: PLC0415  see above
    from bot.demo.terminal import chat  # noqa: PLC0415  see above

    _doing("")
    _say(f"Ask DPO: an invented trust, kept in {stage.folder}. Nothing in it is real.\n")
    if why:
        _say(f"{why}: here is the terminal chat instead.\n")
    _say("You are the teacher; type /as and an address to be somebody else:\n")
    _say_all(who_is_who({persona.key: persona.email for persona in PERSONAS}))
    _say("\nTen questions worth trying:\n")
    _say_all(questions())
    _say("\nAnd a breach, from both sides:\n")
    _say_all(breach())
    endpoint = f"http://127.0.0.1:{listener.getsockname()[1]}/api/messages"
    _say(f"\nReady after {time.monotonic() - began:.1f} s, the bot at {endpoint}. Ctrl-C ends everything.\n")
    # A second Ctrl-C, or one in the middle of a reading; a terminal that is gone.
    with suppress(KeyboardInterrupt, asyncio.CancelledError, OSError):
        chat(stage, clock, listener)
    _ended(stage.folder)


def _ended(folder: Path) -> None:
    _say(f"\nEnded; nothing is left running. What you asked is kept in {folder}, for the next: askdpo demo")


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
