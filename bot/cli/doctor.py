"""`askdpo doctor`: is everything ready? One line each, and what to do where it is not."""

import asyncio
import sys

import click

from bot.clock import wall_clock


@click.command(epilog="Example: askdpo doctor --local")
@click.option("--local", is_flag=True, help="For a bot started with --local, which needs no credentials.")
def command(*, local: bool) -> None:
    """Check settings, credentials, database, roles, manifest and clock; exit 1 where one fails."""
    if not asyncio.run(_examined(local=local)):
        sys.exit(1)


async def _examined(*, local: bool) -> bool:
    from bot.doctor import examine  # noqa: PLC0415  the database's libraries, which --help can do without

    well = True
    async for finding in examine(local=local, now=wall_clock()):
        click.echo(f"{'ok  ' if finding.well else 'FAIL'} {finding.subject + ':':<13}{finding.words}")
        well = well and finding.well
    return well
