"""What a search costs beside a turn, and whether its time tells why a pupil may not be shown.

    python tests/bench/searching.py            # about a minute; prints JSON, times in milliseconds

A school of 1,000 pupils in SQLite. Searches and the same words as turns are taken in turn, so that both feel the same
machine. `causes` are searches for three pupils whose no has three reasons, again in turn: medians, and how far the
three orders of every round are from chance (1/3 each is chance). `desk` is `search laptop` by the DPO of 40 schools
with 50 breaches each.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import insert

from dialogs.conversation import Said, Scope, Sought, Turn
from dialogs.root import Dialogs
from storage import cases, people
from storage.cases import CaseKind, Entry
from storage.database import Database
from storage.importing.kinds import Kind
from storage.importing.run import import_file
from storage.people import MembershipRow
from storage.schools import SchoolRow

NOW: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SCHOOL: Final = Path(__file__).resolve().parents[1] / "dialogs" / "school"
ROUNDS: Final = 300
PUPIL, RULE = "website photo of Amelia Hart", "how long do we keep the records of pupils"
CAUSES: Final = {"a parent's no": "Tom Bell", "no form": "Iris Cole", "restricted": "Ned Dove"}
SCHOOLS, EACH = 40, 50


async def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database.connect(f"sqlite:///{folder}/bench.db")
        await db.upgrade()
        teacher, dpo = await _school(db, Path(folder))
        bench = _Bench(Dialogs(db), teacher)
        result: dict[str, Any] = {"beside": await bench.beside(), "causes": await bench.causes()}
        await _trust(db, dpo)
        result["desk"] = await _Bench(Dialogs(db), dpo).desk()
        await db.dispose()
    print(json.dumps(result, indent=2))


class _Bench:
    def __init__(self, dialogs: Dialogs, asker: str) -> None:
        self.dialogs = dialogs
        self.asker = asker
        self.turns = 0

    async def turn(self, words: str) -> None:
        self.turns += 1
        turn = Turn(f"a:{self.asker}", f"m{self.turns}", self.asker, Scope.PERSONAL, Said(words), NOW)
        await self.dialogs.take(turn)

    async def search(self, words: str, *, hour: int = 0) -> None:
        assert await self.dialogs.search(Sought(self.asker, words, NOW + timedelta(hours=hour)))

    async def beside(self) -> dict[str, dict[str, float]]:
        kinds: dict[str, Callable[[int], Awaitable[None]]] = {
            "a pupil, as a turn": lambda _: self.turn(PUPIL),
            "a pupil, searched for the first time": lambda n: self.search(PUPIL, hour=n + 1),
            "a pupil, searched again": lambda _: self.search(PUPIL, hour=0),
            "a rule, as a turn": lambda _: self.turn(RULE),
            "a rule, searched": lambda _: self.search(RULE),
        }
        return {kind: _figures(took) for kind, took in (await _in_turn(kinds)).items()}

    async def causes(self) -> dict[str, Any]:
        async def look(name: str) -> None:
            await self.search(f"website photo of {name}")

        took = await _in_turn({cause: (lambda _, name=name: look(name)) for cause, name in CAUSES.items()})
        fastest = Counter(min(round_, key=round_.__getitem__) for round_ in _rounds(took))
        share = {cause: round(fastest[cause] / ROUNDS, 2) for cause in CAUSES}
        return {"p50": {cause: _figures(each)["p50"] for cause, each in took.items()}, "fastest": share}

    async def desk(self) -> dict[str, float]:
        return _figures((await _in_turn({"search": lambda _: self.turn("search laptop")}, rounds=20))["search"])


async def _in_turn(
    kinds: dict[str, Callable[[int], Awaitable[None]]], *, rounds: int = ROUNDS
) -> dict[str, list[float]]:
    for _ in range(3):  # what is read once
        for act in kinds.values():
            await act(20)
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    names = list(kinds)
    for n in range(rounds):
        for kind in names[n % len(names) :] + names[: n % len(names)]:  # nobody always comes first
            started = time.perf_counter()
            await kinds[kind](n)
            took[kind].append(time.perf_counter() - started)
    return took


def _rounds(took: dict[str, list[float]]) -> list[dict[str, float]]:
    return [dict(zip(took, each, strict=True)) for each in zip(*took.values(), strict=True)]


def _figures(took: list[float]) -> dict[str, float]:
    ordered = sorted(took)
    return {
        "p50": round(statistics.median(ordered) * 1e3, 2),
        "p95": round(ordered[int(len(ordered) * 0.95)] * 1e3, 2),
    }


async def _school(db: Database, folder: Path) -> tuple[str, str]:
    written = files("bot.demo").joinpath("first_names.txt").read_text("utf-8").split()
    names = [name for name in written if name.isalpha()]
    rows = (SCHOOL / "pupils.csv").read_text("utf-8")
    for n in range(990):
        last = f"Bench{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}"
        rows += f"Z{n:012d},{names[n % len(names)]},,{last},2017-02-01,4,4C,HFD,2024-09-02,\n"
    (folder / "pupils.csv").write_text(rows, "utf-8")
    for kind in ("staff", "pupils", "terms", "organisations", "accounts", "consents"):
        where = folder if kind == "pupils" else SCHOOL
        await import_file(db, Kind(kind), where / f"{kind}.csv", now=NOW)
    async with db.read() as session:
        dsl, teacher, dpo = [
            await people.by_email(session, f"{who}@hartfield.example") for who in ("s.bird", "t.reed", "p.owen")
        ]
    await import_file(db, Kind.RESTRICTIONS, SCHOOL / "restrictions.csv", by=dsl, now=NOW)
    assert teacher is not None
    assert dpo is not None
    return teacher.aad_object_id, dpo.aad_object_id


async def _trust(db: Database, dpo: str) -> None:
    async with db.write() as session:
        person = await people.by_aad(session, dpo)
        teacher = await people.by_email(session, "t.reed@hartfield.example")
        assert person is not None
        assert teacher is not None
        ids = range(1000, 1000 + SCHOOLS)
        await session.execute(insert(SchoolRow), [{"id": n, "code": f"S{n}", "name": f"School {n}"} for n in ids])
        await session.execute(
            insert(MembershipRow), [{"person_id": person.id, "school_id": n, "roles": "dpo"} for n in ids]
        )
        for school in ids:
            for n in range(EACH):
                words = f"{'a laptop' if n % 10 == 0 else 'an envelope'} was left on the bus, number {n}"
                opened = Entry("opened", NOW, teacher.id, {"words": words, "kinds": ["loss"]})
                await cases.open_case(
                    session,
                    kind=CaseKind.BREACH,
                    school_id=school,
                    reporter_id=teacher.id,
                    born_of=f"bench/{school}/{n}",
                    status="pre_alert",
                    due_at=None,
                    events=[opened],
                )


if __name__ == "__main__":
    asyncio.run(main())
