"""Everything about one breach in one file: what happened, the forms, the decisions, the letters, and their hashes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NotTheirs, Outcome, Taken
from bot.exports.case_of import CaseFile, case_of
from bot.exports.chapters import TIMELINE, TOLD, decisions, letters, timeline, timeline_rows, told_rows
from bot.exports.document import as_docx
from bot.exports.filled import FilledForm, as_json, document
from bot.exports.form_a import signed_form
from bot.exports.form_b import saved_form
from bot.exports.happened import story
from bot.exports.packing import packed
from bot.exports.who import iso
from bot.exports.writing import Format, written
from storage import audit
from storage.told import Told, about

MANIFEST: Final = "manifest.json"
INTACT: Final = "The audit log was checked line by line and is as it was written."


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write the pack of one case."""
    file = await case_of(session, asked)
    if isinstance(file, NotTheirs):
        return file
    told = await about(session, f"breach/{file.breach.number}")
    wrong = await audit.verify(session)
    content = evidence(file, told, audit_log=wrong)
    return Taken(content, {"events": len(file.events)}, () if wrong is None else (wrong,))


def evidence(file: CaseFile, told: Sequence[Told], *, audit_log: str | None) -> bytes:
    """Return the zip file: the same case at the same moment gives the same bytes.

    `audit_log` is what is wrong with the log, None where nothing is.
    """
    inside = members(file, told)
    return packed({**inside, MANIFEST: manifest(file, inside, audit_log=audit_log)})


def members(file: CaseFile, told: Sequence[Told]) -> dict[str, bytes]:
    """Return every member but the manifest, by name; a form or letter that does not exist yet is left out."""
    moments = tuple(story(file))
    form_a = signed_form(file)
    forms = {} if form_a is None else _both("form-a", form_a, file)
    for version in range(1, len(file.breach.form_b) + 1):
        forms |= _both(f"form-b/version-{version}", saved_form(file, version), file)
    return {
        "timeline.docx": as_docx(timeline(file, moments)),
        "timeline.csv": written(TIMELINE, timeline_rows(moments), Format.CSV),
        **forms,
        "decisions.docx": as_docx(decisions(file)),
        **{
            f"letters/to-the-people-affected-version-{version}.docx": as_docx(letter)
            for version, letter in enumerate(letters(file), start=1)
        },
        "letters/told-by-ask-dpo.csv": written(TOLD, told_rows(told), Format.CSV),
    }


def manifest(file: CaseFile, inside: Mapping[str, bytes], *, audit_log: str | None) -> bytes:
    """Return what is in the file, each member with its size and SHA-256, as JSON."""
    breach = file.breach
    told = {
        "case": breach.number,
        "school": file.school.code,
        "made_at": iso(file.made_at),
        "made_by": file.by,
        "events": len(file.events),
        "first_known": [
            {"at": iso(word.at), "said_at": iso(word.said_at), "by": file.name(word.by), "reason": word.reason}
            for word in breach.aware
        ],
        "audit_log": {"intact": audit_log is None, "says": audit_log or INTACT},
        "members": [
            {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in inside.items()
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def _both(name: str, form: FilledForm, file: CaseFile) -> dict[str, bytes]:
    laid_out = document(form, footer=file.footer, made_at=file.made_at)
    return {f"{name}.docx": as_docx(laid_out), f"{name}.json": as_json(form)}
