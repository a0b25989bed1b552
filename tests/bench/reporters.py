"""A hundred people who report at once, each walking Form A with their own words.

    python tests/bench/reporters.py                  # about two minutes; prints JSON
    python tests/bench/reporters.py --people 20
    python tests/bench/reporters.py --postgresql URL # on an empty PostgreSQL as well

A real `askdpo serve --local` and a connector on this machine. `wrong` names everything that was lost, and every word of
one person that another one saw or that stands in another one's Form A.
"""

import argparse
import asyncio
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.databases import through_stories
from tests.stories.crowd import reports_at_once


async def main() -> int:
    """Report, count, print; 1 where anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--postgresql", default="")
    options = parser.parse_args()
    result = await through_stories(
        options.postgresql, lambda url, here: reports_at_once(url, here, people=options.people)
    )
    print(json.dumps(result, indent=2))
    return 1 if any(each["wrong"] for each in result.values()) else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
