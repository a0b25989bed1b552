"""What breaks around the bot, told to real processes: nothing lost, nothing shown twice, and how soon all is well.

    python tests/bench/faults.py                      # all, about eight minutes; prints JSON
    python tests/bench/faults.py killed silent        # some: the names are those of STORIES
    python tests/bench/faults.py --write              # and write the table of docs/reliability.md

Each story starts its own servers (`askdpo serve --local`), a connector on this machine that remembers every letter by
its stable id, and somebody new every moment who tells of a breach or asks a question, whether or not the last one was
answered. PostgreSQL is one from a wheel, of this run alone. One story needs more than Python: a file system of its
own (root) for the full disk; without it it says so.
"""

import argparse
import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from aiohttp import web

from storage.database import Database
from tests.stories import faults
from tests.stories.between import Line
from tests.stories.damage import Ceiling, Clock, Disk, Unwell
from tests.stories.servers import Postgres

PAPER: Final = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"
FROM: Final = "<!-- figures -->\n"
LOAD: Final = {"rate": 6.0, "before": 4.0, "after": 6.0}  # turns a second; seconds of load before and after the fault
AWAY: Final = 30.0  # seconds
HOUR: Final = 3600
SHOWN: Final = {
    "turns": "turns",
    "answered": "answered",
    "told_to_try_again": "told to try again",
    "letters": "letters",
    "lost": "lost",
    "shown_twice": "shown twice",
    "repeated_under_one_id": "repeats under one id",
    "recovery_seconds": "well again after, s",
}

Figures = dict[str, Any]


class NotHere(Exception):  # noqa: N818  not an error: this machine lacks what a story needs
    """What a story needs is not on this machine; the message says what."""


@dataclass(frozen=True, slots=True)
class Story:
    """What breaks, in words for the table, and how to have it told on an empty database."""

    words: str
    tell: Callable[[str, Path], Awaitable[Figures]]
    database: str = "PostgreSQL"


def stories(postgres: Postgres) -> Mapping[str, Story]:
    """Give every story by its name."""
    gone = partial(faults.database_gone, gone=AWAY, **LOAD)
    answers = {
        "busy": [web.Response(status=429, headers={"Retry-After": "3"})],
        "errors": [web.Response(status=500), web.Response(status=503)],
    }
    return {
        "killed": Story("one of two replicas killed (-9)", partial(faults.replica_killed, **LOAD)),
        "restarted": Story(
            "PostgreSQL stopped at once and started again",
            partial(faults.database_restarted, restart=postgres.restart, **LOAD),
        ),
        "refused": Story("PostgreSQL away for 30 s: every connection refused", partial(gone, how=Line.refuse)),
        "silent": Story(
            "PostgreSQL away for 30 s: no word, old connections dead for ever", partial(gone, how=Line.swallow)
        ),
        "full": Story("disk full for 15 s (a file system of 12 MB)", _full, "SQLite"),
        "ceiling": Story("no file may grow for 15 s (RLIMIT_FSIZE)", _ceiling, "SQLite"),
        "clock": Story(
            "the clock an hour ahead, then an hour behind, then right; no letter taken meanwhile", _clock, "SQLite"
        ),
        "outage": Story(
            "the bot down for 24 hours, with reports open", partial(faults.down_for_a_day, reports=20), "SQLite"
        ),
        "busy": Story(
            "Teams answers 429, Retry-After 3 s, to every second call, for 15 s", _unwell(answers["busy"]), "SQLite"
        ),
        "errors": Story(
            "Teams answers 500 and 503 to every second call, for 15 s", _unwell(answers["errors"]), "SQLite"
        ),
        "timeouts": Story(
            "Teams takes all and answers nothing within 7 s to every second call, for 15 s", _slow(7.0), "SQLite"
        ),
        "slow": Story("Teams takes 2 s for every call, for 15 s", _slow(2.0, every=1), "SQLite"),
    }


def _unwell(ways: list[web.Response]) -> Callable[[str, Path], Awaitable[Figures]]:
    return partial(faults.teams_unwell, unwell=Unwell(ways), ill=15.0, **LOAD)


def _slow(seconds: float, *, every: int = 2) -> Callable[[str, Path], Awaitable[Figures]]:
    slow = Unwell([], every=every, waits=(seconds,))
    return partial(faults.teams_unwell, unwell=slow, when="after", ill=15.0, **LOAD)


async def _full(_: str, folder: Path) -> Figures:
    with _small_disk(folder) as disk:
        url = await _migrated(f"sqlite:///{disk / 'faults.db'}")
        return await faults.disk_full(url, folder, Disk(disk), full=15.0, **LOAD)


async def _ceiling(url: str, folder: Path) -> Figures:
    return await faults.disk_full(url, folder, Ceiling(folder), full=15.0, **LOAD)


async def _clock(url: str, folder: Path) -> Figures:
    return await faults.clock_jumps(url, folder, Clock(folder), (HOUR, -HOUR), each=6.0, **LOAD)


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    (disk := folder / "disk").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:  # noqa: S603  fixed words
        raise NotHere("only root may mount a file system")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)  # noqa: S603, S607  see above


async def main() -> int:
    """Tell the stories and print; 1 where anything was lost, shown twice, unanswered or wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", nargs="*")
    parser.add_argument("--write", action="store_true", help="write the table of docs/reliability.md")
    options = parser.parse_args()
    result: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory(prefix="askdpo-") as folder, Postgres(Path(folder)) as postgres:
        known = stories(postgres)
        if unknown := set(options.stories) - known.keys():
            parser.error(f"no such story: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
        for name in options.stories or known:
            (here := Path(folder) / name).mkdir()
            is_sqlite = known[name].database == "SQLite"
            url = await _migrated(f"sqlite:///{here / 'faults.db'}" if is_sqlite else postgres.fresh(name))
            try:
                told = await known[name].tell(url, here)
            except NotHere as lacking:
                told = {"skipped": str(lacking)}
            result[name] = {"what": known[name].words, "database": known[name].database, **told}
            print(f"{name}: {told}", file=sys.stderr)
    print(json.dumps(result, indent=2))
    if options.write:
        _write(result)
    return 1 if any(each.get("wrong") or each.get("lost") or each.get("shown_twice") for each in result.values()) else 0


async def _migrated(url: str) -> str:
    db = Database.connect(url)
    await db.upgrade()
    await db.dispose()
    return url


def _write(result: Mapping[str, Figures]) -> None:
    """Put the figures into the paper, a row a story; a story that was not told this time keeps its row."""
    paper = PAPER.read_text("utf-8")
    (table,) = re.findall(f"{FROM}(.*?)<!-- /figures -->", paper, re.DOTALL)
    rows = {row.split("`")[1]: row for row in table.splitlines() if row.startswith("| `")}
    rows |= {name: _row(name, told) for name, told in result.items()}
    titles = ["", "what breaks", "database", *SHOWN.values()]
    lines = [f"| {' | '.join(titles)} |", f"|{'---|' * len(titles)}", *rows.values(), ""]
    before, _, rest = paper.partition(f"{FROM}{table}")
    PAPER.write_text(f"{before}{FROM}{chr(10).join(lines)}{rest}", "utf-8")


def _row(name: str, told: Figures) -> str:
    if "skipped" in told:
        figures = [f"not measured: {told['skipped']}", *[""] * (len(SHOWN) - 1)]
    else:
        figures = [str(told[key]) for key in SHOWN]
    return f"| {' | '.join([f'`{name}`', told['what'], told['database'], *figures])} |"


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
