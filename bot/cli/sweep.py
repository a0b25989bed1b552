"""`askdpo sweep`: everything that is due, once: nudges, chasers and what waits in the outbox."""

import asyncio
import json
from datetime import datetime

import click

from bot.cli.local import database, moment_given
from bot.clock import wall_clock
from bot.settings import Settings, read_settings
from storage.database import Database


@click.command(epilog="Example: askdpo sweep")
@click.option("--now", metavar="ISO", help="As if it were then, such as 2026-11-23T09:00 (not with bot credentials).")
@click.option("--json", "as_json", is_flag=True, help="The counts as one JSON object.")
def command(*, now: str | None, as_json: bool) -> None:
    """Send everything that is due, once. A running server does the same by itself."""
    settings = read_settings()
    at = moment_given(settings, now)
    looked_at, tried = asyncio.run(_sweep(settings, at))
    if as_json:
        click.echo(json.dumps({"cases": looked_at, "letters": tried}))
    else:
        click.echo(f"{looked_at} cases were due; {tried} letters were tried.")


async def _sweep(settings: Settings, at: datetime) -> tuple[int, int]:
    from dialogs.desk import Desk  # noqa: PLC0415  see below
    from dialogs.sweeping import sweep  # noqa: PLC0415  `--help` needs none of it

    async with database(settings) as db:
        return await sweep(db, Desk(settings.rules), now=at), await _deliver(settings, db, at)


async def _deliver(settings: Settings, db: Database, at: datetime) -> int:
    from bot.connector import Connector, new_session  # noqa: PLC0415  see above
    from bot.courier import Courier  # noqa: PLC0415  see above
    from bot.credentials import Tokens, asking_entra  # noqa: PLC0415  see above
    from bot.pace import OF_TEAMS, Pace  # noqa: PLC0415  see above
    from bot.postman import TeamsPostman  # noqa: PLC0415  see above
    from bot.unreached import unreached  # noqa: PLC0415  see above

    credentials = settings.credentials
    async with new_session() as http:
        graph = None
        if settings.graph.anything:
            from bot.graph.serving import serve_graph  # noqa: PLC0415  only where a school switched it on

            graph = serve_graph(settings.graph, credentials, http)
        mailing = None if graph is None else graph.mailing(db, wall_clock)
        connector = Connector(http, Tokens(asking_entra(credentials)) if credentials else None)
        postman = TeamsPostman(
            db,
            connector,
            credentials,
            clock=wall_clock,
            install=None if graph is None else graph.install,
        )
        pace = Pace(OF_TEAMS if credentials else ())
        passed_on = unreached(lambda: at, mails=mailing is not None)
        tried = await Courier(db, postman, pace=pace, on_undeliverable=passed_on).deliver_due()
        if mailing is not None:
            await mailing.send_due()
        return tried
