"""The command on a real terminal: Ctrl-C and Ctrl-D leave cleanly, wherever they come."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

RUN = "from bot.cli import main; main()"
CTRL_C, CTRL_D = b"\x03", b"\x04"


@dataclass
class Terminal:
    process: subprocess.Popen[bytes]
    keys: int
    unread: bytes = b""

    def sees(self, words: str) -> str:
        """Read until these words are on the screen; what follows them is for the next look."""
        until = time.monotonic() + 15
        while words.encode() not in self.unread:
            ready, _, _ = select.select([self.keys], [], [], max(0.0, until - time.monotonic()))
            assert ready, f"{words!r} did not come: {self.unread!r}"
            self.unread += os.read(self.keys, 4096)
        before, _, self.unread = self.unread.partition(words.encode())
        return before.decode()

    def types(self, keys: bytes) -> None:
        os.write(self.keys, keys)


@pytest.fixture
def terminal(hartfield_url: str) -> Iterator[Terminal]:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: S603  our own command
        [sys.executable, "-c", RUN, "chat", "--as", "t.reed@hartfield.example"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_own_terminal,  # noqa: PLW1509  no threads here; Ctrl-C needs a controlling terminal
        env={**os.environ, "ASKDPO_DATABASE_URL": hartfield_url, "TERM": "xterm", "COLUMNS": "60"},
    )
    os.close(theirs)
    yield Terminal(process, ours)
    process.kill()
    process.wait()
    os.close(ours)


def _own_terminal() -> None:
    import fcntl  # noqa: PLC0415  runs in the child
    import termios  # noqa: PLC0415  see above

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_a_key_at_the_prompt_leaves(terminal: Terminal, key: bytes) -> None:
    terminal.sees("> ")
    time.sleep(1)  # readline shows the prompt a moment before it listens, and a signal in that moment is lost to it
    terminal.types(key)
    terminal.sees("Bye.")
    assert terminal.process.wait(timeout=20) == 0


def test_a_question_is_answered_and_lines_are_wrapped(terminal: Terminal) -> None:
    terminal.sees("> ")
    terminal.types(b"can I photograph Amelia Hart for the website?\n")
    shown = terminal.sees("4.3\r\n\r\n")
    terminal.sees("> ")
    assert max(len(line) for line in shown.splitlines()[1:]) <= 70  # with the codes that make a line bold
    terminal.types(CTRL_D)
    terminal.sees("Bye.")
