"""What is installed is what was tested: every package that runs is pinned, and the audit would notice a hole."""

import importlib.util
import re
import sys
from datetime import date
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).parents[2]
TODAY: Final = date(2026, 11, 22)
PINNED: Final = {
    canonicalize_name(line.partition("==")[0]): line.partition("==")[2]
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
}


def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / ".ci" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["audit"] = module
    spec.loader.exec_module(module)
    return module


def closure(*extras: str) -> dict[str, str]:
    """{package: its installed version} of all that the product needs, however far down."""
    found: dict[str, str] = {}
    waiting = [("askdpo", frozenset(extras))]
    while waiting:
        name, wanted = waiting.pop()
        for line in metadata.requires(name) or ():
            need = Requirement(line)
            if need.marker and not any(need.marker.evaluate({"extra": extra}) for extra in (*wanted, "")):
                continue
            key = canonicalize_name(need.name)
            if key not in found:
                found[key] = metadata.version(need.name)
                waiting.append((need.name, frozenset(need.extras)))
    return found


def test_the_closure_goes_all_the_way_down() -> None:
    needed = closure()
    assert {"aiohttp", "botbuilder-core", "msrest", "isodate", "cryptography"} <= set(needed)
    assert "pytest" not in needed
    assert "opentelemetry-sdk" in closure("telemetry")


@pytest.mark.parametrize("extra", ["", "telemetry", "test"])
def test_every_package_that_is_installed_with_us_is_pinned_to_the_version_that_was_tested(extra: str) -> None:
    needed = closure(*[extra] if extra else [])
    needed.pop("pip", None)  # every virtual environment brings its own; pip-audit asks it what is installed
    assert {name: version for name, version in needed.items() if PINNED.get(name) != version} == {}


# --- the audit


def hole(**over: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    vuln = {"id": "PYSEC-2026-1", "aliases": ["CVE-2026-1"], "fix_versions": ["2.0"]} | over
    return {"name": "thing", "version": "1.0", "vulns": [vuln]}


def test_a_vulnerability_is_told_with_what_mends_it() -> None:
    assert list(audit().problems([hole()], TODAY, {})) == ["thing 1.0: PYSEC-2026-1, fixed in 2.0"]


@pytest.mark.parametrize("name", ["PYSEC-2026-1", "CVE-2026-1"])
@pytest.mark.parametrize(("until", "told"), [(TODAY, []), (date(2026, 11, 21), ["(the excuse ended on 2026-11-21)"])])
def test_an_excuse_holds_until_its_day(name: str, until: date, told: list[str]) -> None:
    module = audit()
    found = list(module.problems([hole()], TODAY, {name: module.Excuse("not reached", until)}))
    assert [re.search(r"\(.*\)", line)[0] for line in found] == told  # type: ignore[index]  # it would fail as well


def test_an_excuse_that_nothing_needs_is_told() -> None:
    module = audit()
    (line,) = module.problems([], TODAY, {"CVE-2026-9": module.Excuse("gone", TODAY)})
    assert "no longer found" in line


@pytest.mark.parametrize(
    ("found", "known"),
    [
        ([{"name": "pyyaml", "version": "5.3", "vulns": [{"id": "PYSEC-2020-96"}]}], True),
        ([{"name": "pyyaml", "version": "5.3", "vulns": []}], False),
        ([{"name": "pyyaml", "skip_reason": "Dependency not found on PyPI"}], False),
        ([], False),
    ],
)
def test_a_service_that_knows_of_no_hole_at_all_audits_nothing(found: list[dict[str, Any]], *, known: bool) -> None:
    assert audit().knows_canary(found) is known


def test_every_excuse_has_a_reason_and_an_end_within_a_year() -> None:
    for name, excuse in audit().IGNORED.items():
        assert len(excuse.why) > 20, name
        assert (excuse.until - date.today()).days < 366, name  # noqa: DTZ011  a day is precise enough
