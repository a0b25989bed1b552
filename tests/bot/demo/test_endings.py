"""However a demo ends or fails to start: a sentence, and nothing left running."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil
import pytest

ASKDPO = Path(sys.executable).parent / "askdpo"
HANGS = """#!/bin/sh
sleep 600 &
wait
"""
NO_NETWORK = """#!/bin/sh
echo 'npm error code EAI_AGAIN'
echo 'npm error request to https://registry.invalid/ failed, reason: getaddrinfo EAI_AGAIN' >&2
exit 1
"""
BROKEN = """#!/bin/sh
echo 'npm error Something that npm says'
exit 1
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A PATH with nothing on it but what a test puts there, and the shell's own tools."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for tool in ("sh", "sleep"):
        (programs / tool).symlink_to(
            next(place for place in (Path("/bin") / tool, Path("/usr/bin") / tool) if place.exists())
        )
    return programs


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One demo folder for all: the trust is made once and found again."""
    return tmp_path_factory.mktemp("endings") / "askdpo-demo"


def has_node(path: Path, npx: str) -> None:
    for name, script in (("npx", npx), ("node", "#!/bin/sh\n")):
        program = path / name
        program.write_text(script, "utf-8")
        program.chmod(0o755)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


class Demo:
    """A demo process and what it has printed so far."""

    def __init__(self, folder: Path, path: Path, port: int, *options: str) -> None:
        self.process = subprocess.Popen(  # noqa: S603  our own command
            [ASKDPO, "demo", "--dir", folder, "--port", str(port), *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={"PATH": str(path), "HOME": str(path), "PYTHONUNBUFFERED": "1"},
        )
        self.printed = ""

    def until(self, words: str) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.printed += line
            if words in line:
                return
        raise AssertionError(self.printed)

    def type(self, words: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()

    def family(self, at_least: int) -> list[psutil.Process]:
        for _ in range(100):
            found: list[psutil.Process] = psutil.Process(self.process.pid).children(recursive=True)
            if len(found) >= at_least:
                return found
            time.sleep(0.05)
        raise AssertionError(f"no family: {self.printed}")

    def end(self, how: signal.Signals) -> str:
        self.process.send_signal(how)
        rest, _ = self.process.communicate(timeout=20)
        return self.printed + rest


@pytest.fixture
def demos() -> Iterator[list[Demo]]:
    started: list[Demo] = []
    yield started
    for demo in started:
        if demo.process.poll() is None:
            demo.process.kill()
        demo.process.communicate()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ended_while_npx_downloads_it_leaves_no_npx_behind(
    demos: list[Demo], folder: Path, path: Path, how: signal.Signals
) -> None:
    has_node(path, HANGS)
    demo = Demo(folder, path, free_port())
    demos.append(demo)
    demo.until("npx is fetching")
    family = demo.family(2)  # the shell and its sleep
    assert "nothing is left running" in demo.end(how)
    assert demo.process.returncode == 0
    _, alive = psutil.wait_procs(family, timeout=3)
    assert not alive


@pytest.mark.parametrize(
    ("npx", "sentence", "how"),
    [
        (None, "There is no Node.js here", signal.SIGINT),
        (NO_NETWORK, "npx could not fetch the Agents Playground (no network)", signal.SIGTERM),
        (BROKEN, "npx could not fetch the Agents Playground (Something that npm says)", signal.SIGHUP),
    ],
)
def test_without_a_playground_it_says_why_in_one_line_and_chats_in_the_terminal(
    demos: list[Demo], folder: Path, path: Path, *, npx: str | None, sentence: str, how: signal.Signals
) -> None:
    if npx is not None:
        has_node(path, npx)
    demo = Demo(folder, path, free_port())
    demos.append(demo)
    demo.until("You are Nia Protherow")
    assert sum(sentence in line for line in demo.printed.splitlines()) == 1
    assert "terminal chat" in demo.printed
    demo.type("Can I photograph Amelia for the website?")
    demo.until("Amelia Hart")
    assert "nothing is left running" in demo.end(how)
    assert demo.process.returncode == 0


def test_a_card_for_somebody_else_is_shown_where_it_arrives(demos: list[Demo], folder: Path, path: Path) -> None:
    demo = Demo(folder, path, free_port(), "--no-playground")
    demos.append(demo)
    for line in ("Can I put a photo of Judith on our Facebook page?", "1", "exit"):
        demo.type(line)
    printed, _ = demo.process.communicate(timeout=20)
    assert "→ for Sunniva Okafor-Lyle" in printed
    assert printed.rstrip().splitlines()[-1].startswith("Ended")


def test_a_port_in_use_is_named_with_one_to_try(demos: list[Demo], folder: Path, path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        demo = Demo(folder, path, port)
        demos.append(demo)
        printed, _ = demo.process.communicate(timeout=20)
    assert demo.process.returncode == 1
    assert printed.startswith(f"Error: Port {port} is in use")
    assert "--port" in printed


def test_a_folder_with_other_things_in_it_is_left_alone(demos: list[Demo], tmp_path: Path, path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "pupils.csv").write_text("precious", "utf-8")
    demo = Demo(mine, path, free_port())
    demos.append(demo)
    printed, _ = demo.process.communicate(timeout=20)
    assert demo.process.returncode == 1
    assert "a folder of its own" in printed
    assert [(file.name, file.read_text("utf-8")) for file in mine.iterdir()] == [("pupils.csv", "precious")]


def test_the_bot_is_up_beside_the_terminal_chat_and_gone_after_it(demos: list[Demo], folder: Path, path: Path) -> None:
    port = free_port()
    demo = Demo(folder, path, port, "--no-playground")
    demos.append(demo)
    demo.until("Ready after")
    with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answered:
        assert answered.status == 200
    demo.process.communicate("exit\n", timeout=20)
    assert demo.process.returncode == 0
    with pytest.raises(URLError):
        urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5)
