"""The school's own policy documents, version by version; the answers that a new one questions are policy_flags.py's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import ForeignKey, UniqueConstraint, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from policy.documents.clause import Clause
from policy.documents.differences import Differences
from policy.documents.school_text import SchoolText, Stated, stands_under
from storage.database import Base, Id

if TYPE_CHECKING:
    from storage.schools import School  # which reads from here what every turn knows of a school


class PolicyDocumentRow(Base):
    """One version of one document at one school. Versions are added, none is changed."""

    __tablename__ = "policy_documents"
    __table_args__ = (UniqueConstraint("school_id", "document", "version"),)
    id: Mapped[Id]
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    document: Mapped[str]
    version: Mapped[int]
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), index=True)
    imported_at: Mapped[datetime]
    file_name: Mapped[str]
    sha256: Mapped[str]
    named: Mapped[bool]  # whether it was asked for, or only came along as an appendix of another
    review_on: Mapped[date | None]  # the earliest that it states (C16)
    review_said: Mapped[str]


class PolicyClauseRow(Base):
    """One clause of a version, in the school's own words."""

    __tablename__ = "policy_clauses"
    __table_args__ = (UniqueConstraint("document_id", "number"),)
    document_id: Mapped[int] = mapped_column(ForeignKey("policy_documents.id"), primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # in the document, from 0
    number: Mapped[str]
    heading: Mapped[str]
    text: Mapped[str]
    stood: Mapped[str]  # where in the file: "page 3"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a document at a school."""

    id: int
    version: int
    named: bool
    file_name: str
    review: Stated | None


@dataclass(frozen=True, slots=True)
class Change:
    """What an import changed in one document at one school, compared with the version before."""

    school: "School"
    import_id: int
    document: str
    differences: Differences
    is_first: bool  # there was none before


_DOCUMENT: Final = PolicyDocumentRow.__table__.c
_CLAUSE: Final = PolicyClauseRow.__table__.c


async def in_force(session: AsyncSession, school_id: int) -> dict[str, Version]:
    """Return the newest version of each document that the school has imported."""
    newest = (
        select(_DOCUMENT.document, func.max(_DOCUMENT.version).label("version"))
        .where(_DOCUMENT.school_id == school_id)
        .group_by(_DOCUMENT.document)
        .subquery()
    )
    columns = ("document", "id", "version", "named", "file_name", "review_on", "review_said")
    found = await session.execute(
        select(*(_DOCUMENT[name] for name in columns))
        .join(newest, (newest.c.document == _DOCUMENT.document) & (newest.c.version == _DOCUMENT.version))
        .where(_DOCUMENT.school_id == school_id)
        .order_by(_DOCUMENT.document)
    )
    return {
        document: Version(row, version, named, file, Stated(due, said) if due else None)
        for document, row, version, named, file, due, said in found
    }


async def clauses(session: AsyncSession, version: int) -> tuple[Clause, ...]:
    """Return the clauses of a version, known by its row, in their order."""
    found = await session.execute(
        select(_CLAUSE.number, _CLAUSE.heading, _CLAUSE.text, _CLAUSE.stood)
        .where(_CLAUSE.document_id == version)
        .order_by(_CLAUSE.place)
    )
    return tuple(Clause(*row) for row in found)


async def texts(session: AsyncSession, school_id: int) -> tuple[SchoolText, ...]:
    """Return what every turn knows of the school's documents; it changes with `lists_version`."""
    versions = await in_force(session, school_id)
    numbers: dict[int, set[str]] = {version.id: set() for version in versions.values()}
    found = await session.execute(
        select(_CLAUSE.document_id, _CLAUSE.number).where(_CLAUSE.document_id.in_(list(numbers)))
    )
    for version, number in found:
        numbers[version].add(number)
    return tuple(
        SchoolText(document, frozenset(numbers[version.id]), version.review) for document, version in versions.items()
    )


async def quote(
    session: AsyncSession, school_id: int, cited: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str, tuple[Clause, ...]], ...]:
    """Return each of these clauses that the school's documents have, with what stands under it."""
    versions = await in_force(session, school_id)
    found = []
    for document, number in cited:
        if document in versions:
            every = await clauses(session, versions[document].id)
            under = tuple(clause for clause in every if stands_under(clause.number, number))
            found += [(document, number, under)] if under else []
    return tuple(found)


async def add_version(
    session: AsyncSession,
    *,
    school_id: int,
    document: str,
    version: int,
    import_id: int,
    file_name: str,
    sha256: str,
    named: bool,
    review: Stated | None,
    clauses: Sequence[Clause],
    now: datetime,
) -> None:
    """Write a version with its clauses."""
    added = await session.execute(
        insert(PolicyDocumentRow)
        .values(
            school_id=school_id,
            document=document,
            version=version,
            import_id=import_id,
            imported_at=now,
            file_name=file_name,
            sha256=sha256,
            named=named,
            review_on=review.due if review else None,
            review_said=review.said if review else "",
        )
        .returning(PolicyDocumentRow.id)
    )
    number = added.scalar_one()
    await session.execute(
        insert(PolicyClauseRow.__table__),  # type: ignore[arg-type]  # a Table, which the stubs call a FromClause
        [
            {
                "document_id": number,
                "place": place,
                "number": clause.number,
                "heading": clause.heading,
                "text": clause.text,
                "stood": clause.place,
            }
            for place, clause in enumerate(clauses)
        ],
    )


async def named(session: AsyncSession, version: int) -> None:
    """Note that a version, until now only an appendix of another, was imported for itself as well."""
    await session.execute(
        update(PolicyDocumentRow)
        .where(PolicyDocumentRow.id == version)
        .values(named=True)
        .execution_options(synchronize_session=False)
    )
