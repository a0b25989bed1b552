"""`askdpo retention`: delete what has been kept for long enough, or only say what would go."""

import asyncio
import json
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

import click

from bot.cli.local import database, moment_given
from bot.settings import Settings, read_settings
from policy.retention import said

if TYPE_CHECKING:
    from storage.forgetting.run import Outcome


@click.command(epilog="Example: askdpo retention --dry-run")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("--now", metavar="ISO", help="As if it were then, such as 2026-11-23T09:00 (not with bot credentials).")
@click.option(
    "--today",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Today by another calendar than this machine's; asked for where deletion was not done for long.",
)
@click.option("--json", "as_json", is_flag=True, help="The counts as one JSON object.")
def command(*, dry_run: bool, now: str | None, today: datetime | None, as_json: bool) -> None:
    """Delete what has been kept for long enough. A running server does the same every night.

    What a legal hold may cover, what is still open and what is the DPO's to decide stays, and is counted. After two
    weeks without a run the clock may be wrong: then it wants the day from you. A dry run never does.
    """
    settings = read_settings()
    at = moment_given(settings, now)
    outcomes = asyncio.run(_run(settings, at, None if today is None else today.date(), dry=dry_run))
    if as_json:
        click.echo(json.dumps({"dry_run": dry_run, "at": at.isoformat(), "kinds": [_fields(one) for one in outcomes]}))
        return
    for one in outcomes:
        click.echo(_line(one, settings, dry=dry_run))


async def _run(settings: Settings, at: datetime, today: date | None, *, dry: bool) -> "tuple[Outcome, ...]":
    from bot.connector import new_session  # noqa: PLC0415  `--help` needs none of it
    from bot.housekeeping import WrongClockError, by_hand, forget  # noqa: PLC0415  see above
    from bot.witness import ahead  # noqa: PLC0415  see above
    from dialogs.desk import Desk  # noqa: PLC0415  see above

    async with database(settings) as db, new_session() as http:
        if dry:
            return await forget(db, settings.rules.retention, now=at, dry=True)
        witness = None if settings.credentials is None else partial(ahead, http)
        try:
            return await by_hand(db, Desk(settings.rules), now=at, today=today, witness=witness)
        except WrongClockError as wrong:
            raise click.ClickException(str(wrong)) from wrong


def _fields(one: "Outcome") -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "gone": one.gone,
        "kept": {why.value: count for why, count in one.kept.items()},
        "oldest": None if one.oldest is None else one.oldest.isoformat(),
    }


def _line(one: "Outcome", settings: Settings, *, dry: bool) -> str:
    kept = "".join(f"; {count} kept: {why.value}" for why, count in sorted(one.kept.items()))
    oldest = "" if one.oldest is None else f", the oldest from {one.oldest.isoformat()}"
    gone = f"{one.gone} {'would go' if dry else 'deleted'}"
    return f"{one.kind.value + ':':<24}{gone}{kept}{oldest} ({said(one.kind, settings.rules.retention)})"
