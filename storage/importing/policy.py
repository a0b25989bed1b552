"""A policy document from its file into the database: all of it or none, and only where it says something new."""

import hashlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from policy.documents.differences import Differences, between
from policy.documents.sorting import PolicyDocument, UnsortableError, sort_out
from storage import audit, findings, imports, policies
from storage.database import Database
from storage.importing import known
from storage.importing.policy_files import PolicyText, read_policy_file
from storage.importing.policy_findings import absent, findings_of, review_line
from storage.importing.report import Imported, RefusedError, counted
from storage.importing.run import ADMINISTRATOR
from storage.people import Person
from storage.policies import Change, Version
from storage.schools import School

ALL: Final = "all"  # a trust-wide policy
_NUMBERS_TOLD: Final = 12  # of changed clauses, on one line


# Written in the transaction of the import: whoever must look at what the new version changed.
Tell = Callable[[AsyncSession, Sequence[Change], datetime], Awaitable[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    sha256: str


async def _tell_nobody(_session: AsyncSession, _changes: Sequence[Change], _now: datetime) -> tuple[str, ...]:
    return ()


async def import_policy(
    db: Database,
    path: Path,
    *,
    documents: Sequence[str],
    school: str | None = None,
    by: Person | None = None,
    now: datetime,
    dry_run: bool = False,
    tell: Tell = _tell_nobody,
) -> Imported:
    """Read a file as these documents, for one school or ALL; reading it again changes nothing.

    A recognised appendix comes along, but never in place of a document that was imported for itself. `tell` gets what
    changed, in the same transaction, and returns lines for whoever imports. Raises RefusedError, with sentences.
    """
    text = read_policy_file(path)
    try:
        found = sort_out(text.paragraphs, documents)
    except UnsortableError as error:
        raise RefusedError([f"{path.name}: {error}"]) from error
    file = _File(path.name, _sha256(path))
    async with db.write() as session:
        schools = await _schools(session, school)
        number = await imports.note(
            session,
            kind="policy",
            file_name=file.name,
            sha256=file.sha256,
            imported_by=by.email if by else ADMINISTRATOR,
            now=now,
        )
        lines: list[str] = []
        changes: list[Change] = []
        for one in schools:
            told, changed = await _at(session, one, found, text, file=file, import_id=number, now=now)
            lines += [f"{one.code}: {line}" if len(schools) > 1 else line for line in told]
            changes += changed
        lines += await tell(session, changes, now)
        counts = {"versions": len(changes)} if changes else {}
        codes = sorted({change.school.code for change in changes})
        await imports.finish(
            session, number, rows=sum(len(one.clauses) for one in found), changes=counts, schools=codes
        )
        await _note(session, number, changes, by=by, now=now)
        if dry_run:
            await session.rollback()
    return Imported(
        rows=sum(len(one.clauses) for one in found),
        changes=counts,
        lines=(*_read(found, text), *lines),
        schools=tuple(codes),
    )


async def _schools(session: AsyncSession, code: str | None) -> tuple[School, ...]:
    """Return the schools that were meant; the only one where none was named."""
    there = await known.by_code(session)
    codes = ", ".join(sorted(one.code for one in there.values()))
    if not there:
        raise RefusedError(["There is no school yet. Import its staff first."])
    if code is None:
        if len(there) > 1:
            raise RefusedError(
                [f"Whose policy is it? Say --school with one of {codes}, or --school {ALL} for the trust."]
            )
        return tuple(there.values())
    if code.casefold() in there:
        return (there[code.casefold()],)
    if code.casefold() == ALL:
        return tuple(there.values())
    raise RefusedError([f"No school has the code “{code}”. There are {codes}, and {ALL}."])


async def _at(
    session: AsyncSession,
    school: School,
    found: Sequence[PolicyDocument],
    text: PolicyText,
    *,
    file: _File,
    import_id: int,
    now: datetime,
) -> tuple[list[str], list[Change]]:
    """Write the file's documents for one school, each with what was odd in it; return what to say, and what changed."""
    before = await policies.in_force(session, school.id)
    lines: list[str] = []
    changes: list[Change] = []
    for one in found:
        told, change = await _write(
            session, school, one, before=before.get(one.document), file=file, import_id=import_id, now=now
        )
        lines += told
        if change is not None:
            changes.append(change)
            odd = findings_of(one, text.unread)
            await findings.keep(session, school_id=school.id, document=one.document, import_id=import_id, findings=odd)
    return lines, changes


async def _write(
    session: AsyncSession,
    school: School,
    found: PolicyDocument,
    *,
    before: Version | None,
    file: _File,
    import_id: int,
    now: datetime,
) -> tuple[list[str], Change | None]:
    """Write a new version where there is one; return what to say about it."""
    review = found.review[0] if found.review else None
    different = between(() if before is None else await policies.clauses(session, before.id), found.clauses)
    if before is not None:
        is_redated = (before.review and before.review.due) != (review and review.due)
        if not different and not is_redated:
            if found.named and not before.named:
                await policies.named(session, before.id)
            return [f"{found.document}: nothing changed since version {before.version}."], None
        if before.named and not found.named:
            kept = f"kept as imported from {before.file_name}; {found.where} of this file was not taken."
            return [f"{found.document}: {kept}", f"  To take it, say --as-document {found.document}."], None
    version = 1 if before is None else before.version + 1
    await policies.add_version(
        session,
        school_id=school.id,
        document=found.document,
        version=version,
        import_id=import_id,
        file_name=file.name,
        sha256=file.sha256,
        named=found.named,
        review=review,
        clauses=found.clauses,
        now=now,
    )
    change = Change(school, import_id, found.document, different, is_first=before is None)
    if before is None:
        return [f"{found.document}: version 1, {counted(len(found.clauses), 'clause')}."], change
    redated = ["  It states another review date."] if is_redated else []
    compared = f"{found.document}: version {version}. Compared with version {before.version}:"
    return [compared, *_compared(different), *redated], change


def _compared(different: Differences) -> Iterator[str]:
    if not different:
        yield "  No clause changed."
    for word, numbers in (
        ("Added", different.added),
        ("Removed", different.removed),
        ("Changed", different.changed),
        ("Renumbered", [f"{old} is now {new}" for old, new in different.renumbered]),
    ):
        if numbers:
            more = f" and {len(numbers) - _NUMBERS_TOLD} more" if len(numbers) > _NUMBERS_TOLD else ""
            yield f"  {word} ({len(numbers)}): {', '.join(numbers[:_NUMBERS_TOLD])}{more}."


def _read(found: Sequence[PolicyDocument], text: PolicyText) -> Iterator[str]:
    """Say what was found in the file, and what was not."""
    for one in found:
        numbered = [clause for clause in one.clauses if clause.number[0].isdigit() or set(".(") & set(clause.number)]
        others = len(one.clauses) - len(numbered)
        more = f" and {counted(others, 'appendix or form', 'appendices or forms')}" if others else ""
        yield f"{one.document}: {counted(len(numbered), 'numbered clause')}{more}, from {one.where}."
        yield f"  From {one.clauses[0].number} to {one.clauses[-1].number}." if one.clauses else "  Nothing to quote."
        yield f"  {review_line(one)}"
        yield from (f"  Please check: {note}" for note in (*one.notes, *absent(one)))
    yield from (f"Not read: {sentence}" for sentence in text.unread)


async def _note(
    session: AsyncSession, number: int, changes: Sequence[Change], *, by: Person | None, now: datetime
) -> None:
    for school in {change.school.id: change.school for change in changes}.values():
        known_as = [change.document for change in changes if change.school.id == school.id]
        await audit.record(
            session,
            f"person/{by.id}" if by else ADMINISTRATOR,
            "policy.imported",
            f"import/{number}",
            {"documents": known_as},
            now=now,
            school_id=school.id,
        )
    await known.bump(session, (change.school.id for change in changes), "lists_version")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
