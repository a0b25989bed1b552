"""What an import says: each bad row where it stands, or what changed, in plain words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, how many there are (0: unknown)
ROW: Final = "row"  # stands for the column where a whole row is meant


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Why one cell, or one whole row, will not do."""

    line: int
    column: str
    reason: str


class RefusedError(Exception):
    """Nothing was written. `lines` say why: one a bad row, as `FILE:LINE column: reason`, or one for the whole file."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("\n".join(self.lines))


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did, or would do in a dry run."""

    rows: int
    changes: dict[str, int]  # by word: {"new": 3, "withdrawn": 12}; empty where nothing changed
    lines: tuple[str, ...]  # the same and more, for a person
    schools: tuple[str, ...]  # codes


def refuse(file: str, faults: Iterable[Fault]) -> None:
    """Raise RefusedError with every fault, in the order of the file; do nothing where there is none."""
    told = [f"{file}:{fault.line} {fault.column}: {fault.reason}" for fault in sorted(faults)]
    if told:
        raise RefusedError(told)


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 pupil", "3 pupils"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
