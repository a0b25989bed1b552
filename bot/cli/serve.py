"""`askdpo serve`: the production server; with `--local`, one for this machine alone."""

import asyncio
import logging

import click

from bot.clock import moment, starting_at, wall_clock
from bot.settings import SettingsError, read_settings


@click.command(epilog="Example: askdpo serve --local")
@click.option("--local", is_flag=True, help="No credentials: listen on this machine only, and send to it only.")
@click.option("--now", metavar="ISO", help="With --local: start the bot's clock there, such as 2026-12-08T10:30.")
def command(*, local: bool, now: str | None) -> None:
    """Run the bot until Ctrl-C."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("msal").setLevel(logging.WARNING)  # it has much to say at every token
    if now and not local:
        raise click.UsageError("--now goes with --local only: a production bot lives in the present.")
    try:
        settings = read_settings()
        if not local:
            settings.credentials_needed()
        host = settings.bind_address(local=local)
        clock = starting_at(moment(now)) if now else wall_clock
        from bot.app import create_app, run  # noqa: PLC0415  what is wrong with the settings is said at once

        app = create_app(settings, local=local, clock=clock)
        asyncio.run(
            run(app, host=host, port=settings.port, started=lambda address: click.echo(f"Listening on {address}"))
        )
    except (SettingsError, ValueError) as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo("Stopped.")
