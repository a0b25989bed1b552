"""Schools, and the lists of a school's own that the rules read before they look at any pupil."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ForeignKey, Row, Select, UniqueConstraint, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from policy.records import Account, Organisation, SchoolRecords
from storage import policies
from storage.database import Base, Id


class SchoolRow(Base):
    """A school; its three versions rise with every change, so that a running bot notices."""

    __tablename__ = "schools"
    id: Mapped[Id]
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    controller: Mapped[str] = mapped_column(default="", server_default="")  # empty: the school itself (facts 3.6)
    controller_number: Mapped[str] = mapped_column(default="", server_default="")  # FORMB-1
    division: Mapped[str] = mapped_column(default="england-and-wales")
    roll_version: Mapped[int] = mapped_column(default=0)
    consents_version: Mapped[int] = mapped_column(default=0)
    lists_version: Mapped[int] = mapped_column(default=0)
    list_as_of: Mapped[date | None]  # the day of the last consents import


class OrganisationRow(Base):
    """An organisation named on a year's form (PHOTO-B-orgs)."""

    __tablename__ = "organisations"
    __table_args__ = (UniqueConstraint("school_id", "academic_year", "name"),)
    id: Mapped[Id]
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    academic_year: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]


class AccountRow(Base):
    """A social media account on the form (PHOTO-B-soc)."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("school_id", "platform", "handle"),)
    id: Mapped[Id]
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    platform: Mapped[str]
    handle: Mapped[str]
    listed_from: Mapped[date]


class TermRow(Base):
    """A term, or half of one."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("school_id", "academic_year", "name"),)
    id: Mapped[Id]
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    academic_year: Mapped[str]
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class RoundRow(Base):
    """An additional-consent round: somebody at the school was asked about one organisation for one year (A7)."""

    __tablename__ = "consent_rounds"
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), primary_key=True)
    academic_year: Mapped[str] = mapped_column(primary_key=True)
    organisation: Mapped[str] = mapped_column(primary_key=True)


class PermissionRow(Base):
    """What the headteacher allowed or forbade for a day; the latest row of a kind and day stands (PHOTO-3.1)."""

    __tablename__ = "permissions"
    id: Mapped[Id]
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    kind: Mapped[str]  # "family_filming", "live", "private_place", "personal_camera"
    on: Mapped[date]
    allowed: Mapped[bool]
    decided_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]


FAMILY_FILMING: Final = "family_filming"


@dataclass(frozen=True, slots=True)
class School:
    """A school as every turn knows it."""

    id: int
    code: str
    name: str
    division: str
    roll_version: int
    consents_version: int
    lists_version: int
    list_as_of: date | None  # None: no consents were ever imported


@dataclass(frozen=True, slots=True)
class Term:
    """A term's name and first and last days."""

    academic_year: str
    name: str
    starts_on: date
    ends_on: date


SCHOOL_COLUMNS: Final = tuple(SchoolRow.__table__.c[field.name] for field in fields(School))
_BY_CODE: Final[Select[*tuple[Any, ...]]] = select(*SCHOOL_COLUMNS).order_by(SchoolRow.code)


async def schools(session: AsyncSession) -> tuple[School, ...]:
    """Return every school, by code."""
    return tuple(School(*row) for row in await session.execute(_BY_CODE))


async def by_code(session: AsyncSession, code: str) -> School | None:
    """Return the school with that code, however its letters are cased."""
    found = await session.execute(_BY_CODE.where(func.lower(SchoolRow.code) == code.strip().lower()))
    row = found.first()
    return School(*row) if row else None


async def by_id(session: AsyncSession, school_id: int) -> School | None:
    """Return the school with that number of ours."""
    row = (await session.execute(_BY_CODE.where(SchoolRow.id == school_id))).first()
    return School(*row) if row else None


async def school_records(session: AsyncSession, school_id: int) -> SchoolRecords:
    """Return the school's own lists and the head's permissions: everything Stage A reads (domain 1.5).

    They change with `lists_version` and `consents_version`, so they may be kept as long as those stay.
    """
    accounts = await session.execute(
        select(AccountRow.platform, AccountRow.handle, AccountRow.listed_from)
        .where(AccountRow.school_id == school_id)
        .order_by(AccountRow.id)
    )
    organisations = await session.execute(
        select(OrganisationRow.academic_year, OrganisationRow.name, OrganisationRow.kind)
        .where(OrganisationRow.school_id == school_id)
        .order_by(OrganisationRow.id)
    )
    rounds = await session.execute(
        select(RoundRow.academic_year, RoundRow.organisation)
        .where(RoundRow.school_id == school_id)
        .order_by(RoundRow.academic_year, RoundRow.organisation)
    )
    decided = await session.execute(
        select(PermissionRow.kind, PermissionRow.on, PermissionRow.allowed)
        .where(PermissionRow.school_id == school_id)
        .order_by(PermissionRow.id)
    )
    standing = frozenset(_standing(decided.all()))
    return SchoolRecords(
        accounts=tuple(Account(*row) for row in accounts),
        organisations=tuple(Organisation(*row) for row in organisations),
        rounds_open=tuple((year, name) for year, name in rounds),
        family_filming=frozenset(day for kind, day in standing if kind == FAMILY_FILMING),
        permissions=frozenset((kind, day) for kind, day in standing if kind != FAMILY_FILMING),
        texts=await policies.texts(session, school_id),
    )


def _standing(decided: Sequence[Row[str, date, bool]]) -> list[tuple[str, date]]:
    latest = {(kind, on): allowed for kind, on, allowed in decided}
    return [what for what, allowed in latest.items() if allowed]


async def decide_permission(
    session: AsyncSession, *, school_id: int, kind: str, on: date, allowed: bool, decided_by: int, now: datetime
) -> None:
    """Record what the headteacher decided for a day; a later decision about the same day stands instead."""
    session.add(
        PermissionRow(school_id=school_id, kind=kind, on=on, allowed=allowed, decided_by=decided_by, recorded_at=now)
    )
    await session.flush()
    await session.execute(
        update(SchoolRow).where(SchoolRow.id == school_id).values(lists_version=SchoolRow.lists_version + 1)
    )


async def consents_changed(session: AsyncSession, school_id: int) -> None:
    """Note that somebody's answers changed: the list is another one now (PHOTO-4.11)."""
    await session.execute(
        update(SchoolRow)
        .where(SchoolRow.id == school_id)
        .values(consents_version=SchoolRow.consents_version + 1)
        .execution_options(synchronize_session=False)
    )


async def terms(session: AsyncSession, school_id: int) -> tuple[Term, ...]:
    """Return the school's terms, earliest first."""
    found = await session.execute(
        select(TermRow.academic_year, TermRow.name, TermRow.starts_on, TermRow.ends_on)
        .where(TermRow.school_id == school_id)
        .order_by(TermRow.starts_on)
    )
    return tuple(Term(*row) for row in found)
