"""`askdpo export`: a register, a list or a case as a file, for those whose role it is."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from bot.cli.database import opened
from bot.exports.offered import BINARY, EXPORTS, Export

if TYPE_CHECKING:
    from bot.exports.asked import Taken

_FORMATS: Final = tuple(dict.fromkeys(form for export in EXPORTS.values() for form in export.formats))
_EACH: Final = "\n\n".join(
    f"{what}{' NUMBER' if export.of_case else ''}: {export.about} ({', '.join(export.formats)})."
    for what, export in EXPORTS.items()
)
_HELP: Final = f"""Write a register, a list, or one case by its number. Who you are decides what you may have.

{_EACH}

\b
Example: askdpo export breaches --school TGM --as dpo@school.example --format xlsx --out breaches.xlsx
Example: askdpo export evidence 17 --school TGM --as dpo@school.example --out case-17.zip
Example: askdpo export digest --school TGM --as head@school.example --format pdf --out governors.pdf
Example: askdpo export held-about --person jo@school.example --school TGM --as dpo@school.example --out jo.docx
"""


@click.command(help=_HELP)
@click.argument("what", type=click.Choice(tuple(EXPORTS)))
@click.argument("number", type=click.IntRange(min=1), required=False)
@click.option("--school", required=True, metavar="CODE", help="The school's code.")
@click.option("--as", "email", required=True, metavar="EMAIL", help="Who you are: your role decides.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="The kind of file; each export has a usual one.")
@click.option("--version", type=click.IntRange(min=1), help="Of form-b: which version, the latest without.")
@click.option("--person", default="", metavar="EMAIL", help="Of held-about: the member of staff.")
@click.option("--pupil", default="", metavar="UPN", help="Of held-about: the pupil.")
@click.option(
    "--week", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Of digest: a day of the week, this one without."
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write here, not to standard output.")
def command(what: str, form: str | None, out: Path | None, **asked: Any) -> None:  # noqa: ANN401  the options above
    """Write an export; `_HELP` is what a person reads."""
    export = EXPORTS[what]
    _check(what, export, **asked)
    form = form or export.formats[0]
    if form not in export.formats:
        raise click.UsageError(f"{what} comes as {' or '.join(export.formats)}, not as {form}.")
    if form in BINARY and out is None and sys.stdout.isatty():
        raise click.ClickException("A file of this kind cannot be shown here. Say where to write it: --out FILE.")
    done = asyncio.run(_run(what, form=form, **asked))
    for warning in done.warnings:
        click.echo(f"Please look: {warning}", err=True)
    if out is None:
        sys.stdout.buffer.write(done.content)
        return
    try:
        _write(out, done.content)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(f"Written to {out}. {export.afterwards}", err=True)


def _check(  # what other options there are is not looked at here
    what: str,
    export: Export,
    *,
    number: int | None,
    version: int | None,
    person: str,
    pupil: str,
    week: datetime | None,
    **_: str,
) -> None:
    """Say what an export does not take, or cannot be without."""
    if export.of_case and number is None:
        raise click.UsageError(f"Which case? Write its number: askdpo export {what} 17")
    if not export.of_case and number is not None:
        raise click.UsageError(f"{what} is of the whole school: it takes no number.")
    if version is not None and not export.has_versions:
        raise click.UsageError(f"{what} has no versions.")
    if week is not None and not export.of_week:
        raise click.UsageError(f"{what} is as things stand now: it takes no week.")
    if export.of_somebody and bool(person) == bool(pupil):
        raise click.UsageError("About whom? Write --person EMAIL or --pupil UPN, one of them.")
    if not export.of_somebody and (person or pupil):
        raise click.UsageError(f"{what} is not about one person: it takes neither --person nor --pupil.")


def _write(out: Path, content: bytes) -> None:
    """Write a file that nobody else on the machine reads: it names people."""
    out.touch(mode=0o600)
    if out.is_file():  # what was there before may have been open to everybody; a pipe or a device stays as it is
        out.chmod(0o600)
    out.write_bytes(content)


async def _run(what: str, *, week: datetime | None, **asked: Any) -> "Taken":  # noqa: ANN401  the options of the command
    from bot.exports.taking import ExportError, take  # noqa: PLC0415  SQLAlchemy, and only for those who export
    from bot.school_names import name_schools  # noqa: PLC0415  see above
    from bot.settings import read_settings  # noqa: PLC0415  see above

    async with opened() as db:
        if not await db.is_current():
            raise click.ClickException("The database is empty or of another version. Run: askdpo db upgrade")
        await name_schools(db, read_settings().school_names)
        try:
            return await take(db, what, now=datetime.now(UTC), week=week.date() if week else None, **asked)
        except ExportError as refused:
            raise click.ClickException(str(refused)) from refused
