"""Is any version in constraints.txt known to be vulnerable? Asked by pip-audit, of whichever advisory service answers.

    .venv/bin/python .ci/audit.py

A service that is away, or knows of nothing, would look like good news. So each run asks about one old version with a
known hole as well: where that is not reported, nothing was audited, and that is what is said. Exit status 1 only for a
vulnerability that `IGNORED` does not excuse, or an excuse that is over.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
SERVICES: Final = ("pypi", "osv")
CANARY: Final = "pyyaml==5.3"  # PYSEC-2020-96; nothing of ours needs it
PATIENCE: Final = 180  # seconds for a service


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why a vulnerability does not concern us, and until when we believe that."""

    why: str
    until: date


IGNORED: Final[Mapping[str, Excuse]] = {}  # advisory or CVE -> excuse


def main() -> int:
    """Audit, tell, and give the exit status."""
    today = datetime.now(UTC).date()
    for service in SERVICES:
        found = answer_of(service)
        if found is None or not knows_canary(found):
            print(f"{service}: not reachable from here, or it knows of no vulnerabilities at all.")
            continue
        return told(found, today)
    print("Skipped: no advisory service is reachable. Nothing was audited.")
    return 0


def answer_of(service: str) -> list[dict[str, Any]] | None:
    """Ask about everything that is pinned, and about the canary; None where no answer came."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "asked.txt"
        asked.write_text(f"{(ROOT / 'constraints.txt').read_text('utf-8')}\n{CANARY}\n", "utf-8")
        options = ("--no-deps", "--disable-pip", "--progress-spinner=off", "--timeout=15", "--format=json")
        command = (sys.executable, "-m", "pip_audit", "-r", str(asked), "-s", service, *options)
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603  our own command
            answer: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
        except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
            return None
    return answer


def knows_canary(found: list[dict[str, Any]]) -> bool:
    """Say whether the old version's hole was reported: only then does silence about ours mean anything."""
    name, _, version = CANARY.partition("==")
    return any(each["name"] == name and each.get("version") == version and each.get("vulns") for each in found)


def told(found: list[dict[str, Any]], today: date) -> int:
    """Print what was found; 1 where something has to be done."""
    own = [each for each in found if each["name"] != CANARY.partition("==")[0]]
    unknown = sorted(each["name"] for each in own if "skip_reason" in each)
    wrong = list(problems(own, today))
    print(f"{len(own) - len(unknown)} of {len(own)} packages audited.")
    if unknown:
        print(f"Not known to the service: {', '.join(unknown)}.")
    print("\n".join(wrong) or "No known vulnerability that concerns us.")
    return 1 if wrong else 0


def problems(found: list[dict[str, Any]], today: date, ignored: Mapping[str, Excuse] = IGNORED) -> Iterator[str]:
    """Yield a line for each vulnerability without a good excuse, and for each excuse that nothing needs any more."""
    met: set[str] = set()
    for package in found:
        for hole in package.get("vulns", ()):
            names = {hole["id"], *hole.get("aliases", ())}
            excused = sorted(names & ignored.keys())
            met |= names
            if any(today <= ignored[name].until for name in excused):
                continue
            over = f" (the excuse ended on {ignored[excused[0]].until})" if excused else ""
            fixed = ", ".join(hole.get("fix_versions", ())) or "no version yet"
            yield f"{package['name']} {package['version']}: {hole['id']}, fixed in {fixed}{over}"
    yield from (f"{name}: excused, but no longer found; take it off the list" for name in ignored if name not in met)


if __name__ == "__main__":
    sys.exit(main())
