"""Everything Stage B reads about pupils, in two statements however many they are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from policy.records import Consent, Pupil, PupilRecord
from storage import pupils, restrictions
from storage.consents import CONSENT_COLUMNS, ConsentRow, consent
from storage.objections import STANDING
from storage.pupils import PupilRow, in_lots
from storage.suspensions import SUSPENDED_FROM
from storage.withdrawals import MARKS, marked

if TYPE_CHECKING:
    from datetime import date

_PUPILS: Final = PupilRow.__table__
_CONSENTS: Final = ConsentRow.__table__
_NOTHING: Final = marked(None)
_SAID: Final = (
    select(_PUPILS.c.id, _PUPILS.c.id.in_(STANDING), SUSPENDED_FROM, MARKS, *CONSENT_COLUMNS)
    .select_from(_PUPILS)
    .outerjoin(_CONSENTS, _CONSENTS.c.pupil_id == _PUPILS.c.id)
    .where(_PUPILS.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(_PUPILS.c.id, _CONSENTS.c.id)
)


async def records(session: AsyncSession, pupil_ids: Sequence[int]) -> tuple[PupilRecord, ...]:
    """Return these pupils' records in the order asked; a pupil who does not exist is left out."""
    return await records_of(session, await pupils.by_ids(session, pupil_ids))


async def records_of(session: AsyncSession, about: Sequence[Pupil]) -> tuple[PupilRecord, ...]:
    """Return the records of pupils already known, in their order: one statement less."""
    ids = [pupil.id for pupil in about]
    said: dict[int, list[Consent]] = {}
    suspended: dict[int, date | None] = {}
    marks: dict[int, str | None] = {}
    objecting: set[int] = set()
    for some in in_lots(ids):
        for pupil_id, objects, since, taken_back, *row in await session.execute(_SAID, {"ids": some}):
            given = said.setdefault(pupil_id, [])
            suspended[pupil_id], marks[pupil_id] = since, taken_back
            if objects:
                objecting.add(pupil_id)
            if row[0] is not None:  # a pupil of whom nothing was ever recorded has one row without a consent
                given.append(consent(row))
    decided = await restrictions.of(session, ids)
    taken = {pupil_id: marked(mark) for pupil_id, mark in marks.items()}
    return tuple(
        PupilRecord(
            pupil=pupil,
            consents=tuple(said.get(pupil.id, ())),
            restriction=decided.get(pupil.id),
            objection=pupil.id in objecting or taken.get(pupil.id, _NOTHING)[1],
            suspended_from=suspended.get(pupil.id),
            withdrawals=taken.get(pupil.id, _NOTHING)[0],
        )
        for pupil in about
    )
