"""Rows become values, cell by cell; a bad cell is noted with its line, and its neighbours are read all the same."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from storage.importing.cells import CellError
from storage.importing.kinds import COLUMNS, Kind
from storage.importing.report import Fault, Progress
from storage.importing.tables import Table

Read = Callable[[str], Any]
EVERY: Final = 5_000  # rows between two steps of the progress bar


def read_rows(table: Table, kind: Kind, readers: Sequence[Read], progress: Progress) -> Iterator[tuple[int, list[Any]]]:
    """Give each good row as (line, values in the order of the kind's columns); the bad ones end in `table.faults`."""
    for done, (line, cells) in enumerate(table.rows, start=1):
        if done % EVERY == 0:
            progress("Reading", done, table.total)
        try:
            values = [read(cell) for read, cell in zip(readers, cells, strict=True)]
        except CellError:
            table.faults.extend(_bad(line, cells, kind, readers))
        else:
            yield line, values
    progress("Reading", table.total, table.total)


def _bad(line: int, cells: list[str], kind: Kind, readers: Sequence[Read]) -> Iterator[Fault]:
    for column, read, cell in zip(COLUMNS[kind], readers, cells, strict=True):
        try:
            read(cell)
        except CellError as error:
            yield Fault(line, column.name, f"{error}.")


class Seen:
    """The keys that a file has had so far, to say where a row repeats an earlier one."""

    def __init__(self, table: Table, column: str, words: str) -> None:
        self._lines: dict[Any, int] = {}
        self._table, self._column, self._words = table, column, words

    def again(self, line: int, key: object) -> bool:
        """Note a key; True, and a fault, where it was there before."""
        first = self._lines.setdefault(key, line)
        if first != line:
            self._table.faults.append(Fault(line, self._column, f"{self._words} line {first} already."))
        return first != line
