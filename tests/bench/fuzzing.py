"""An hour of anything at all, posted to /api/messages of a bot with a real school behind it.

    python tests/bench/fuzzing.py --minutes 60    # prints JSON: what was answered, what broke, how memory went
    python tests/bench/fuzzing.py --minutes 1 --seed 7

Whatever is found is told with the body that found it; a failure has exit status 1. Everything posted is invented.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
import warnings
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psutil

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from storage.database import Database  # noqa: E402  a script finds the project by itself
from tests.security.fuzzing import FINE, connected, fuzz  # noqa: E402  see above
from tests.security.prepared_school import prepare  # noqa: E402  see above

SERVE: Final = (sys.executable, "-c", "from bot.cli import main; main()", "serve", "--local")
_MOST_SHOWN: Final = 20  # of what was found; all are counted
_SAMPLE: Final = 200  # posts between two looks at memory


@dataclass
class Bot:
    """`askdpo serve` as a process of its own: its memory is not that of whoever makes things up."""

    folder: Path
    process: Process | None = None
    read: int = 0  # bytes of its log

    async def start(self) -> tuple[str, Callable[[], Awaitable[None]]]:
        """Come up; give the address, and how to stop."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("ASKDPO_", "Microsoft"))}
        ours = {"ASKDPO_DATABASE_URL": f"sqlite:///{self.folder / 'school.db'}", "ASKDPO_PORT": "0"}
        with self.log.open("wb") as log:
            self.process = await asyncio.create_subprocess_exec(
                *SERVE, cwd=self.folder, env=clean | ours | {"PYTHONPATH": str(ROOT)}, stdout=log, stderr=log
            )
        while b"\n" not in (said := self.log.read_bytes()):  # noqa: ASYNC110  a process sets no event
            await asyncio.sleep(0.05)
        return said.split(b"\n")[0].decode().removeprefix("Listening on ").strip(), self.stop

    async def stop(self) -> None:
        """Go down in order."""
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()

    @property
    def log(self) -> Path:
        """What it writes."""
        return self.folder / "bot.log"

    @property
    def memory(self) -> float:
        """Its memory in MB."""
        assert self.process is not None
        return float(psutil.Process(self.process.pid).memory_info().rss) / 2**20

    def errors(self) -> list[str]:
        """Give what it logged as an error since the last time, and whatever is no line of JSON."""
        with self.log.open("rb") as log:
            log.seek(self.read)
            new = log.read()
        whole, _, _ = new.rpartition(b"\n")
        self.read += len(whole) + 1 if whole else 0
        found = []
        for line in filter(None, whole.split(b"\n")):
            if not line.startswith(b"{"):
                found += [] if line.startswith((b"Listening", b"Stopped")) else [line.decode("utf-8", "replace")]
                continue
            told = json.loads(line)
            if told["level"] in {"error", "critical"}:
                found.append(f"{told['event']}: {told.get('error', '')}")
        return found


@dataclass
class Seen:
    """What was answered, and what was wrong with it."""

    bot: Bot
    statuses: Counter[int] = field(default_factory=Counter)
    found: list[dict[str, Any]] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)

    def look(self, body: bytes, status: int, said: bytes) -> None:
        """Note an answer; what is not fine, with all that is needed to see it again."""
        self.statuses[status] += 1
        if self.statuses.total() % _SAMPLE == 0:
            self.memory.append(self.bot.memory)
        wrong = [f"answered {status}: {said[:200]!r}"] if status not in FINE else []
        for what in (*wrong, *self.bot.errors()):
            self.kinds[what] += 1
            if self.kinds[what] == 1 and len(self.found) < _MOST_SHOWN:
                self.found.append({"what": what, "body": body.decode("utf-8", "backslashreplace")[:4000]})


def main() -> int:
    """Fuzz for as long as was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"))
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # hypothesis' own, of what is too large to be shown
    with tempfile.TemporaryDirectory() as folder:
        told = _fuzzed(Path(folder), options.minutes * 60, options.seed)
    print(json.dumps(told, indent=2))
    return 1 if told["found"] else 0


def _fuzzed(folder: Path, seconds: float, seed: int) -> dict[str, Any]:
    path = folder / "school.db"
    asyncio.run(_prepared(path, folder))
    bot = Bot(folder)
    seen, began = Seen(bot), time.monotonic()
    with connected(bot.start) as served:
        fuzz(served, path, seconds=seconds, each=seen.look, seed=seed)
    took = time.monotonic() - began
    tenth = max(1, len(seen.memory) // 10)
    return {
        "minutes": round(took / 60, 1),
        "seed": seed,
        "posted": seen.statuses.total(),
        "posted_per_second": round(seen.statuses.total() / took, 1),
        "statuses": {str(status): count for status, count in sorted(seen.statuses.items())},
        "memory_mb_after_a_tenth": round(max(seen.memory[:tenth], default=0.0), 1),
        "memory_mb_at_the_end": round(max(seen.memory[-tenth:], default=0.0), 1),
        "kinds_of_failure": dict(seen.kinds),
        "found": seen.found,
    }


async def _prepared(path: Path, folder: Path) -> None:
    db = Database.connect(f"sqlite:///{path}")
    await db.upgrade()
    await prepare(db, folder)
    await db.dispose()


if __name__ == "__main__":
    sys.exit(main())
