"""Monday's digest for one school and for a hundred of one trust.

    python tests/bench/digest.py                  # about two minutes; prints JSON
    python tests/bench/digest.py --quick          # twenty schools
    python tests/bench/digest.py --postgresql URL # on an empty PostgreSQL as well

Each school has 300 pupils with a form each but for a few, 40 staff of whom one is the head, three
open breaches, two open requests for data and 200 questions this week; no consents were imported
this week; the trust has one DPO. The DPO's digest of a hundred schools is held against a head's own
of one (both as `preview digest`), and the whole Monday against one school's: read, draw, write a
letter to every head and the DPO, commit. Last, a sweep once everything is sent. Medians.
"""

import argparse
import asyncio
import json
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.conversation import Said, Scope, Turn
from dialogs.desk import Desk
from dialogs.digest import sending
from dialogs.root import Dialogs
from storage import imports
from storage.database import Database
from tests.bench.databases import on_each_of

DUE: Final = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
AT_MOST: Final = 10.0  # times one school's; issue 6, "Speed"
ROUNDS: Final = 7
STAFF: Final = 40


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--postgresql", default="")
    options = parser.parse_args()
    many = 20 if options.quick else 100
    names = ("digest_one", "digest_many")
    result = await on_each_of(names, options.postgresql, lambda urls: _measure(urls, many))
    print(json.dumps(result, indent=2))


async def _measure(urls: list[str], many: int) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for url, count in zip(urls, (1, many), strict=True):
        db = await _filled(url, count)
        desk = Desk()
        rounds, heads, dpos, idle = [], [], [], []
        for week in range(ROUNDS + 1):
            await _anew(db)
            rounds.append(await _took(_sends(db, desk, count)))
            idle.append(await _took(_sends(db, desk, 0)))
            heads.append(await _took(_previews(db, desk, "p1000", "Your digest so far", week)))
            dpos.append(await _took(_previews(db, desk, "dpo", "Your schools so far", week)))
        for name, took in (("monday", rounds), ("heads", heads), ("dpos", dpos), ("nothing_due", idle)):
            shown[f"{name}_of_{count}_ms"] = round(statistics.median(took[1:]) * 1000, 2)  # the first warms up
        await db.dispose()
    ratio = round(shown[f"dpos_of_{many}_ms"] / shown["heads_of_1_ms"], 2)
    monday = round(shown[f"monday_of_{many}_ms"] / shown["monday_of_1_ms"], 2)
    within = max(ratio, monday) <= AT_MOST
    return shown | {"times": ratio, "monday_times": monday, "target": AT_MOST, "within_target": within}


def _sends(db: Database, desk: Desk, expected: int) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        done = await sending.send(db, desk, now=DUE)
        if done != expected:
            raise RuntimeError(f"{done} schools' digests were sent, not {expected}")

    return run


def _previews(db: Database, desk: Desk, who: str, begins: str, week: int) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        turn = Turn(f"a:{who}", f"m{week}", who, Scope.PERSONAL, Said("preview digest"), DUE + timedelta(hours=1))
        (told, *_) = await Dialogs(db, desk).take(turn)
        if not told.text.startswith(begins):
            raise RuntimeError(told.text)

    return run


async def _took(run: Callable[[], Awaitable[None]]) -> float:
    began = time.perf_counter()
    await run()
    return time.perf_counter() - began


async def _anew(db: Database) -> None:
    """Let the week's digests not be sent yet."""
    async with db.write() as session:
        for table in ("digests", "digest_rounds", "letter_contents", "letters", "turns"):
            await session.execute(text(f"DELETE FROM {table}"))  # noqa: S608  our own names


