"""Who to leave out of which pictures: names and uses only, never a cause and never a level (PHOTO-4.14, domain 1.6.7).

Every entry comes from the same decision that answers a question in the chat, so the list cannot say more than that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NotTheirs, Outcome, Taken
from bot.exports.writing import Format, written
from bot.settings import read_settings
from policy.clocks.local_time import london
from policy.images import Medium, PhotoRequest, Use
from policy.packs import SchoolRules
from policy.photos.decision import decide, stage_a
from policy.photos.verdicts import Decision
from policy.records import PupilRecord, SchoolRecords
from policy.roles import May, Role, may
from storage import pupils, schools
from storage.records import records_of

HEADING: Final = ("number", "status", "school", "opened_at", "class", "name", "leave_out_of")
EVERYBODY: Final = ("all classes", "every pupil")

# The eight items of the form, and the two uses that need no item (domain 1.2, 1.4).
ASKED: Final[tuple[tuple[str, Use, Medium], ...]] = (
    ("website photos", Use.WEBSITE, Medium.STILL),
    ("website films", Use.WEBSITE, Medium.VIDEO),
    ("social media photos", Use.SOCIAL, Medium.STILL),
    ("social media films", Use.SOCIAL, Medium.VIDEO),
    ("press photos", Use.MEDIA, Medium.STILL),
    ("press films", Use.MEDIA, Medium.VIDEO),
    ("brochure photos", Use.MARKETING, Medium.STILL),
    ("brochure films", Use.MARKETING, Medium.VIDEO),
    ("pictures for lessons and displays", Use.EDU_SITE, Medium.STILL),
    ("pictures for lessons on visits", Use.EDU_VISIT, Medium.STILL),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One pupil to leave out, and of what."""

    class_name: str
    name: str
    uses: tuple[str, ...]


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write the list of today."""
    if not may(asked.roles, May.EXPORT_RESTRICTED_LIST):
        return NotTheirs()
    school = asked.school
    records = await records_of(session, await pupils.roll(session, school.id))
    own = await schools.school_records(session, school.id)
    today = london(asked.now).date()
    listed = entries(records, school=own, rules=read_settings().rules, roles=asked.roles, today=today)
    body = rows(listed, school_code=school.code, as_of=school.list_as_of)
    return Taken(written(HEADING, body, Format(asked.form)), {"entries": len(listed)})


def entries(
    records: Sequence[PupilRecord],
    *,
    school: SchoolRecords,
    rules: SchoolRules,
    roles: frozenset[Role],
    today: date,
) -> tuple[Entry, ...]:
    """Return who on roll today is to be left out of anything, by class and name.

    A use that the rules stop for everybody is one entry for every pupil, first in the list.
    """
    present = sorted(
        (record for record in records if _on_roll(record, today)),
        key=lambda record: (record.pupil.class_name, record.pupil.last_name, record.pupil.first_name, record.pupil.id),
    )
    avoid: dict[int, list[str]] = {record.pupil.id: [] for record in present}
    nobody: list[str] = []
    for words, use, medium in ASKED:
        request = PhotoRequest(frozenset({use}), frozenset({medium}), today)
        if stage_a(request, school=school, rules=rules, roles=roles) is not None:
            nobody.append(words)
        elif present:
            answer = decide(request, present, school=school, rules=rules, roles=roles)
            for verdict in answer.verdicts:
                if verdict.decision is Decision.NO:
                    avoid[verdict.pupil.id].append(words)
    pupils = (record.pupil for record in present)
    return (
        *([Entry(*EVERYBODY, tuple(nobody))] if nobody else []),
        *(Entry(pupil.class_name, pupil.display_name, tuple(avoid[pupil.id])) for pupil in pupils if avoid[pupil.id]),
    )


def rows(listed: Sequence[Entry], *, school_code: str, as_of: date | None) -> list[tuple[object, ...]]:
    """Return the list's rows under HEADING; `as_of` is the day of the consents that it rests on."""
    opened = as_of.isoformat() if as_of else ""
    return [
        (number, "current", school_code, opened, entry.class_name, entry.name, "; ".join(entry.uses))
        for number, entry in enumerate(listed, start=1)
    ]


def _on_roll(record: PupilRecord, today: date) -> bool:
    pupil = record.pupil
    return pupil.joined_on <= today and (pupil.left_on is None or pupil.left_on > today)
