"""`askdpo`: one file a command, loaded only when it is asked for, so that every command starts fast."""

from importlib import import_module
from typing import Final

import click

from bot.settings import SettingsError

# command -> (module in bot.cli, its click command, the line `askdpo --help` shows without loading it)
COMMANDS: Final[dict[str, tuple[str, str]]] = {
    "demo": ("demo", "Try it: an invented trust, the bot, and ways to talk to it."),
    "chat": ("chat", "Talk to the bot in this terminal."),
    "ask": ("ask", "One question, one answer."),
    "serve": ("serve", "Run the bot."),
    "import": ("importing", "Read a school's file: all of it or none."),
    "export": ("exporting", "Write a register or a list."),
    "sync": ("sync", "Bring staff up to date from Entra, and give them the app."),
    "sweep": ("sweep", "Send everything that is due, once."),
    "retention": ("retention", "Delete what has been kept for long enough."),
    "clock": ("clock", "Work out a deadline: request, breach or complaint."),
    "evaluate": ("evaluate", "Run a file of questions and compare."),
    "db": ("database", "Migrate, check, back up and restore the database."),
    "manifest": ("manifest", "Build the Teams app package."),
    "doctor": ("doctor", "Check that everything is ready."),
}


class _Lazy(click.Group):
    """A group that knows its commands' names and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's signature
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"bot.cli.{COMMANDS[cmd_name][0]}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a wrong setting is a sentence, whichever command meets it first."""
        try:
            return super().invoke(ctx)
        except SettingsError as wrong:
            raise click.ClickException(str(wrong)) from wrong

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's signature
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.command(cls=_Lazy)
@click.version_option(package_name="askdpo")
def main() -> None:
    """Ask DPO: the data-protection colleague in Microsoft Teams.

    Start with: askdpo demo
    """
