"""Import a large trust in one go; print seconds and peak memory of each file as JSON.

    python tests/bench/importing.py                                # 100,000 pupils, SQLite
    python tests/bench/importing.py --pupils 1000 --database URL   # fewer, on an empty database

The bound is 500 MB for each file.
"""

import argparse
import asyncio
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

AT_MOST_MB = 500
ITEMS = [f"{use}_{medium}" for use in ("website", "social", "media", "marketing") for medium in ("image", "video")]
PUPILS = "upn,legal_first_name,preferred_first_name,last_name,date_of_birth,year_group,class,school,joined_on,left_on"
CONSENTS = "upn,academic_year,item,answer,given_by,capacity,method,signed_on,effective_from,withdrawn_on,evidence_ref"


def main() -> None:
    """Each file in a process of its own, as the command does it, so that peaks do not add up."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pupils", type=int, default=100_000)
    parser.add_argument("--database", default="")
    parser.add_argument("--file", nargs=3, default=None, help=argparse.SUPPRESS)  # one file, in a process of its own
    options = parser.parse_args()
    if options.file:
        asyncio.run(_measure(*options.file))
        return
    with tempfile.TemporaryDirectory() as folder:
        there = Path(folder)
        url = options.database or f"sqlite:///{there / 'bench.db'}"
        _write(there, options.pupils)
        figures = {
            name: _in_its_own_process(kind, there / file, url)
            for name, kind, file in (
                ("pupils", "pupils", "pupils.csv"),
                ("consents", "consents", "consents.csv"),
                ("pupils again", "pupils", "pupils.csv"),
                ("consents again", "consents", "consents.csv"),
                ("consents, one in a hundred withdrawn", "consents", "later.csv"),
            )
        }
        most = max(each["peak_mb"] for each in figures.values())
        print(json.dumps({"files": figures, "target_mb": AT_MOST_MB, "within_target": most <= AT_MOST_MB}, indent=1))


def _in_its_own_process(kind: str, file: Path, url: str) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603  this very script
        [sys.executable, __file__, "--file", kind, str(file), url], check=True, capture_output=True, text=True
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


async def _measure(kind: str, file: str, url: str) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415  beside what it is for

    from storage.database import Database  # noqa: PLC0415  only in the child
    from storage.importing.kinds import Kind  # noqa: PLC0415  see above
    from storage.importing.run import import_file  # noqa: PLC0415  see above

    started = time.perf_counter()
    db = Database.connect(url)
    if not await db.is_current():
        await db.upgrade()
    done = await import_file(db, Kind(kind), Path(file), now=datetime.now(UTC))
    await db.dispose()
    print(
        json.dumps(
            {
                "seconds": round(time.perf_counter() - started, 1),
                "cpu_seconds": round(time.process_time(), 1),
                "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
                "rows": done.rows,
                "changes": done.changes,
            }
        )
    )


def _write(folder: Path, count: int) -> None:
    with (folder / "pupils.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(PUPILS.split(","))
        for number in range(count):
            year, school = number % 7, number // 1000
            born, form = f"{2015 + year}-03-{number % 28 + 1:02}", f"{year}{'ABC'[number % 3]}"
            named = (f"Z{number:012}", f"First{number}", "", f"Last{number}")
            writer.writerow((*named, born, year, form, f"S{school:03}", "2024-09-02", ""))
    for name, withdrawn in (("consents.csv", ""), ("later.csv", "2026-11-02")):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(CONSENTS.split(","))
            for number in range(count):
                upn, signed = f"Z{number:012}", f"2026-09-{number % 28 + 1:02}"
                rest = (signed, signed, withdrawn if number % 100 == 0 else "", f"CF-{number}")
                for place, item in enumerate(ITEMS):
                    answer = "no" if (number + place) % 5 == 0 else "yes"
                    writer.writerow((upn, "2026/27", item, answer, "mother", "parent", "paper", *rest))


if __name__ == "__main__":
    main()
