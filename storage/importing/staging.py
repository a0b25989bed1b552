"""Where a long file waits until all of it was found good: a private scratch file, sorted by pupil on the way out."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final, Self

Said = tuple[Any, ...]  # one consent, as SAID_FIELDS of consents.py names its values
_DATES: Final = slice(8, 11)  # signed, effective, withdrawn: text in the scratch file
_COLUMNS: Final = 13
_AT_ONCE: Final = 2_000


class Staging:
    """Rows of (pupil id, line, what was said), kept on disk so that memory does not grow with the file."""

    def __init__(self) -> None:
        self._scratch = sqlite3.connect("", isolation_level=None)  # SQLite's own temporary file, gone when closed
        names = ", ".join(f"c{place}" for place in range(_COLUMNS))
        self._scratch.execute(f"CREATE TABLE staged ({names})")
        self._scratch.execute("BEGIN")
        self._insert = f"INSERT INTO staged VALUES ({', '.join('?' * _COLUMNS)})"  # noqa: S608  nothing but question marks

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._scratch.close()

    def add(self, rows: Iterable[Sequence[Any]]) -> int:
        """Take rows, and return how many they were."""
        count = 0
        rows = iter(rows)
        while some := list(islice(rows, _AT_ONCE)):
            self._scratch.executemany(self._insert, [_stored(row) for row in some])
            count += len(some)
        return count

    def by_pupil(self) -> Iterator[tuple[int, list[tuple[int, Said]]]]:
        """Give each pupil's rows, (line, what was said) each, in the order of the file."""
        rows = self._scratch.execute("SELECT * FROM staged ORDER BY c0, c1")
        for pupil_id, staged in groupby(rows, key=itemgetter(0)):
            yield pupil_id, [(row[1], _said(row)) for row in staged]


def _stored(row: Sequence[Any]) -> tuple[Any, ...]:
    signed, effective, withdrawn = row[_DATES]
    return (
        *row[: _DATES.start],
        signed and signed.isoformat(),
        effective and effective.isoformat(),
        withdrawn and withdrawn.isoformat(),
        *row[_DATES.stop :],
    )


def _said(row: Sequence[Any]) -> Said:
    year, item, answer, given_by, capacity, method, signed, effective, withdrawn, evidence, limits = row[2:]
    return (
        year,
        item,
        bool(answer),
        given_by,
        capacity,
        method,
        signed and _date(signed),
        effective and _date(effective),
        withdrawn and _date(withdrawn),
        evidence,
        limits,
    )


@lru_cache(maxsize=4096)
def _date(text: str) -> date:
    return date.fromisoformat(text)
