"""`askdpo export`: a register or a list as a file, for those whose role it is."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import click

from bot.cli.database import opened

if TYPE_CHECKING:
    from storage.database import Database

REFUSED: Final = "This export is not open to you. If you need it, ask the school's data lead or the DPO."
_FORMATS: Final = ("xlsx", "csv")


@click.command()
@click.argument("what", type=click.Choice(["restricted-list"]))
@click.option("--school", required=True, metavar="CODE", help="The school's code.")
@click.option("--as", "email", required=True, metavar="EMAIL", help="Who you are: your role decides.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="csv", show_default=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write here, not to standard output.")
def command(what: str, school: str, email: str, form: str, out: Path | None) -> None:  # noqa: ARG001  one WHAT so far
    """Write a register or a list.

    restricted-list: who to leave out of which pictures today, by class. Names and uses only: it gives no reasons.

    \b
    Example: askdpo export restricted-list --school TGM --as dpo@school.example --format xlsx --out list.xlsx
    """  # noqa: D301  click reads \b as "keep these lines as they are"
    if form == "xlsx" and out is None and sys.stdout.isatty():
        raise click.ClickException("An Excel file cannot be shown here. Say where to write it: --out FILE.")
    written = asyncio.run(_run(school, email, form))
    if out is None:
        sys.stdout.buffer.write(written)
        return
    try:
        out.touch(mode=0o600)  # it holds pupils' names: nobody else on the machine reads it
        out.write_bytes(written)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}.") from error
    click.echo(f"Written to {out}. For staff only: please do not pass it on.", err=True)


async def _run(code: str, email: str, form: str) -> bytes:
    async with opened() as db:
        if not await db.is_current():
            raise click.ClickException("The database is empty or of another version. Run: askdpo db upgrade")
        return await restricted_list(db, code, email, form, now=datetime.now(UTC))


async def restricted_list(db: "Database", code: str, email: str, form: str, *, now: datetime) -> bytes:
    """Return the list as a file's bytes, and write who took it into the audit log.

    Raises click.ClickException with the neutral refusal for whoever may not have it, which is written down too.
    """
    from bot.exports.restricted_list import HEADING, entries, rows  # noqa: PLC0415  only those who export
    from bot.exports.writing import Format, written  # noqa: PLC0415  see above
    from bot.settings import read_settings  # noqa: PLC0415  see above
    from policy.roles import May, may  # noqa: PLC0415  see above
    from storage import audit, people, pupils, schools  # noqa: PLC0415  see above
    from storage.records import records_of  # noqa: PLC0415  see above

    today = now.astimezone(ZoneInfo("Europe/London")).date()
    async with db.read() as session:
        person, school = await people.by_email(session, email), await schools.by_code(session, code)
        roles = person.roles_at(school.id) if person and school else frozenset()
        allowed = may(roles, May.EXPORT_RESTRICTED_LIST)
        if allowed and school:
            records = await records_of(session, await pupils.roll(session, school.id))
            own = await schools.school_records(session, school.id)
            listed = entries(records, school=own, rules=read_settings().rules, roles=roles, today=today)
    async with db.write() as session:
        await audit.record(
            session,
            f"person/{person.id}" if person else "unknown",
            "restricted_list.exported" if allowed else "restricted_list.refused",
            f"school/{school.code}" if school else "school/unknown",
            {"entries": len(listed), "format": form} if allowed else {},
            now=now,
            school_id=school.id if school else None,
        )
    if not (allowed and school):
        raise click.ClickException(REFUSED)
    return written(HEADING, rows(listed, school_code=school.code, as_of=school.list_as_of), Format(form))
