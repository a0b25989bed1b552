"""`askdpo serve`: the production server; with `--local`, one for this machine alone."""

import asyncio
import gc
import sys

import click

from bot.clock import moment, starting_at, wall_clock
from bot.log_stream import LogStream, log_to
from bot.settings import LogStyle, Settings, SettingsError, read_settings
from bot.telemetry import exporting, telemetry


@click.command(epilog="Example: askdpo serve --local")
@click.option("--local", is_flag=True, help="No credentials: listen on this machine only, and send to it only.")
@click.option("--now", metavar="ISO", help="With --local: start the bot's clock there, such as 2026-12-08T10:30.")
def command(*, local: bool, now: str | None) -> None:
    """Run the bot until Ctrl-C."""
    if now and not local:
        raise click.UsageError("--now goes with --local only: a production bot lives in the present.")
    try:
        settings = read_settings()
        if not local:
            settings.credentials_needed()
        host = settings.bind_address(local=local)
        clock = starting_at(moment(now)) if now else wall_clock
        stream = _log(settings)
        exporting(settings.telemetry)
        gc.disable()  # what is loaded now stays, and looking it over took a fifth of the start; `run` enables it again
        from bot.app import create_app, run  # noqa: PLC0415  what is wrong with the settings is said at once

        def started(address: str) -> None:
            click.echo(f"Listening on {address}")
            stream.open()

        app = create_app(settings, local=local, clock=clock)
        asyncio.run(run(app, host=host, port=settings.port, started=started))
    except (SettingsError, ValueError) as wrong:
        raise click.ClickException(str(wrong)) from wrong
    telemetry.stop()
    stream.say(b"Stopped.\n")


def _log(settings: Settings) -> LogStream:
    """Send the log to standard output: JSON, but for a person who looks on."""
    style = settings.log or (LogStyle.TEXT if sys.stdout.isatty() else LogStyle.JSON)
    stream = LogStream(sys.stdout.fileno(), json=style is LogStyle.JSON)
    log_to(stream)
    return stream
