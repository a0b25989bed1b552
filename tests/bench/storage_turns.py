"""What a plain photo question costs in the database: three reads and one write transaction of three statements.

    python tests/bench/storage_turns.py                  # SQLite; prints JSON
    python tests/bench/storage_turns.py --database URL   # an empty PostgreSQL

It has no bound of its own: a turn's is in turns.py, and this says how much of it is the database's.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import event, insert

from policy.records import Pupil
from storage import pupils, questions, turns
from storage.consents import ConsentRow
from storage.database import Database
from storage.opening import opening
from storage.people import MembershipRow, PersonRow
from storage.pupils import PupilRow
from storage.questions import Question, Reason
from storage.records import records_of
from storage.schools import SchoolRow

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ITEMS = [f"{use}_{medium}" for use in ("website", "social", "media", "marketing") for medium in ("image", "video")]
TURNS = 1_000


@dataclass
class Bench:
    """One database, and how long its turns took."""

    db: Database
    roll: tuple[Pupil, ...] = ()
    seconds: list[float] = field(default_factory=list)
    number: int = 0

    async def turn(self, group: int) -> None:
        """Do what a question about `group` pupils does."""
        self.number += 1
        conversation, activity = f"a:conversation-{self.number % 200}", f"activity-{self.number}"
        started = time.perf_counter()
        async with self.db.read() as session:
            known = await opening(session, f"object-{self.number % 200}", conversation, activity)
            assert known.person
            first = self.number % (len(self.roll) - group)
            about = await records_of(session, self.roll[first : first + group])
        async with self.db.write() as session:
            reply = [{"text": "Yes: the school website.", "card": {"body": ["x" * 40] * 30}}]
            if await turns.first_time(session, conversation, activity, NOW, person_id=known.person.id, reply=reply):
                question = Question(
                    person_id=known.person.id,
                    school_id=known.schools[0].id,
                    conversation=conversation,
                    activity=activity,
                    asked_at=NOW,
                    text="can I photograph Amelia for the website tomorrow?",
                    intent="photo_permission",
                    shape="G",
                    decision="yes",
                    understood={"uses": ["website"], "pupils": [1], "on": "2026-11-24"},
                    uses=("website",),
                    media=("still",),
                    pupil_ids=[record.pupil.id for record in about],
                    conditions=("K1", "K2"),
                    on=date(2026, 11, 24),
                )
                causes = {record.pupil.id: ("B22", "") for record in about}
                await questions.note(session, question, Reason("B22", causes))
        self.seconds.append(time.perf_counter() - started)

    async def measure(self, clients: int, group: int = 1) -> dict[str, float]:
        """Run the turns of some clients at once."""

        async def client() -> None:
            for _ in range(TURNS // clients):
                await self.turn(group)

        self.seconds.clear()
        cpu, started = time.process_time(), time.perf_counter()
        await asyncio.gather(*(client() for _ in range(clients)))
        cpu, took = time.process_time() - cpu, time.perf_counter() - started
        ordered = sorted(self.seconds)
        return {
            "cpu_ms": round(cpu / len(ordered) * 1e3, 2),
            "p50_ms": round(statistics.median(ordered) * 1e3, 2),
            "p99_ms": round(ordered[int(len(ordered) * 0.99)] * 1e3, 2),
            "most_ms": round(ordered[-1] * 1e3, 2),
            "per_second": round(len(ordered) / took),
        }


async def _fill(db: Database) -> tuple[Pupil, ...]:
    async with db.write() as session:
        session.add(SchoolRow(id=1, code="TGM", name="Tanglemere"))
        await session.flush()
        people = range(1, 201)
        await session.execute(
            insert(PersonRow),
            [
                {
                    "id": n,
                    "aad_object_id": f"object-{n % 200}",
                    "email": f"{n}@school.example",
                    "display_name": f"P {n}",
                }
                for n in people
            ],
        )
        await session.execute(
            insert(MembershipRow), [{"person_id": n, "school_id": 1, "roles": "staff"} for n in people]
        )
        await session.execute(insert(PupilRow), [_pupil(n) for n in range(1, 1001)])
        await session.execute(insert(ConsentRow), [_consent(n, item) for n in range(1, 1001) for item in ITEMS])
    async with db.read() as session:
        return await pupils.roll(session, 1)


def _pupil(number: int) -> dict[str, object]:
    return {
        "id": number,
        "school_id": 1,
        "upn": f"Z{number:012}",
        "legal_first_name": f"First{number}",
        "preferred_first_name": "",
        "last_name": f"Last{number}",
        "class_name": f"{number // 30}A",
        "year_group": "4",
        "born": date(2018, 3, 4),
        "joined_on": date(2022, 9, 2),
        "left_on": None,
    }


def _consent(number: int, item: str) -> dict[str, object]:
    return {
        "pupil_id": number,
        "academic_year": "2026/27",
        "item": item,
        "answer": True,
        "given_by": "mother",
        "capacity": "parent",
        "method": "paper",
        "signed_on": date(2026, 9, 10),
        "effective_from": date(2026, 9, 10),
        "withdrawn_on": None,
        "limits": "",
        "evidence_ref": "",
        "recorded_at": NOW,
    }


async def main() -> None:
    """Measure one client, sixteen clients, and a class of thirty."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or f"sqlite:///{Path(folder) / 'bench.db'}"
        db = Database.connect(url)
        await db.upgrade()
        bench = Bench(db, await _fill(db))
        statements: list[str] = []
        pools = {engine.sync_engine.pool: engine.sync_engine for engine in (db.readers, db.writers)}
        for engine in pools.values():  # PostgreSQL has one pool for both
            event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
        await bench.turn(1)
        each = [statement.split()[0] for statement in statements if not statement.startswith("BEGIN")]
        for _ in range(100):
            await bench.turn(1)
        figures = {
            "statements": each,
            "1 client": await bench.measure(1),
            "16 clients": await bench.measure(16),
            "64 clients": await bench.measure(64),
            "1 client, a class of 30": await bench.measure(1, group=30),
        }
        print(json.dumps(figures, indent=1))
        await db.dispose()


if __name__ == "__main__":
    asyncio.run(main())
