"""A bot that is killed in the middle of reports, hundreds of times: nothing lost, nothing told twice.

    python tests/bench/kills.py                    # 200 kills on SQLite, about six minutes; prints JSON
    python tests/bench/kills.py --kills 20         # what the test does
    python tests/bench/kills.py --postgresql URL   # as many again on an empty PostgreSQL

A real `askdpo serve --local`, a connector on this machine and a reporter who fills in what the cards ask. SIGKILL comes
at a random moment of a turn, between Teams taking a message and the answer to it, after a turn, and on the way up.
`letters_posted_again` is what Teams got twice under one stable id: delivered, and killed before that was written down.
"""

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.databases import through_stories
from tests.stories.killing import reports_while_it_dies


async def main() -> int:
    """Kill, count, print; 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--postgresql", default="")
    options = parser.parse_args()

    async def story(url: str, here: Path) -> dict[str, Any]:
        began = time.monotonic()
        told = await reports_while_it_dies(url, here, kills=options.kills, seed=options.seed)
        return told | {"minutes": round((time.monotonic() - began) / 60, 1)}

    result = await through_stories(options.postgresql, story)
    print(json.dumps(result, indent=2))
    return 1 if any(each["wrong"] for each in result.values()) else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
