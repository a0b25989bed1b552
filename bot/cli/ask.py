"""`askdpo ask`: one question, one answer, as if asked now."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime

import click

from bot.cli.local import database, moment_given
from bot.settings import Settings, read_settings
from dialogs.considering import consider
from dialogs.conversation import Reply
from dialogs.desk import Desk


@click.command(epilog='Example: askdpo ask --as t.reed@hartfield.example "can I photograph Amelia for the website?"')
@click.argument("text", required=False)
@click.option("--as", "email", metavar="EMAIL", required=True, help="Who asks, as on the staff list.")
@click.option("--json", "as_json", is_flag=True, help="The answer as one JSON object.")
@click.option("--now", metavar="ISO", help="As if asked then, such as 2026-11-23T09:00 (not with bot credentials).")
def command(text: str | None, *, email: str, as_json: bool, now: str | None) -> None:
    """Ask TEXT, or with - one question a line from standard input (each answered by one JSON object a line).

    It starts nothing that lasts: it says what the bot would do.
    """
    if text is None:
        raise click.UsageError("What is the question? Give it in quotes, or - to read one a line.")
    settings = read_settings()
    at = moment_given(settings, now)
    asyncio.run(_ask(settings, email, text, as_json=as_json or text == "-", at=at))


async def _ask(settings: Settings, email: str, text: str, *, as_json: bool, at: datetime) -> None:
    async with database(settings) as db:
        desk = Desk(rules=settings.rules)
        async for question in _questions(text):
            told = await consider(db, desk, email=email, text=question, now=at)
            click.echo(json.dumps(told.answer, ensure_ascii=False) if as_json else _words(told))


async def _questions(text: str) -> AsyncIterator[str]:
    if text != "-":
        yield text
        return
    with click.open_file("-", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            yield line.rstrip("\r\n")


def _words(told: Reply) -> str:
    return told.text
