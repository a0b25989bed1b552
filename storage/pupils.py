"""Pupils, as the school's system knows them. Nothing about safeguarding lives here."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ForeignKey, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from policy.records import Pupil
from storage.database import Base, Id

AT_ONCE: Final = 5_000  # pupils asked for in one statement; both databases take at least 30,000 values in one


class PupilRow(Base):
    """A pupil: now, later or in the past; leavers stay, because questions about old pictures do."""

    __tablename__ = "pupils"
    id: Mapped[Id]
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    upn: Mapped[str] = mapped_column(unique=True)
    legal_first_name: Mapped[str]
    preferred_first_name: Mapped[str]
    last_name: Mapped[str]
    class_name: Mapped[str]
    year_group: Mapped[str]
    born: Mapped[date]
    joined_on: Mapped[date]
    left_on: Mapped[date | None]


PUPIL_COLUMNS: Final = tuple(  # in the order of Pupil's fields
    getattr(PupilRow, name)
    for name in (
        "id",
        "legal_first_name",
        "preferred_first_name",
        "last_name",
        "class_name",
        "year_group",
        "born",
        "joined_on",
        "left_on",
    )
)
_ROLL: Final[Select[*tuple[Any, ...]]] = (
    select(*PUPIL_COLUMNS).where(PupilRow.school_id == bindparam("school")).order_by(PupilRow.id)
)
_SOME: Final[Select[*tuple[Any, ...]]] = select(*PUPIL_COLUMNS).where(PupilRow.id.in_(bindparam("ids", expanding=True)))


async def roll(session: AsyncSession, school_id: int) -> tuple[Pupil, ...]:
    """Return every pupil of a school, leavers and future joiners too; it changes with the school's `roll_version`."""
    return tuple(Pupil(*row) for row in await session.execute(_ROLL, {"school": school_id}))


async def by_ids(session: AsyncSession, pupil_ids: Sequence[int]) -> tuple[Pupil, ...]:
    """Return these pupils, in the order asked; one that does not exist is left out."""
    found: dict[int, Pupil] = {}
    for some in in_lots(pupil_ids):
        found |= {row[0]: Pupil(*row) for row in await session.execute(_SOME, {"ids": some})}
    return tuple(found[pupil_id] for pupil_id in pupil_ids if pupil_id in found)


def in_lots(pupil_ids: Sequence[int]) -> list[Sequence[int]]:
    """Cut a list into what one statement takes: a class is always one."""
    return [pupil_ids[start : start + AT_ONCE] for start in range(0, len(pupil_ids), AT_ONCE)]
