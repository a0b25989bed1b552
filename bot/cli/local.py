"""What the commands share that work on the database itself: open it, take a moment, say what is wrong."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import click
from sqlalchemy.exc import DBAPIError

from bot.clock import moment, wall_clock
from bot.school_names import name_schools
from bot.settings import Settings
from storage.database import Database


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[Database]:
    """Open the database, migrated; a sentence where it is not."""
    db = Database.connect(settings.database_url)
    try:
        try:
            current = await db.is_current()
        except DBAPIError as broken:
            raise click.ClickException(
                f"The database does not open ({type(broken.orig).__name__}). Is ASKDPO_DATABASE_URL right?"
            ) from broken
        if not current:
            raise click.ClickException(
                "The database is empty or from another version. Import the school's files, or run: askdpo db upgrade"
            )
        await name_schools(db, settings.school_names)
        yield db
    finally:
        await db.dispose()


def moment_given(settings: Settings, now: str | None) -> datetime:
    """Return the moment of `--now`, in local mode only; the present without it."""
    if now is None:
        return wall_clock()
    if settings.credentials is not None:
        raise click.UsageError("--now is for trying things out: with bot credentials set, questions are asked now.")
    try:
        return moment(now)
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from wrong