async def _filled(url: str, count: int) -> Database:
    db = Database.connect(url)
    await db.upgrade()
    people = [(1, "dpo", "dpo@trust.example", "Petra Owen")]
    members, pupils, consents, cases, events, questions = [], [], [], [], [], []
    for school in range(1, count + 1):
        members.append((1, school, "dpo"))
        for n in range(STAFF):
            person = school * 1000 + n
            people.append((person, f"p{person}", f"p{person}@trust.example", f"Person {person}"))
            members.append((person, school, "headteacher" if n == 0 else "staff"))
        pupils += [(school * 1000 + n, school, f"U{school}-{n}", f"{n // 30 + 1}A") for n in range(300)]
        consents += [(school * 1000 + n, item) for n in range(290) for item in _ITEMS]
        for n in range(5):
            number, kind = school * 10 + n, "breach" if n < 3 else "request"
            cases.append((number, kind, school, school * 1000 + 1 + n, f"bench/{number}"))
            events.append((number, _OPENED[kind], school * 1000 + 1 + n))
        questions += [(school, school * 1000 + n % STAFF, f"q{n}") for n in range(200)]
    async with db.write() as session:
        schools = [(number, f"S{number:03}", f"School {number}") for number in range(1, count + 1)]
        for statement, rows in zip(
            _INSERTS, (schools, people, members, pupils, consents, cases, events, questions), strict=True
        ):
            names = statement.partition("(")[2].partition(")")[0].replace(" ", "").split(",")
            wanted = [dict(zip(names, row, strict=False)) for row in rows]
            await session.execute(text(statement), wanted)
        await imports.finish(session, await _import(session), rows=0, changes={}, schools=[row[1] for row in schools])
        await session.execute(text("ANALYZE"))
    return db


async def _import(session: AsyncSession) -> int:
    """Let the schools have been there for a while: a digest is not sent for a week before one was known."""
    september = datetime(2026, 9, 1, tzinfo=UTC)
    return await imports.note(
        session, kind="staff", file_name="staff.csv", sha256="", imported_by="administrator", now=september
    )


_ITEMS: Final = [
    f"{use}_{medium}" for use in ("website", "social", "media", "marketing") for medium in ("image", "video")
]
_OPENED: Final = {
    "breach": '{"words": "a lost bag", "kinds": [], "it": false}',
    "request": (
        '{"kind": "access", "words": "everything", "received_on": "2026-11-19", "received_how": "email", '
        '"requester": "Ivo", "requester_kind": "parent", "about": "Ivo", "born": "", "own": false}'
    ),
}
_INSERTS: Final = (
    (
        "INSERT INTO schools (id, code, name, division, roll_version, consents_version, lists_version, list_as_of)"
        " VALUES (:id, :code, :name, 'england-and-wales', 1, 1, 1, '2026-11-20')"
    ),
    "INSERT INTO people (id, aad_object_id, email, display_name) VALUES (:id, :aad_object_id, :email, :display_name)",
    "INSERT INTO memberships (person_id, school_id, roles) VALUES (:person_id, :school_id, :roles)",
    (
        "INSERT INTO pupils (id, school_id, upn, class_name, legal_first_name, preferred_first_name, last_name,"
        " year_group, born, joined_on)"
        " VALUES (:id, :school_id, :upn, :class_name, 'Amelia', '', 'Hart', '4', '2017-01-10', '2024-09-02')"
    ),
    (
        "INSERT INTO consents (pupil_id, item, academic_year, answer, given_by, capacity, method, signed_on, limits,"
        " evidence_ref, recorded_at)"
        " VALUES (:pupil_id, :item, '2026/27', TRUE, 'mother', 'parent', 'paper', '2026-09-10', '', '',"
        " '2026-09-11 09:00:00.000000')"
    ),
    (
        "INSERT INTO cases (id, kind, school_id, reporter_id, born_of, status, opened_at, revision)"
        " VALUES (:id, :kind, :school_id, :reporter_id, :born_of, 'open', '2026-11-20 09:00:00.000000', 1)"
    ),
    (
        "INSERT INTO case_events (case_id, data, actor_id, place, at, kind)"
        " VALUES (:case_id, :data, :actor_id, 1, '2026-11-20 09:00:00.000000', 'opened')"
    ),
    (
        "INSERT INTO questions (school_id, person_id, activity, conversation, asked_at, text, intent, uses, media,"
        " pupil_ids, shape, conditions, answered_with, rules_version)"
        " VALUES (:school_id, :person_id, :activity, 'a', '2026-11-20 09:00:00.000000', 'may I', 'photo_permission',"
        " '', '', '[]', 'G', '', '', '')"
    ),
)

if __name__ == "__main__":
    asyncio.run(main())
