"""How long one deadline takes, next to reading and writing one time stamp in the same run; prints JSON.

Run it as `python tests/bench/clocks.py`. Rounds are interleaved and medians taken; the target is 50 µs (issue 4).
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final

from policy.clocks.breach import breach_clock
from policy.clocks.complaint import complaint_clock
from policy.clocks.pauses import Clarification
from policy.clocks.sar import SarEvents, sar_clock
from policy.clocks.sar_steps import sar_steps
from policy.clocks.working_days import Division

ROUNDS: Final = 15
TIMES: Final = 2000
TARGET_MICROSECONDS: Final = 50
NOW: Final = date(2030, 1, 1)
ENGLAND: Final = Division.ENGLAND_AND_WALES
PLAIN: Final = SarEvents(date(2026, 3, 3))
FULL: Final = SarEvents(
    date(2026, 6, 1),
    *(date(2026, 6, 2), True, date(2026, 6, 9)),
    clarifications=(
        Clarification(date(2026, 6, 12), date(2026, 6, 19)),
        Clarification(date(2026, 6, 15), date(2026, 6, 22)),
        Clarification(date(2026, 7, 1), date(2026, 7, 3)),
    ),
    extended=True,
)
MOMENT: Final = datetime(2026, 3, 27, 16, 30, tzinfo=UTC)


def dates(events: SarEvents) -> tuple[object, ...]:
    """Work out every date that the contract's object has."""
    told = sar_clock(events, division=ENGLAND, now=NOW)
    one_month = (told.due, told.outer_due, told.target, told.extension_notice_by)
    return (*one_month, told.extended_due, told.extended_outer_due)


COMPUTATIONS: Final[dict[str, Callable[[], object]]] = {
    "yardstick: a datetime read and written": lambda: datetime.fromisoformat("2026-03-27T16:30:00+00:00").isoformat(),
    "a request": lambda: dates(PLAIN),
    "a request with identity, three clarifications, extended": lambda: dates(FULL),
    "its sum in words": lambda: sar_steps(sar_clock(FULL, division=ENGLAND, now=NOW)),
    "a breach": lambda: breach_clock(MOMENT, MOMENT + timedelta(hours=5)),
    "a complaint with its sum": lambda: complaint_clock(date(2026, 6, 19), division=ENGLAND),
}


def main() -> None:
    """Measure all of them turn and turn about."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    spans: dict[str, list[float]] = {name: [] for name in COMPUTATIONS}
    for compute in COMPUTATIONS.values():
        compute()  # lists of bank holidays are read once
    for _ in range(ROUNDS):
        for name, compute in COMPUTATIONS.items():
            began = time.perf_counter()
            for _ in range(TIMES):
                compute()
            spans[name].append((time.perf_counter() - began) / TIMES * 1e6)
    medians = {name: statistics.median(each) for name, each in spans.items()}
    yardstick = next(iter(medians.values()))
    told = {
        name: {"microseconds": round(each, 2), "yardsticks": round(each / yardstick, 1)}
        for name, each in medians.items()
    }
    slowest = max(medians.values())
    within = slowest < TARGET_MICROSECONDS
    print(json.dumps({"computations": told, "target": TARGET_MICROSECONDS, "within_target": within}, indent=1))


if __name__ == "__main__":
    main()
