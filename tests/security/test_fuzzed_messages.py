"""Whatever is posted to /api/messages is answered: never with 500, never with an exception in the log.

A few seconds long; ASKDPO_FUZZ_SECONDS makes it longer, tests/bench/fuzzing.py takes an hour and says what it found.
"""

import logging
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.security.fuzzing import FINE, Served, fuzz, serving

SECONDS: Final = float(os.environ.get("ASKDPO_FUZZ_SECONDS", "6"))


@pytest.fixture
def served(school_file: Path) -> Iterator[Served]:
    with serving(school_file) as running:
        yield running


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of the one at which the time was over
def test_whatever_is_posted_is_answered(served: Served, school_file: Path, caplog: pytest.LogCaptureFixture) -> None:
    statuses = Counter[int]()

    def look(_: bytes, status: int, said: bytes) -> None:
        statuses[status] += 1
        assert status in FINE, f"{status}: {said[:200]!r}"
        assert [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR] == []
        caplog.clear()

    fuzz(served, school_file, seconds=SECONDS, each=look, seed=int.from_bytes(os.urandom(4), "big"))
    assert statuses[200] > statuses.total() / 10, f"hardly anything was taken: {statuses}"


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"[]", b"null", b"{", b"1e999", b'"words"', b"\xff\xfe", b"{}" * 9, b'{"type": 7}', b"[" * 100_000),
        *(b'{"type":"message","value":' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}", b'"' + b"a" * 900_000 + b'"'),
    ],
    ids=lambda body: repr(body[:20]),
)
def test_what_is_no_activity_is_turned_away(served: Served, body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    status, _ = served.post(body)
    assert 400 <= status < 500
    assert [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR] == []
