"""Reminders among many: what the sweep costs with 10 requests due among 1,000 open ones, and among 100,000.

    python tests/bench/planning.py                  # about two minutes; prints JSON
    python tests/bench/planning.py --quick          # 10,000 instead of 100,000
    python tests/bench/planning.py --postgresql URL # an empty, migrated database; without it SQLite

Every open request is a real one: opened, accepted, its milestones planned, with a look due next week. Ten of them are
due now. The bar is issue 4's: among 100,000 no more than 3 times of among 1,000.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import func, insert, select, update

from dialogs.desk import Desk
from dialogs.sweeping import sweep
from policy.clocks.working_days import Division
from policy.request.case import Request
from policy.request.events import Event, Happened
from policy.request.history import of
from policy.request.nudges import earned, next_at
from storage.cases import CaseEventRow, CaseRow
from storage.database import Database
from storage.outbox import LetterRow
from storage.people import MembershipRow, PersonRow
from storage.schools import SchoolRow

NOW: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SWEPT: Final = datetime(2026, 12, 16, 9, 5, tzinfo=UTC)  # a week before the day: everything is in the ladder
DUE: Final = 10
ROUNDS: Final = 7
AT_MOST: Final = 3.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postgresql", default="")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    print(json.dumps(asyncio.run(_measure(options.postgresql, many=10_000 if options.quick else 100_000)), indent=2))


async def _measure(url: str, *, many: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        db = Database.connect(url or f"sqlite:///{Path(folder) / 'bench.db'}")
        try:
            await db.upgrade()
            await _people(db)
            found: dict[str, Any] = {"database": "postgresql" if url else "sqlite", "planning_us": _planning()}
            await _open(db, 0, 1_000)
            found["among_1000_ms"] = await _swept(db)
            await _open(db, 1_000, many)
            found[f"among_{many}_ms"] = await _swept(db)
        finally:
            await db.dispose()
    found["times"] = round(found[f"among_{many}_ms"] / found["among_1000_ms"], 2)
    found["within"] = found["times"] <= AT_MOST
    return found


def _planning() -> dict[str, float]:
    """Time the pure part for one case: what is earned, and when to look again."""
    request, division = _request(), Division.ENGLAND_AND_WALES
    timed = {}
    for name, plan in (("earned", earned), ("next_at", next_at)):
        plan(request, SWEPT, division=division)
        started = time.perf_counter()
        for _ in range(200):
            plan(request, SWEPT, division=division)
        timed[name] = round((time.perf_counter() - started) / 200 * 1e6, 1)
    return timed


def _events() -> tuple[Event, ...]:
    opened = {
        "kind": "access",
        "words": "Everything you hold about Amelia",
        "received_on": "2026-11-23",
        "received_how": "spoken",
        "requester": "Ivo Hart",
        "requester_kind": "parent",
        "about": "Amelia Hart",
    }
    return (Event(Happened.OPENED, NOW, 1, opened), Event(Happened.ACCEPTED, NOW, 2))


def _request() -> Request:
    return of(1, 1, _events())


async def _people(db: Database) -> None:
    async with db.write() as session:
        await session.execute(insert(SchoolRow).values(id=1, code="BEN", name="Bench"))
        for number, roles in ((1, "staff"), (2, "dpo"), (3, "headteacher")):
            person = {"id": number, "aad_object_id": f"o{number}", "email": f"p{number}@bench.example"}
            await session.execute(insert(PersonRow).values(**person, display_name=f"Person {number}"))
            await session.execute(insert(MembershipRow).values(person_id=number, school_id=1, roles=roles))


async def _open(db: Database, first: int, last: int) -> None:
    """Write cases as they stand after a week's reminders: looked at next on the next milestone."""
    events = _events()
    for start in range(first, last, 5_000):
        numbers = range(start + 1, min(start + 5_000, last) + 1)
        rows = [
            {
                "id": number,
                "kind": "request",
                "school_id": 1,
                "reporter_id": 1,
                "born_of": f"bench/{number}",
                "status": "running",
                "opened_at": NOW,
                "due_at": SWEPT + timedelta(days=7),
                "revision": len(events),
            }
            for number in numbers
        ]
        told = [
            {
                "case_id": number,
                "place": place,
                "at": event.at,
                "actor_id": event.actor,
                "kind": event.kind.value,
                "data": msgspec.json.encode(event.data).decode(),
            }
            for number in numbers
            for place, event in enumerate(events, 1)
        ]
        async with db.write() as session:
            await session.execute(insert(CaseRow), rows)
            await session.execute(insert(CaseEventRow), told)


async def _swept(db: Database) -> float:
    """Sweep with ten due, each round other ones; return the middle of the rounds."""
    took = []
    async with db.read() as session:
        last = await session.scalar(select(func.max(CaseRow.id)))
    for number in range(ROUNDS):
        due = [int(last or 0) - number * DUE - each for each in range(DUE)]
        async with db.write() as session:
            await session.execute(update(CaseRow).where(CaseRow.id.in_(due)).values(due_at=SWEPT))
            before = await session.scalar(select(func.count()).select_from(LetterRow))
        started = time.perf_counter()
        looked_at = await sweep(db, Desk(), now=SWEPT)
        took.append((time.perf_counter() - started) * 1000)
        async with db.read() as session:
            letters = await session.scalar(select(func.count()).select_from(LetterRow))
        if looked_at != DUE or (letters or 0) - (before or 0) < DUE:
            raise SystemExit(f"{looked_at} looked at, {(letters or 0) - (before or 0)} letters: not what was measured")
    return round(statistics.median(took), 1)


if __name__ == "__main__":
    main()
