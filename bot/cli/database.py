"""`askdpo db`: migrate, check, back up and restore the database."""

import asyncio
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from storage.backup import Restored
    from storage.database import Database


@click.group()
def command() -> None:
    """Migrate, check, back up and restore the database.

    \b
    Example: askdpo db backup askdpo-backup.db
    """  # noqa: D301  click reads \b as "keep these lines as they are"


@command.command()
def upgrade() -> None:
    """Bring the database to the newest version.

    \b
    Example: askdpo db upgrade
    """  # noqa: D301  click reads \b as "keep these lines as they are"
    asyncio.run(_upgrade())
    click.echo("The database is up to date.")


@command.command()
def check() -> None:
    """Check the file, the links between rows, the audit log and the migrations.

    \b
    Example: askdpo db check
    """  # noqa: D301  click reads \b as "keep these lines as they are"
    from storage.checking import problems  # noqa: PLC0415  SQLAlchemy, and only for those who check

    async def run() -> list[str]:
        async with opened() as db:
            return await problems(db)

    found = asyncio.run(run())
    for sentence in found:
        click.echo(sentence, err=True)
    if found:
        sys.exit(1)
    click.echo("The database is sound: its file, its links, its audit log and its version.")


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Copy the database to FILE while the bot runs; the copy is of one moment.

    \b
    Example: askdpo db backup askdpo-backup.db
    """  # noqa: D301  click reads \b as "keep these lines as they are"
    from bot.clock import wall_clock  # noqa: PLC0415  see below
    from storage import upkeep  # noqa: PLC0415  see below
    from storage.backup import BackupError, back_up  # noqa: PLC0415  SQLAlchemy, and only for those who back up

    async def run() -> None:
        async with opened() as db:
            await back_up(db, file)
            if await db.is_current():  # else it was copied before an upgrade, and has no room for our note
                async with db.write() as session:
                    await upkeep.note_backup(session, now=wall_clock())

    try:
        asyncio.run(run())
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The database was copied to {file}.")


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def restore(file: Path) -> None:
    """Put the copy FILE where the settings say that the database is; nothing may be there.

    The copy is looked through first: its file, its links and its audit log. New cases then get numbers beyond those
    that may have been given since it was made.

    \b
    Example: askdpo db restore askdpo-backup.db
    """  # noqa: D301  click reads \b as "keep these lines as they are"
    from bot.clock import wall_clock  # noqa: PLC0415  see below
    from storage.backup import BackupError  # noqa: PLC0415  SQLAlchemy, and only for those who restore
    from storage.backup import restore as put_back  # noqa: PLC0415  see above

    async def run() -> None:
        async with opened() as db:
            done = await put_back(db, file, now=wall_clock())
        click.echo(f"{file} is sound and was put back. {_known(done)}")
        click.echo("Now run: askdpo db upgrade" if done.needs_upgrade else "Now run: askdpo doctor")

    try:
        asyncio.run(run())
    except BackupError as error:
        raise click.ClickException(str(error)) from error


@command.command()
def restored() -> None:
    """After pg_restore, before the bot starts: go on with numbers beyond those that may have been given since the copy.

    \b
    Example: askdpo db restored
    """  # noqa: D301  click reads \b as "keep these lines as they are"
    from bot.clock import wall_clock  # noqa: PLC0415  see below
    from storage.backup import BackupError, number_on  # noqa: PLC0415  SQLAlchemy, and only for those who restore

    async def run() -> None:
        async with opened() as db:
            click.echo(_known(await number_on(db, now=wall_clock())))
        click.echo("Now run: askdpo doctor")

    try:
        asyncio.run(run())
    except BackupError as error:
        raise click.ClickException(str(error)) from error


def _known(done: "Restored") -> str:
    until = "nothing" if done.until is None else f"{done.until:%Y-%m-%d %H:%M} UTC"
    return f"The last that it knows of is from {until}. The next case will be number {done.next_case}."


@asynccontextmanager
async def opened(*, migrate: bool = False) -> "AsyncIterator[Database]":
    """Open the database of the settings; with `migrate`, bring it up to date first. Sentences for what goes wrong."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415  heavy, and only for those who need the database

    from bot.school_names import name_schools  # noqa: PLC0415  see above
    from bot.settings import SettingsError, read_settings  # noqa: PLC0415  see above
    from storage.database import Database  # noqa: PLC0415  see above

    try:
        settings = read_settings()
        db = Database.connect(settings.database_url)
    except (SettingsError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    try:
        if migrate and not await db.is_current():
            await db.upgrade()
        yield db
        if migrate:  # an import may have brought the school
            await name_schools(db, settings.school_names)
    except (DBAPIError, OSError) as error:
        reason = getattr(error, "orig", None) or error
        raise click.ClickException(f"The database does not answer: {reason}") from error
    finally:
        await db.dispose()


async def _upgrade() -> None:
    async with opened(migrate=True):
        pass
