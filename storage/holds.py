"""Legal holds: whose rows deletion passes over, as long as a case says so (SAR-8.1.3). The case's events say why."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec
from sqlalchemy import ForeignKey, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from policy.held import is_about
from policy.records import Pupil, PupilRecord
from storage.database import Base
from storage.engines.upsert import insert_or_update


class HoldRow(Base):
    """One case's hold; it goes when the DPO releases it."""

    __tablename__ = "holds"
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    about: Mapped[str]  # JSON: how the case names whom it is about


@dataclass(frozen=True, slots=True)
class Hold:
    """What a case keeps from deletion. `about` are names as people wrote them; none of them: the whole school's."""

    case: int
    school_id: int
    about: tuple[str, ...]


_T: Final = HoldRow.__table__.c
_STANDING: Final = select(_T.case_id, _T.school_id, _T.about).order_by(_T.case_id)
_OFF: Final = delete(HoldRow).where(_T.case_id == bindparam("case"))


async def keep(session: AsyncSession, case: int, *, school_id: int, about: Sequence[str] | None) -> None:
    """Note whom a case's hold is about; None: nothing is held (any more)."""
    if about is None:
        await session.execute(_OFF, {"case": case})
        return
    values = {"case_id": case, "school_id": school_id, "about": msgspec.json.encode(list(about)).decode()}
    await session.execute(insert_or_update(session, HoldRow, ["case_id"], values))


async def standing(session: AsyncSession, school_id: int | None = None) -> tuple[Hold, ...]:
    """Return every hold there is, or a school's."""
    wanted = _STANDING if school_id is None else _STANDING.where(_T.school_id == school_id)
    return tuple(
        Hold(case, school, tuple(msgspec.json.decode(about))) for case, school, about in await session.execute(wanted)
    )


async def is_held(session: AsyncSession, school_id: int, text: str) -> bool:
    """Whether a hold at a school covers something that says `text`: a pupil's or colleague's name, or more."""
    return any(is_about(hold.about, text) for hold in await standing(session, school_id))


async def marked(session: AsyncSession, school_id: int, records: Sequence[PupilRecord]) -> tuple[PupilRecord, ...]:
    """Return pupils' records with the holds of their school: nobody deletes or edits their pictures (SAR-8.1.3)."""
    there = await standing(session, school_id)
    return tuple(
        replace(record, hold=any(is_about(hold.about, _names(record.pupil)) for hold in there)) for record in records
    )


def _names(pupil: Pupil) -> str:
    return f"{pupil.legal_first_name} {pupil.preferred_first_name} {pupil.last_name}"
