"""A sweep with ten due cases among a thousand and among a million open ones.

    python tests/bench/sweeping.py                  # about three minutes; prints JSON
    python tests/bench/sweeping.py --quick          # among 50,000
    python tests/bench/sweeping.py --postgresql URL # on an empty PostgreSQL as well

Every open case has its event and a letter that is put off. Ten reports of twenty minutes ago are
due: each sweep writes their reminders, and a courier's claim takes what is due. The rows of the others are put in
directly; the ten are told to the bot. Medians of several sweeps.
"""

import argparse
import asyncio
import json
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import text

from dialogs.conversation import Said, Scope, Turn
from dialogs.desk import Desk
from dialogs.root import Dialogs
from dialogs.sweeping import sweep
from storage import digests, outbox
from storage.database import Database
from tests.bench.databases import on_each_of
from tests.stories.school import hartfield, teacher

DUE: Final = 10
ROUNDS: Final = 9
AT_MOST: Final = 3.0  # times the cost among 1,000; issue 3, "Speed"
FEW: Final = 1_000
MONDAY: Final = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TOLD: Final = MONDAY - timedelta(minutes=20)


async def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--postgresql", default="")
    options = parser.parse_args()
    many = 50_000 if options.quick else 1_000_000
    names = ("sweep_few", "sweep_many")
    result = await on_each_of(names, options.postgresql, lambda urls: _measure(urls, many))
    print(json.dumps(result, indent=2))


async def _measure(urls: list[str], many: int) -> dict[str, Any]:
    """Sweep both databases in turn, so that a busy machine is busy for both."""
    sides = {}
    for url, among in zip(urls, (FEW, many), strict=True):
        sides[among] = await _filled(url, among)
    took: dict[tuple[int, int], list[float]] = {(among, due): [] for among in sides for due in (DUE, 0)}
    for number in range(ROUNDS + 1):
        for among, db in sides.items():
            await _report(db, range(DUE * number, DUE * (number + 1)))
            for due in (DUE, 0):
                took[among, due].append(await _sweep(db, expected=due))
    shown: dict[str, Any] = {}
    for among, db in sides.items():
        for due in (DUE, 0):
            name = f"among_{among}_ms" if due else f"among_{among}_nothing_due_ms"
            shown[name] = round(statistics.median(took[among, due][1:]) * 1000, 2)  # the first warms up
        await db.dispose()
    ratio = shown[f"among_{many}_ms"] / shown[f"among_{FEW}_ms"]
    return shown | {"times_as_long": round(ratio, 2), "target": AT_MOST, "within_target": ratio <= AT_MOST}


async def _filled(url: str, among: int) -> Database:
    db = Database.connect(url)
    await db.upgrade()
    await hartfield(db, more_teachers=DUE * (ROUNDS + 1))
    await _fill(db, first=1_000_000, count=among)
    async with db.write() as session:  # the week's digest is out; nobody has a million cases to put into one
        schools = [number for number, _ in await digests.not_sent(session, MONDAY.date())]
        await digests.claim(session, schools, week=MONDAY.date(), now=TOLD)
    return db


async def _sweep(db: Database, *, expected: int) -> float:
    """Sweep, and claim what is due; gives the seconds."""
    began = time.perf_counter()
    looked_at = await sweep(db, Desk(), now=MONDAY)
    letters = await _claimed(db)
    took = time.perf_counter() - began
    if looked_at != expected or letters < expected:
        raise RuntimeError(f"{looked_at} cases were swept and {letters} letters claimed, not {expected}")
    await _deliver(db)
    return took


async def _claimed(db: Database) -> int:
    now = datetime.now(UTC)
    async with db.read() as session:
        if not await outbox.is_due(session, now=now):
            return 0
    async with db.write() as session:
        return len(await outbox.claim(session, now=now, most=256))


async def _deliver(db: Database) -> None:
    """Let everything that is due have arrived, so that the next sweep starts like the last one."""
    async with db.write() as session:
        await session.execute(
            text(
                "UPDATE letters SET state = 'sent', delivered = revision, lease_until = NULL, next_try_at = NULL"
                " WHERE state = 'waiting' AND addressee <> 'nobody'"
            )
        )


async def _report(db: Database, numbers: range) -> None:
    for number in numbers:
        said = Said("I have just sent Year 4's reading scores to the wrong parent")
        await Dialogs(db).take(Turn(f"a:{number}", "1", teacher(number), Scope.PERSONAL, said, TOLD))
    await _deliver(db)


async def _fill(db: Database, *, first: int, count: int) -> None:
    """Have so many open cases, told of a while ago and due in a month, each with a letter that is put off."""
    async with db.write() as session:
        for rows in _ROWS:
            await session.execute(
                text(f"{rows} FROM ({_SERIES}) AS series"), {"first": first, "last": first + count - 1}
            )
    async with db.write() as session:
        await session.execute(text("ANALYZE"))


_SERIES: Final = """
    WITH RECURSIVE numbers(n) AS
        (SELECT CAST(:first AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < CAST(:last AS BIGINT))
    SELECT n FROM numbers
"""
_ROWS: Final = (
    """
    INSERT INTO cases (id, kind, school_id, reporter_id, born_of, status, opened_at, due_at, revision)
    SELECT n, 'breach', 1, 1, 'bench/' || n, 'pre-alert', '2026-11-20 09:00:00.000000', '2026-12-24 09:00:00.000000', 1
    """,
    """
    INSERT INTO case_events (case_id, place, at, actor_id, kind, data)
    SELECT n, 1, '2026-11-20 09:00:00.000000', 1, 'opened', '{"words": "a lost bag", "kinds": [], "it": false}'
    """,
    """
    INSERT INTO letters
        (key, addressee, text, summary, posted_at, state, attempts, next_try_at, subject, urgent, revision, delivered)
    SELECT 'bench/' || n, 'nobody', 'a reminder', 'Ask DPO', '2026-11-20 09:00:00.000000', 'waiting', 1,
        '2036-11-20 09:00:00.000000', 'breach/' || n, FALSE, 1, 0
    """,
)

if __name__ == "__main__":
    asyncio.run(main())
