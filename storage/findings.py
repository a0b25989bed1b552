"""What an import found odd in a version of a school's policy document, kept with that version for the DPO to see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ForeignKey, Select, insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Base
from storage.policies import PolicyDocumentRow


class FindingKind(StrEnum):
    """What kind of thing is odd."""

    UNREAD = "unread"  # a part of the file that could not be read
    CHECK = "check"  # a reference that leads nowhere, a number out of order, a law that is gone
    ABSENT = "absent"  # a clause that answers cite and that the document does not have
    REVIEW = "review"  # what it says of its own review


class FindingRow(Base):
    """One sentence about one version, in the order in which it was told."""

    __tablename__ = "policy_findings"
    document_id: Mapped[int] = mapped_column(ForeignKey("policy_documents.id"), primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 0
    kind: Mapped[str]
    sentence: Mapped[str]


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence for whoever keeps the policy."""

    kind: FindingKind
    sentence: str


@dataclass(frozen=True, slots=True)
class Told:
    """A version with what was found in it."""

    school_id: int
    document: str
    version: int
    in_force: bool
    file_name: str
    imported_at: datetime
    review_on: date | None
    review_said: str
    findings: tuple[Finding, ...]


_D: Final = PolicyDocumentRow.__table__.c
_F: Final = FindingRow.__table__.c
_VERSIONS: Final[Select[*tuple[Any, ...]]] = select(
    _D.id, _D.school_id, _D.document, _D.version, _D.file_name, _D.imported_at, _D.review_on, _D.review_said
)


async def keep(
    session: AsyncSession, *, school_id: int, document: str, import_id: int, findings: Sequence[Finding]
) -> None:
    """Keep what was found in a version that was just added. Raises LookupError where that import added none."""
    found = await session.scalar(
        select(_D.id).where(_D.school_id == school_id, _D.document == document, _D.import_id == import_id)
    )
    if found is None:
        raise LookupError(f"import {import_id} brought no {document} to school {school_id}")
    rows = [
        {"document_id": found, "place": place, "kind": each.kind.value, "sentence": each.sentence}
        for place, each in enumerate(findings)
    ]
    if rows:
        await session.execute(insert(FindingRow.__table__), rows)  # type: ignore[arg-type]  # a Table is what it is


async def at_schools(session: AsyncSession, school_ids: Collection[int]) -> tuple[Told, ...]:
    """Return every version at these schools with its findings: by school and document, the newest first."""
    rows = (
        await session.execute(
            _VERSIONS.where(_D.school_id.in_(sorted(school_ids))).order_by(_D.school_id, _D.document, _D.version.desc())
        )
    ).all()
    newest = {(school, document): version for _, school, document, version, *_ in reversed(rows)}
    found: dict[int, list[Finding]] = {}
    told = await session.execute(
        select(_F.document_id, _F.kind, _F.sentence)
        .where(_F.document_id.in_([row[0] for row in rows]))
        .order_by(_F.document_id, _F.place)
    )
    for number, kind, sentence in told:
        found.setdefault(number, []).append(Finding(FindingKind(kind), sentence))
    return tuple(
        Told(
            school_id=school,
            document=document,
            version=version,
            in_force=version == newest[school, document],
            file_name=file,
            imported_at=at,
            review_on=due,
            review_said=said,
            findings=tuple(found.get(number, ())),
        )
        for number, school, document, version, file, at, due, said in rows
    )
