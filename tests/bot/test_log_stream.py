"""The log's stream: JSON or words, nothing of a library's own words, and never a turn that waits for a reader."""

import json
import logging
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.log_stream import LogStream, log_to
from bot.logbook import Log

SECRET = "Amelia Hart"


@dataclass
class Pipe:
    read_end: int
    write_end: int

    def lines(self) -> list[str]:
        os.set_blocking(self.read_end, False)
        got = b""
        while True:
            try:
                got += os.read(self.read_end, 1 << 20)
            except BlockingIOError:
                return got.decode().splitlines()

    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines()]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    reading, writing = os.pipe()
    yield Pipe(reading, writing)
    os.close(reading)
    os.close(writing)


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> Iterator[logging.Logger]:
    """The root logger, given back as it was."""
    here = logging.getLogger()
    before, level = here.handlers[:], here.level
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    yield here
    here.handlers[:] = before
    here.setLevel(level)


def stream(pipe: Pipe, root: logging.Logger, *, json: bool = True) -> LogStream:
    made = LogStream(pipe.write_end, json=json)
    log_to(made)
    return made


def test_a_line_is_one_object_with_its_time_its_level_and_where_it_is_from(pipe: Pipe, root: logging.Logger) -> None:
    stream(pipe, root).open()
    Log("bot.ledger").warning("letters not yet noted", count=3, error=OSError(SECRET))
    (line,) = pipe.objects()
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "warning",
        "from": "bot.ledger",
        "event": "letters not yet noted",
        "count": 3,
        "error": "OSError at ",
    }


def test_a_person_reads_words(pipe: Pipe, root: logging.Logger) -> None:
    stream(pipe, root, json=False).open()
    Log("bot.ledger").info("letter tried", letter=3, outcome="arrived")
    (line,) = pipe.lines()
    assert line[8:] == " info    bot.ledger: letter tried letter=3 outcome=arrived"


def test_of_a_library_is_told_where_and_which_kind_but_none_of_its_words(pipe: Pipe, root: logging.Logger) -> None:
    stream(pipe, root).open()
    logger = logging.getLogger("aiohttp.server")
    try:
        raise ValueError(SECRET)  # noqa: TRY301  caught, so that it has a way
    except ValueError:
        logger.exception("while serving %s: " + SECRET, SECRET, extra={"who": SECRET})  # noqa: G003  as careless as it gets
    logger.error("and %s", SECRET, stack_info=True)
    first, second = pipe.objects()
    assert SECRET not in json.dumps([first, second])
    assert first["from"] == "aiohttp.server"
    assert first["event"] == second["event"] == "line of a library"
    assert first["at"].startswith("test_log_stream.py:")
    assert first["error"].startswith("ValueError at ")
    assert "error" not in second


def test_what_breaks_the_process_is_told_without_its_message(pipe: Pipe, root: logging.Logger) -> None:
    import sys  # noqa: PLC0415  the hook that was set

    stream(pipe, root).open()
    sys.excepthook(RuntimeError, RuntimeError(SECRET), None)
    (line,) = pipe.objects()
    assert (line["event"], line["error"]) == ("the process broke", "RuntimeError at ")


def test_others_speak_first_and_nothing_said_before_is_lost(pipe: Pipe, root: logging.Logger) -> None:
    held = stream(pipe, root)
    Log("bot.courier").warning("outbox not readable", seconds=2)
    assert pipe.lines() == []
    held.say(b"Listening\n")
    held.open()
    first, second = pipe.lines()
    assert first == "Listening"
    assert json.loads(second)["event"] == "outbox not readable"


def test_a_reader_that_stands_still_holds_up_nobody_and_hears_how_much_was_lost(
    pipe: Pipe, root: logging.Logger
) -> None:
    full = stream(pipe, root)
    full.open()
    began = time.monotonic()
    for number in range(5000):  # a pipe holds 64 KB
        Log("bot.ledger").info("letter tried", letter=number, outcome="arrived")
    assert time.monotonic() - began < 5
    assert full.lost > 1000
    read = pipe.objects()
    assert [line["letter"] for line in read] == list(range(len(read)))
    lost = full.lost
    assert len(read) + lost == 5000
    Log("bot.ledger").info("letter tried", letter=9, outcome="arrived")
    told, line = pipe.objects()
    assert (told["event"], told["count"], line["letter"]) == ("lines lost: nobody read the log", lost, 9)
    assert full.lost == 0


def test_a_reader_that_went_away_breaks_nothing(root: logging.Logger) -> None:
    reading, writing = os.pipe()
    gone = stream(Pipe(reading, writing), root)
    gone.open()
    os.close(reading)
    Log("bot.ledger").info("letter tried", letter=1)
    assert gone.lost == 1
    os.close(writing)
