"""A file as a table: CSV or XLSX, its headings understood, its rows as text with the line they stand on."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from storage.importing.kinds import COLUMNS, Kind, heading
from storage.importing.report import ROW, Fault, RefusedError

_CSV: Final = frozenset({".csv", ".txt", ".tsv"})
_DELIMITERS: Final = ",;\t"
Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows: each with its line and its cells in the order of the kind's columns, missing ones empty."""

    notes: tuple[str, ...]  # what is worth telling about the headings
    rows: Iterator[Line]  # blank rows are left out
    total: int  # about how many there are; 0 where the file does not tell
    faults: list[Fault]  # filled while the rows go by


@contextmanager
def open_table(path: Path, kind: Kind) -> Iterator[Table]:
    """Open a file; raises RefusedError where it cannot be read as a table of that kind."""
    if not path.is_file():
        raise RefusedError([f"{path}: there is no such file."])
    reader = _csv if path.suffix.lower() in _CSV else _xlsx if path.suffix.lower() == ".xlsx" else None
    if reader is None:
        raise RefusedError([f"{path.name}: save it as CSV (UTF-8) or as an Excel workbook (.xlsx)."])
    with reader(path) as (lines, total):
        try:
            first = next(lines, None)
        except _UnreadableError as error:
            raise RefusedError([f"{path.name}:{error.line} {ROW}: {error}"]) from error
        if first is None:
            raise RefusedError([f"{path.name}: the file is empty."])
        first = (first[0], _titled(first[1]))
        places, notes = _headings(path.name, first, kind)
        faults: list[Fault] = []
        yield Table(notes, _rows(lines, places, len(first[1]), faults), total, faults)


def _titled(titles: list[str]) -> list[str]:
    """Leave out empty headings at the end: cells under them are told as cells too many."""
    while titles and not titles[-1].strip():
        titles = titles[:-1]
    return titles


class _UnreadableError(ValueError):
    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(reason)


def _headings(file: str, first: Line, kind: Kind) -> tuple[list[int], tuple[str, ...]]:
    line, titles = first
    known = {name: column.name for column in COLUMNS[kind] for name in (*column.aliases, column.name)}
    places: dict[str, int] = {}
    problems: list[str] = []
    notes: list[str] = []
    for place, title in enumerate(titles):
        name = known.get(heading(title))
        if name in places:
            problems.append(f"{file}:{line} {name}: two columns mean this: “{titles[places[name]]}” and “{title}”.")
        elif name is not None:
            places[name] = place
        elif title.strip() or kind is Kind.RESTRICTIONS:  # a column without a title may hold a reason as well
            told, fatal = _unknown(title, kind, known)
            (problems if fatal else notes).append(f"{file}:{line} {title.strip() or '(no title)'}: {told}")
    missing = [column.name for column in COLUMNS[kind] if column.required and column.name not in places]
    problems += [f"{file}:{line} {name}: this column is missing." for name in missing]
    if problems:
        raise RefusedError(problems)
    return [places.get(column.name, -1) for column in COLUMNS[kind]], tuple(notes)


def _unknown(title: str, kind: Kind, known: dict[str, str]) -> tuple[str, bool]:
    if kind is Kind.RESTRICTIONS:  # the bot never learns why (domain 1.1)
        allowed = ", ".join(column.name for column in COLUMNS[kind])
        return (
            f"this file may hold {allowed} and nothing else. Take this column out: no reason is ever kept here.",
            True,
        )
    close = get_close_matches(heading(title), known, n=1, cutoff=0.8)
    if close:
        return f"this column is not known. Did you mean {known[close[0]]}?", True
    return "this column is not needed and was not read.", False


def _rows(lines: Iterator[Line], places: Sequence[int], width: int, faults: list[Fault]) -> Iterator[Line]:
    while True:
        try:
            line, cells = next(lines)
        except StopIteration:
            return
        except _UnreadableError as error:
            faults.append(Fault(error.line, ROW, str(error)))
            return
        if len(cells) < width:
            if not any(cells):
                continue
            cells += [""] * (width - len(cells))
        elif len(cells) > width and any(cells[width:]):
            faults.append(Fault(line, ROW, "has more cells than there are headings; is a comma in a cell unquoted?"))
            continue
        picked = [cells[place] if place >= 0 else "" for place in places]
        if any(picked) or any(cells):
            yield line, picked


@contextmanager
def _csv(path: Path) -> Iterator[tuple[Iterator[Line], int]]:
    with path.open("rb") as raw:
        total = sum(chunk.count(b"\n") for chunk in iter(lambda: raw.read(1 << 20), b""))
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield _csv_lines(file), total


def _csv_lines(file: Iterable[str]) -> Iterator[Line]:
    lines = iter(file)
    skipped = 0
    try:
        title = next(lines, "")
        if title.casefold().startswith("sep="):  # Excel's own note to itself
            title, skipped = next(lines, ""), 1
        delimiter = max(_DELIMITERS, key=title.count)
        reader = csv.reader(_again(title, lines), delimiter=delimiter, strict=True)
        before = 0
        for cells in reader:
            yield before + skipped + 1, cells
            before = reader.line_num
    except UnicodeDecodeError:
        raise _UnreadableError(1, "the file is not UTF-8 text; save it as “CSV UTF-8” or as .xlsx") from None
    except csv.Error as error:
        raise _UnreadableError(reader.line_num + skipped, f"is not CSV from here on ({error})") from None


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest


@contextmanager
def _xlsx(path: Path) -> Iterator[tuple[Iterator[Line], int]]:
    from zipfile import BadZipFile  # noqa: PLC0415  only workbooks need it

    from openpyxl.reader.excel import load_workbook  # noqa: PLC0415  heavy, and only workbooks need it
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415  see above

    try:
        book = load_workbook(path, read_only=True, data_only=True)  # type: ignore[no-untyped-call]  # openpyxl ships no types
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise RefusedError([f"{path.name}: this is not an Excel workbook that can be read."]) from error
    try:
        sheet = book.worksheets[0]
        yield _xlsx_lines(sheet.iter_rows(values_only=True)), sheet.max_row or 0
    finally:
        book.close()


def _xlsx_lines(rows: Iterable[Iterable[object]]) -> Iterator[Line]:
    seen_heading = False
    width = 0
    for number, row in enumerate(rows, start=1):
        cells = [_text(value) for value in row]
        if not seen_heading:
            if not any(cells):
                continue
            seen_heading = True
            width = max(place for place, cell in enumerate(cells, start=1) if cell)
        yield number, cells[:width] if not any(cells[width:]) else cells


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() | date():
            return f"{value:%Y-%m-%d}"
        case _:
            return str(value)
