"""Rows as a CSV or an Excel file; whatever a cell holds, no spreadsheet takes it for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Format(StrEnum):
    """The kinds of file a register comes in."""

    CSV = "csv"
    XLSX = "xlsx"


def written(heading: Sequence[str], rows: Iterable[Sequence[object]], form: Format) -> bytes:
    """Return the file's bytes: CSV is UTF-8 without a byte order mark."""
    match form:
        case Format.CSV:
            return _csv(heading, rows)
        case Format.XLSX:
            return _xlsx(heading, rows)


def harmless(value: object) -> str:
    """Return a cell's text; one that a spreadsheet would calculate gets an apostrophe before it.

    Control characters, which no workbook can hold, are left out.
    """
    text = "" if value is None else _UNWRITABLE.sub("", str(value))
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, int | float) else text


def _csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heading)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")


def _xlsx(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    from openpyxl.workbook.workbook import Workbook  # noqa: PLC0415  heavy, and only workbooks need it

    book = Workbook(write_only=True)  # type: ignore[no-untyped-call]  # openpyxl ships no types
    sheet = book.create_sheet("List")  # type: ignore[no-untyped-call]  # see above
    sheet.freeze_panes = "A2"
    sheet.append(list(heading))
    for row in rows:
        sheet.append([harmless(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)  # type: ignore[no-untyped-call]  # see above
    return out.getvalue()
