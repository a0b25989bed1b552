"""From process start to the first answer, against a bare `import botbuilder.core`.

    python tests/bench/start.py            # about half a minute; prints JSON
    python tests/bench/start.py --imports  # what the start imports, slowest first

The answer is that of `askdpo serve --local` to a real question, sent to a local connector. Runs are interleaved.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parent))  # a script's neighbours

import turns

TARGET: Final = 2.5  # issue 2, "Speed"
BARE: Final = (sys.executable, "-c", "import botbuilder.core")
SERVE: Final = (sys.executable, "-c", "from bot.cli import main; main()", "serve", "--local", "--now", turns.NOW)


def main() -> None:
    """Compare, or show the imports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--imports", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = turns.school(Path(folder))
        if options.imports:
            _show_imports(database)
        else:
            print(json.dumps(_compare(database, options.rounds), indent=2))


def _compare(database: str, rounds: int) -> dict[str, float | bool]:
    bare, ours = [], []
    with turns.process("connector") as connector:
        for number in range(rounds + 1):
            began = time.perf_counter()
            subprocess.run(BARE, check=True, cwd=turns.ROOT)  # noqa: S603  our own command
            took = time.perf_counter() - began
            first = asyncio.run(_first_answer(database, connector))
            if number:  # the first round warms the disk
                bare.append(took)
                ours.append(first)
    ratio = statistics.median(mine / theirs for mine, theirs in zip(ours, bare, strict=True))
    return {
        "import_botbuilder_core_s": round(statistics.median(bare), 3),
        "start_to_first_answer_s": round(statistics.median(ours), 3),
        "ratio": round(ratio, 2),
        "target": TARGET,
        "within_target": ratio < TARGET,
    }


async def _first_answer(database: str, connector: str) -> float:
    """Start the server and ask; gives the seconds from the start to the answer's arrival."""
    began = time.perf_counter()
    server = await asyncio.create_subprocess_exec(
        *SERVE,
        cwd=turns.ROOT,
        env=os.environ | {"ASKDPO_DATABASE_URL": database, "ASKDPO_PORT": "0"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert server.stdout is not None
    address = (await server.stdout.readline()).decode().removeprefix("Listening on ").strip()
    await turns.ask(address, connector)
    took = time.perf_counter() - began
    server.terminate()
    await server.wait()
    return took


def _show_imports(database: str) -> None:
    code = (
        "from bot.app import create_app; from bot.settings import Settings; "
        f"create_app(Settings(database_url={database!r}), local=True); import dialogs.root"
    )
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-X", "importtime", "-c", code], cwd=turns.ROOT, capture_output=True, text=True, check=True
    )
    lines = [line.removeprefix("import time:").split("|") for line in done.stderr.splitlines()[1:]]
    for _, cumulative, name in sorted(lines, key=lambda line: int(line[1]), reverse=True)[:60]:
        print(f"{int(cumulative) / 1000:8.1f} ms {name}")


if __name__ == "__main__":
    main()
