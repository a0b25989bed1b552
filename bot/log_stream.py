"""Where the log goes: lines of JSON, or lines for people, to one stream that can never hold up a turn.

A log that nobody reads fills its pipe, and whoever writes to a full pipe stands still. So a line is written only where
the stream takes it at once; else it is counted, and the next line that gets through is the count.
"""

import logging
import select
import sys
from contextlib import suppress
from datetime import UTC, datetime
from os import write
from typing import Any, Final

import msgspec

from bot.logbook import Line, where

_MOST_HELD: Final = 200  # lines kept until the stream is opened
_QUIET: Final = {"msal": logging.WARNING, "aiohttp.access": logging.ERROR}  # much to say, and with addresses
_encode: Final = msgspec.json.Encoder().encode


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """Give what may be told of a record. Of a library's line that is where it is from: its words may quote anything."""
    told: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "from": record.name,
    }
    if isinstance(record.msg, Line):
        return told | {"event": record.msg.event} | dict(record.msg.fields)
    told |= {"event": "line of a library", "at": f"{record.filename}:{record.lineno} {record.funcName}"}
    error = record.exc_info[1] if record.exc_info else None
    return told if error is None else told | {"error": where(error)}


def as_json(record: logging.LogRecord) -> bytes:
    """Write a record as a machine reads it: one object, one line."""
    return _encode(fields_of(record)) + b"\n"


def as_words(record: logging.LogRecord) -> bytes:
    """Write a record as a person at a terminal reads it."""
    told = fields_of(record)
    time, level, source, event = (told.pop(name) for name in ("time", "level", "from", "event"))
    rest = "".join(f" {name}={value}" for name, value in told.items())
    return f"{time[11:19]} {level:<7} {source}: {event}{rest}\n".encode()


class LogStream(logging.Handler):
    """Writes to a descriptor as long as that does not wait. Before `open`, lines are held: others speak first.

    A pipe that is ready takes 4096 bytes whole, and the gates of bot/logbook.py let no line grow so long.
    """

    def __init__(self, descriptor: int, *, json: bool) -> None:
        super().__init__(logging.INFO)
        self._descriptor = descriptor
        self._written = as_json if json else as_words
        self._ready = select.poll()
        self._ready.register(descriptor, select.POLLOUT)
        self._held: list[bytes] | None = []
        self.lost = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, hold it, or count it as lost."""
        line = self._written(record)
        if self._held is not None:
            self._held = [*self._held[-_MOST_HELD:], line]
            return
        if self.lost and self.say(self._of_the_lost()):
            self.lost = 0
        if self.lost or not self.say(line):
            self.lost += 1

    def open(self) -> None:
        """Write what was held, and from now on at once."""
        held, self._held = self._held or [], None
        for line in held:
            self.lost += not self.say(line)

    def say(self, line: bytes) -> bool:
        """Write it now; False where that would wait, or the stream is gone."""
        with suppress(OSError):
            return bool(self._ready.poll(0)) and write(self._descriptor, line) == len(line)
        return False

    def _of_the_lost(self) -> bytes:
        record = logging.LogRecord(__name__, logging.WARNING, "", 0, "", None, None)
        record.msg = Line("lines lost: nobody read the log", {"count": self.lost})
        return self._written(record)


def log_to(stream: LogStream) -> None:
    """Make it the only place for lines, and for what breaks the process itself."""
    root = logging.getLogger()
    root.handlers[:] = [stream]
    root.setLevel(logging.INFO)
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(level)
    logging.raiseExceptions = False  # a line that cannot be written is no reason to print what was in it
    sys.excepthook = _broken


def _broken(kind: type[BaseException], error: BaseException, _: object) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(__name__).critical(Line("the process broke", {"error": where(error)}))
