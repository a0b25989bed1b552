"""Where each rule of the policies is kept: the answers that tell it, and the modules whose comments name it.

    python -m tests.clause_coverage          # writes docs/coverage.md

tests/test_clause_coverage.py compares the table with what this writes, so nothing in it is claimed by hand.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from policy.library import Answer, library

ROOT: Final = Path(__file__).parents[1]
TABLE: Final = ROOT / "docs" / "coverage.md"
ROWS: Final = ROOT / "tests" / "rows.txt"
PACKAGES: Final = ("policy", "storage", "dialogs", "bot")
STILL_TO_COME: Final = "**still to come**"
_CODE: Final = re.compile(r"\b(?:PHOTO|ONLINE|DP|SAR|BREACH|FORMA|FORMB|CCTV)-[0-9A-Z][\w.-]*\w")
_RANGE: Final = re.compile(r"(?P<stem>.*?)(?P<first>\d+|[a-z]+)\.\.(?:[\d.]*\.)?(?P<last>\d+|[a-z]+)")
_ROMAN: Final = ("i", "ii", "iii", "iv", "v")


def rows() -> list[tuple[str, ...]]:
    """Return the ids of every row, in the order of the policies."""
    lines = ROWS.read_text("utf-8").splitlines()
    return [tuple(row.strip() for row in line.split(",")) for line in lines if line and not line.startswith("#")]


def answers_to(row: tuple[str, ...]) -> list[Answer]:
    """Return the answers whose files name a row."""
    return [answer for answer in library().answers if not set(row).isdisjoint(answer.rows)]


def modules_of(row: tuple[str, ...]) -> list[str]:
    """Return the modules that name a clause of a row, with or without its letter."""
    wanted = {part for code in row for whole in _spread(code) for part in (whole, whole.rpartition("-")[0])}
    return sorted(module for module, codes in _named().items() if not wanted.isdisjoint(codes))


def table() -> str:
    """Write the whole page."""
    told = [(row, answers_to(row), modules_of(row)) for row in rows()]
    missing = sum(not answers and not modules for _, answers, modules in told)
    summary = (
        f"{len(told)} rows of rules: {sum(bool(answers) for _, answers, _ in told)} answered when asked, "
        f"{sum(bool(modules) for *_, modules in told)} named in code, {missing} still to come."
    )
    lines = [
        "# Where each rule is kept",
        "",
        "Written by `python -m tests.clause_coverage` from the answers' own files and the clauses that comments in the",
        "code name, the whole clause or one of its letters; a test fails where it is out of date.",
        "",
        summary,
        "",
        "| rule | our clauses | answered by | named in |",
        "|---|---|---|---|",
    ]
    lines += [_line(*each) for each in told]
    return "\n".join(lines) + "\n"


def _line(row: tuple[str, ...], answers: list[Answer], modules: list[str]) -> str:
    clauses = dict.fromkeys(f"{cited.document} {cited.clause}" for answer in answers for cited in answer.clauses)
    slugs = ", ".join(answer.slug for answer in answers) or (STILL_TO_COME if not modules else "")
    return f"| {', '.join(row)} | {', '.join(clauses)} | {slugs} | {', '.join(modules)} |"


def _spread(code: str) -> Iterator[str]:
    """Give each clause of "DP-14.1..14.4", "PHOTO-4.3-a..c"; the code itself where it is none of several."""
    found = _RANGE.fullmatch(code)
    if found is None:
        yield code
        return
    stem, first, last = found["stem"], found["first"], found["last"]
    if first.isdigit():
        yield from (f"{stem}{number}" for number in range(int(first), int(last) + 1))
    elif first in _ROMAN and last in _ROMAN:
        yield from (f"{stem}{number}" for number in _ROMAN[_ROMAN.index(first) : _ROMAN.index(last) + 1])
    else:
        yield from (f"{stem}{chr(letter)}" for letter in range(ord(first), ord(last) + 1))


@cache
def _named() -> dict[str, frozenset[str]]:
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    found = {path.relative_to(ROOT).as_posix(): frozenset(_CODE.findall(path.read_text("utf-8"))) for path in paths}
    return {module: codes for module, codes in found.items() if codes}


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
