"""A no tells nothing: whatever stands behind it, the asker, their log and their status are the same, byte for byte."""

# ruff: noqa: S608  every statement is of our own names

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import event

from policy.photos.uses import FORM_ITEMS
from storage.database import Database
from tests.security.prepared_school import of

PUPIL: Final = "Wren Ashby"
_ID: Final = "(SELECT id FROM pupils WHERE last_name = 'Ashby')"
_BY: Final = "(SELECT id FROM people WHERE email LIKE 'dsl@%')"
_AT: Final = "'2026-11-20 09:00:00.000000'"
_NO: Final = f"UPDATE consents SET answer = 0 WHERE pupil_id = {_ID}"
_ALL: Final = ";".join(FORM_ITEMS)


def _restricted(state: str, level: str, court: int) -> str:
    return (
        "INSERT INTO restrictions (pupil_id, state, level, court_order, recorded_by, recorded_at) "
        f"VALUES ({_ID}, '{state}', {level}, {court}, {_BY}, {_AT})"
    )


def _objected(ruling: str) -> str:
    return (
        "INSERT INTO objections (pupil_id, received_on, ruling, recorded_by, recorded_at) "
        f"VALUES ({_ID}, '2026-11-19', '{ruling}', {_BY}, {_AT})"
    )


_DISPUTED: Final = (
    "INSERT INTO consents SELECT id + 10000, pupil_id, academic_year, item, 0, 'father', capacity, method, signed_on, "
    f"effective_from, withdrawn_on, limits, evidence_ref, import_id, recorded_at FROM consents WHERE pupil_id = {_ID}"
)

# What is changed in the family's records. The first is a family that ticked no on every line.
CAUSES: Final[dict[str, tuple[str, ...]]] = {
    "refused": (_NO,),
    "no form": (f"DELETE FROM consents WHERE pupil_id = {_ID}",),
    "expired": (f"UPDATE consents SET academic_year = '2024/25', signed_on = '2024-09-10' WHERE pupil_id = {_ID}",),
    "level 2": (_NO, _restricted("set", "2", 0)),
    "level 3": (_restricted("set", "3", 0),),
    "pending": (_restricted("pending", "NULL", 0),),
    "court order": (_restricted("set", "1", 1),),
    "withdrawn": (f"UPDATE withdrawals SET items = '{_ALL}', mark = '2026-11-23:{_ALL}' WHERE pupil_id = {_ID}",),
    "withdrawn and recorded": (f"UPDATE consents SET withdrawn_on = '2026-11-20' WHERE pupil_id = {_ID}",),
    "suspended": (
        (
            f"INSERT INTO suspensions (pupil_id, suspended_from, recorded_by, recorded_at) "
            f"VALUES ({_ID}, '2026-11-16', {_BY}, {_AT})"
        ),
    ),
    "objection": (_NO, _objected("open")),
    "objection upheld": (_NO, _objected("upheld")),
    "disputed": (_DISPUTED,),
    "on hold": (
        _NO,
        f"INSERT OR REPLACE INTO holds SELECT id, school_id, '[\"{PUPIL}\"]' FROM cases WHERE kind = 'request'",
    ),
    "restricted and refused": (_NO, _restricted("set", "3", 0)),
}
QUESTIONS: Final = (
    "Can I put a photo of {} on the school website?",
    "film of {} for our Facebook page",
    "photo of {} for our prospectus",
)
AFTERWARDS: Final = (
    "why?",
    "who refused?",
    "and on the website?",
    "what if it were only the back of the head?",
    "status",
)


async def footprint(db: Database, path: Path, question: str) -> tuple[list[Any], list[str]]:
    """Everything that the asker, and any staff who read the log, could lay side by side; and the statements run."""
    chat, ran = of(db, "staff", turns=5000), list[str]()
    for engine in (db.readers.sync_engine, db.writers.sync_engine):
        event.listen(engine, "before_cursor_execute", lambda *args: ran.append(" ".join(args[2].split())))
    seen = [await chat.says(question.format(PUPIL))]
    statements = list(ran)
    assert seen[0].answer["shape"] == "R", seen[0].text
    seen.append(await chat.presses("Request review"))
    seen += [await chat.says(words) for words in AFTERWARDS]
    with closing(sqlite3.connect(path)) as rows:
        me = "(SELECT id FROM people WHERE email LIKE 'staff@%')"
        kept = [rows.execute(query).fetchall() for query in (_LOG.format(me), _AUDIT.format(me), _LETTERS, _DONE)]
    return [*[replace(one, again=False) for one in seen], *kept], statements


def changed(path: Path, cause: str) -> None:
    with closing(sqlite3.connect(path)) as rows, rows:
        rows.execute(f"DELETE FROM withdrawals WHERE pupil_id = {_ID}" if cause != "withdrawn" else "SELECT 1")
        for statement in CAUSES[cause]:
            rows.execute(statement)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("cause", sorted(set(CAUSES) - {"refused"}))
async def test_every_cause_leaves_what_a_plain_no_leaves(
    cause: str, question: str, school_file: Path, tmp_path: Path
) -> None:
    plain = tmp_path / "plain.db"
    shutil.copy(school_file, plain)
    changed(plain, "refused")
    changed(school_file, cause)
    found = []
    for path in (plain, school_file):
        db = Database.connect(f"sqlite:///{path}")
        found.append(await footprint(db, path, question))
        await db.dispose()
    (expected, usual), (seen, ran) = found
    for one, other in zip(seen, expected, strict=True):
        assert one == other
    assert ran == usual, "the database is asked the same, so that it takes as long"


_LOG: Final = (
    "SELECT id, text, intent, shape, decision, conditions, understood, uses, media, pupil_ids, answered_with "
    "FROM questions WHERE person_id = {}"
)
_AUDIT: Final = "SELECT action, subject, details, school_id FROM audit WHERE actor = 'person/' || {}"
_LETTERS: Final = "SELECT key, summary FROM letters WHERE addressee = '00000000-0000-4000-8000-000000000001'"
_DONE: Final = "SELECT form, subject FROM drafts WHERE person_id = 1"
