"""Who takes what out of the bot: looked at here for every export, and written into the audit log either way."""

from datetime import date, datetime
from importlib import import_module
from typing import Final

from bot.exports.asked import Asked, NothingYet, NotTheirs, Outcome, Taken
from bot.exports.offered import EXPORTS
from storage import audit, people, schools
from storage.database import Database
from storage.handovers import as_of

# One sentence for every reason, so that it tells nothing: not even whether there is such a case.
REFUSED: Final = "This export is not open to you. If you need it, ask the school's data lead or the DPO."
REFUSED_CASE: Final = (
    "There is no such case at this school that is open to you. If you need it, ask the DPO or whoever stands in."
)
_DONE: Final[dict[type[Outcome], str]] = {Taken: "exported", NothingYet: "looked_for", NotTheirs: "refused"}


class ExportError(Exception):
    """Nothing was exported; the message is for whoever asked."""


async def take(
    db: Database,
    what: str,
    *,
    school: str,
    email: str,
    form: str,
    now: datetime,
    number: int | None = None,
    version: int | None = None,
    person: str = "",
    pupil: str = "",
    week: date | None = None,
) -> Taken:
    """Return an export of the registry. Raises ExportError with a sentence where there is none for this person."""
    async with db.read() as session:
        as_of(session, now)
        who, at = await people.by_email(session, email), await schools.by_code(session, school)
        outcome: Outcome = NotTheirs()
        if who is not None and at is not None and who.roles_at(at.id):
            module = import_module(f"bot.exports.{EXPORTS[what].module}")
            asked = Asked(who, at, form, now, number=number, version=version, person=person, pupil=pupil, week=week)
            outcome = await module.taken(session, asked)
    async with db.write() as session:
        await audit.record(
            session,
            f"person/{who.id}" if who else "unknown",
            f"{what.replace('-', '_')}.{_DONE[type(outcome)]}",
            f"case/{number}" if number is not None else f"school/{at.code if at else 'unknown'}",
            {**outcome.noted, "format": form} if isinstance(outcome, Taken) else {},
            now=now,
            school_id=at.id if at else None,
        )
    match outcome:
        case Taken():
            return outcome
        case NothingYet(sentence):
            raise ExportError(sentence)
        case NotTheirs():
            raise ExportError(REFUSED if number is None else REFUSED_CASE)
