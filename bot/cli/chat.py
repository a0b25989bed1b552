"""`askdpo chat`: talk to the bot in this terminal, as somebody on the staff list."""

import asyncio
from contextlib import AsyncExitStack

import click


@click.command(epilog="Example: askdpo chat --as t.reed@hartfield.example")
@click.option("--as", "email", metavar="EMAIL", required=True, help="Who you are, as on the staff list.")
@click.option(
    "--now", metavar="ISO", help="Start the clock there, such as 2026-11-23T09:00 (not with bot credentials)."
)
def command(*, email: str, now: str | None) -> None:
    """Talk to the bot here: type questions, press buttons and fill in fields by number, leave with exit.

    What arrives for other people is shown where it arrives. In a pipe it reads one line after the other.
    """
    from bot.cli.local import database, moment_given  # noqa: PLC0415  `--help` needs nothing of the bot
    from bot.clock import starting_at, wall_clock  # noqa: PLC0415  see above
    from bot.settings import read_settings  # noqa: PLC0415  see above
    from bot.terminal.keyboard import reader  # noqa: PLC0415  see above
    from bot.terminal.mailbag import Mailbag  # noqa: PLC0415  see above
    from bot.terminal.talk import Conversation, NobodyError, somebody  # noqa: PLC0415  see above
    from dialogs.desk import Desk  # noqa: PLC0415  see above
    from dialogs.root import Dialogs  # noqa: PLC0415  see above

    settings = read_settings()
    clock = wall_clock if now is None else starting_at(moment_given(settings, now))
    with asyncio.Runner() as runner:
        opened = AsyncExitStack()
        db = runner.run(opened.enter_async_context(database(settings)))
        try:
            me = runner.run(somebody(db, email))
            # With bot credentials this is the school's own database: what is for others reaches them in Teams alone.
            mailbag = None if settings.credentials else Mailbag(db, since=clock())
            dialogs = Dialogs(db, Desk(rules=settings.rules))
            Conversation(db, dialogs, clock, mailbag, runner, reader(), me).go_on()
        except NobodyError as nobody:
            raise click.UsageError(f"{nobody} Import the staff first, or check the address.") from nobody
        finally:
            runner.run(opened.aclose())
