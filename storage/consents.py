"""Consent, as it was given: rows are added and never changed, so that "how, when, last updated" can be answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from policy.records import Capacity, Consent, Limit
from storage.database import Base, Id
from storage.pupils import in_lots


class ConsentRow(Base):
    """One answer to one item (PHOTO-4.6, DP-6.17). A change or a withdrawal is a further row."""

    __tablename__ = "consents"
    id: Mapped[Id]
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    academic_year: Mapped[str]
    item: Mapped[str]
    answer: Mapped[bool]
    given_by: Mapped[str]
    capacity: Mapped[str]
    method: Mapped[str]
    signed_on: Mapped[date | None]
    effective_from: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    limits: Mapped[str]  # "group_only;no_name"; empty: none
    evidence_ref: Mapped[str]
    import_id: Mapped[int | None] = mapped_column(ForeignKey("imports.id"))
    recorded_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the history, with how and when it was recorded."""

    consent: Consent
    method: str
    evidence_ref: str
    recorded_at: datetime


_T: Final = ConsentRow.__table__.c
CONSENT_COLUMNS: Final = (  # in the order of Consent's fields
    _T.academic_year,
    _T.item,
    _T.answer,
    _T.given_by,
    _T.capacity,
    _T.signed_on,
    _T.effective_from,
    _T.withdrawn_on,
    _T.limits,
)
_OF: Final = (
    select(_T.pupil_id, *CONSENT_COLUMNS)
    .where(_T.pupil_id.in_(bindparam("ids", expanding=True)))
    .order_by(_T.pupil_id, _T.id)
)
_HISTORY: Final = (
    select(*CONSENT_COLUMNS, _T.method, _T.evidence_ref, _T.recorded_at)
    .where(_T.pupil_id == bindparam("pupil"))
    .order_by(_T.id)
)
_NO_LIMITS: Final = frozenset[Limit]()
_CAPACITIES: Final = {capacity.value: capacity for capacity in Capacity}


async def of(session: AsyncSession, pupil_ids: Sequence[int]) -> Mapping[int, tuple[Consent, ...]]:
    """Return each pupil's consents, oldest first; a pupil without any is not in the answer."""
    given: dict[int, list[Consent]] = {}
    for some in in_lots(pupil_ids):
        for pupil_id, *row in await session.execute(_OF, {"ids": some}):
            given.setdefault(pupil_id, []).append(consent(row))
    return {pupil_id: tuple(consents) for pupil_id, consents in given.items()}


async def history(session: AsyncSession, pupil_id: int) -> tuple[Event, ...]:
    """Return how, when and by whom each answer about a pupil came in, oldest first."""
    rows = await session.execute(_HISTORY, {"pupil": pupil_id})
    return tuple(Event(consent(given), method, evidence, at) for *given, method, evidence, at in rows)


def consent(row: Sequence[Any]) -> Consent:
    """Make the value of a row's CONSENT_COLUMNS."""
    year, item, answer, given_by, capacity, signed_on, effective_from, withdrawn_on, limits = row
    return Consent(
        year,
        item,
        answer,
        given_by,
        _CAPACITIES[capacity],
        signed_on,
        effective_from,
        withdrawn_on,
        frozenset(map(Limit, limits.split(";"))) if limits else _NO_LIMITS,
    )
