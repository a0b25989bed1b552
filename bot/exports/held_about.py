"""Everything that the bot itself holds about one member of staff or one pupil, for the DPO who answers them.

Nobody else is named in it, and it tells of a restricted pupil what it tells of every other.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NothingYet, NotTheirs, Outcome, Taken
from bot.exports.document import as_docx
from bot.exports.holding.open_cases import open_cases
from bot.exports.holding.reading import Events, Found, about_pupil, about_staff
from bot.exports.holding.told import as_json, document, holding, words_in
from bot.exports.unnamed import Named
from policy.names import Roll
from policy.records import Pupil
from policy.roles import Role
from storage import cases, people, pupils, restrictions
from storage.cases import Case
from storage.people import MembershipRow, Person, PersonRow
from storage.pupils import PupilRow

UNKNOWN: Final = "Nobody with that e-mail address is, or was, on this school's list of staff."
UNKNOWN_PUPIL: Final = "No pupil with that number is, or was, on this school's roll."
READ_IT: Final = (
    "Read it before it goes: names of parents and outsiders are not known to Ask DPO, so they may be in it."
)
NOT_OPEN: Final = "Cases that are not open to you were not looked at: whoever leads such a case answers for it."
DOUBTFUL: Final = "Something in people's own words may still be a name. Please look for it."
ASK_DSL: Final = "The safeguarding lead keeps something about this pupil's pictures. Ask them before you answer."


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write it for the school's DPO and nobody else (domain 8)."""
    if Role.DPO not in asked.roles:
        return NotTheirs()
    seen = await open_cases(session, asked)
    events = await cases.events_of(session, tuple(seen))
    roll, staff = await pupils.roll(session, asked.school.id), await _everybody(session)
    warnings = [READ_IT, NOT_OPEN]
    if asked.person:
        person = await _member(session, asked)
        if person is None:
            return NothingYet(UNKNOWN)
        about, subject = person.display_name, f"person/{person.id}"
        found: Found = await about_staff(session, person, asked.school.id, seen, events)
        staff.pop(person.id, None)
        warnings += mentioned(Named(Roll.of(()), [about]), seen, events)
    else:
        pupil = await _pupil(session, asked, roll)
        if pupil is None:
            return NothingYet(UNKNOWN_PUPIL)
        about, subject = pupil.display_name, f"pupil/{pupil.id}"
        found = await about_pupil(session, pupil, asked.school.id, seen)
        roll = tuple(one for one in roll if one.id != pupil.id)
        warnings += mentioned(Named(Roll.of((pupil,))), seen, events)
        if await restrictions.of(session, [pupil.id]):
            warnings.append(ASK_DSL)  # said to the DPO, and never in the file
    named = Named(Roll.of(roll), staff.values())
    held = holding(found, named, about=about, school=asked.school.name, by=asked.who.display_name, made_at=asked.now)
    if held.doubtful:
        warnings.append(DOUBTFUL)
    content = as_docx(document(held)) if asked.form == "docx" else as_json(held)
    return Taken(content, {"about": subject, "rows": sum(len(one.rows) for one in held.sections)}, tuple(warnings))


def mentioned(named: Named, seen: Mapping[int, Case], events: Events) -> Iterable[str]:
    """Say in which cases somebody is named in full: what of it is theirs, a person must judge."""
    for number, told in events.items():
        words = "\n".join(words_in(event.data, of_all=True) for event in told)
        if named.without(words, whole_only=True).left_out:
            yield f"Case {number} ({seen[number].kind.value}) has this name in it: look at it by hand."


async def _everybody(session: AsyncSession) -> dict[int, str]:
    """Return the names of all staff, of every school and of those who left, by id."""
    found = await session.execute(select(PersonRow.id, PersonRow.display_name))
    return {row.id: row.display_name for row in found}


async def _member(session: AsyncSession, asked: Asked) -> Person | None:
    """Return the member of staff, who may have left."""
    person = await people.by_email(session, asked.person)
    if person is None:
        return None
    at = MembershipRow.person_id == person.id, MembershipRow.school_id == asked.school.id
    return person if await session.scalar(select(MembershipRow.person_id).where(*at)) is not None else None


async def _pupil(session: AsyncSession, asked: Asked, roll: Iterable[Pupil]) -> Pupil | None:
    at = PupilRow.upn == asked.pupil.strip().upper(), PupilRow.school_id == asked.school.id
    number = await session.scalar(select(PupilRow.id).where(*at))
    return next((one for one in roll if one.id == number), None)
