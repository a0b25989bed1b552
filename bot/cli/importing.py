"""`askdpo import`: a school's file, all of it or none."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from storage.database import Database
    from storage.importing.report import Imported, Progress
    from storage.people import Person

KINDS: Final = ("staff", "pupils", "consents", "restrictions", "organisations", "accounts", "terms", "policy")
DOCUMENTS: Final = (
    "photography",
    "online-safety",
    "data-protection",
    "sar-procedure",
    "breach-procedure",
    "cctv-code",
)
_EVERY_SECONDS: Final = 5.0  # between two lines of progress in a pipe


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "email", metavar="EMAIL", help="Who you are. Restrictions need a designated safeguarding lead.")
@click.option(
    "--as-document",
    "documents",
    type=click.Choice(DOCUMENTS),
    multiple=True,
    help="Which policy the file is. Appendices that are procedures of their own come along.",
)
@click.option(
    "--school", metavar="CODE", help="Whose policy it is; all for the whole trust. Not needed where there is one."
)
@click.option("--dry-run", is_flag=True, help="Check the file and say what would change; write nothing.")
def command(
    kind: str, file: Path, email: str | None, documents: tuple[str, ...], school: str | None, *, dry_run: bool
) -> None:
    """Read a school's file: CSV (UTF-8) or XLSX, all of it or none; a policy as .docx, .pdf, .txt or .md.

    Every bad row is told in one run, as FILE:LINE column: reason. Importing a file twice changes nothing, and nobody
    is removed because they are missing from a file.

    \b
    Example: askdpo import pupils pupils.csv
             askdpo import restrictions restrictions.csv --as d.fell@school.example
             askdpo import policy photography.docx --as-document photography
    """  # noqa: D301  click reads \b as "keep these lines as they are"
    if kind == "policy" and not documents:
        raise click.UsageError(f"Which policy is it? Say --as-document with one of {', '.join(DOCUMENTS)}.")
    if kind != "policy" and (documents or school):
        raise click.UsageError("--as-document and --school are for `askdpo import policy` only.")
    from storage.importing.report import RefusedError  # noqa: PLC0415  SQLAlchemy, and only for those who import

    try:
        if kind == "policy":
            done = asyncio.run(_import_policy(file, email, documents, school, dry_run=dry_run))
        else:
            done = asyncio.run(_import(kind, file, email, dry_run=dry_run))
    except RefusedError as error:
        for line in error.lines:
            click.echo(line, err=True)
        click.echo("Nothing was written.", err=True)
        sys.exit(1)
    for line in done.lines:
        click.echo(line)
    if dry_run:
        click.echo("This was a dry run: nothing was written.")


async def _import(kind: str, file: Path, email: str | None, *, dry_run: bool) -> "Imported":
    from bot.cli.database import opened  # noqa: PLC0415  SQLAlchemy, and only for those who import
    from storage.importing.kinds import Kind  # noqa: PLC0415  see above
    from storage.importing.run import import_file  # noqa: PLC0415  see above

    async with opened(migrate=True) as db:
        by = await _person(db, email)
        with _shown() as progress:
            return await import_file(
                db, Kind(kind), file, by=by, now=datetime.now(UTC), dry_run=dry_run, progress=progress
            )


async def _import_policy(
    file: Path, email: str | None, documents: tuple[str, ...], school: str | None, *, dry_run: bool
) -> "Imported":
    from bot.cli.database import opened  # noqa: PLC0415  SQLAlchemy, and only for those who import
    from dialogs.policy_changes import tell  # noqa: PLC0415  see above
    from storage.importing.policy import import_policy  # noqa: PLC0415  see above

    async with opened(migrate=True) as db:
        by = await _person(db, email)
        return await import_policy(
            db,
            file,
            documents=documents,
            school=school,
            by=by,
            now=datetime.now(UTC),
            dry_run=dry_run,
            tell=tell,
        )


async def _person(db: "Database", email: str | None) -> "Person | None":
    from storage import people  # noqa: PLC0415  SQLAlchemy, and only for those who import
    from storage.importing.report import RefusedError  # noqa: PLC0415  see above

    if email is None:
        return None
    async with db.read() as session:
        person = await people.by_email(session, email)
    if person is None:
        raise RefusedError([f"Nobody here has the address {email}. Import the staff first, or check the spelling."])
    return person


@contextmanager
def _shown() -> Iterator["Progress"]:
    """Show a bar for each stage on a terminal, and a line now and then in a pipe."""
    bars: dict[str, ProgressBar[int]] = {}
    loop = asyncio.get_running_loop()
    told = [loop.time()]

    def bar(what: str, done: int, total: int) -> None:
        if what not in bars:
            for earlier in bars.values():
                earlier.render_finish()
            bars[what] = click.progressbar(length=max(total, 1), label=what, file=sys.stderr)
            bars[what].render_progress()
        bars[what].update(min(done, bars[what].length or 0) - bars[what].pos)

    def line(what: str, done: int, total: int) -> None:
        if loop.time() - told[0] >= _EVERY_SECONDS:
            told[0] = loop.time()
            of = f" of {total:,}" if total else ""
            click.echo(f"{what}: {done:,}{of} rows", err=True)

    yield bar if sys.stderr.isatty() else line
    for each in bars.values():
        each.render_finish()
