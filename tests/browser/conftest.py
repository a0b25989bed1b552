"""What the browser tests stand on: a real `askdpo demo`, a real Chromium, and Microsoft's own card renderer."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.browser.playing import WITHIN, Client, OpenAs

ADAPTIVE_CARDS = "adaptivecards@3.0.6"
SCREENSHOTS = Path(__file__).parent / "screenshots"
ASKDPO = Path(sys.executable).parent / "askdpo"
FLAGS = (
    "--no-sandbox",  # a container has no user of its own to put it under
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_READY_WITHIN = 240.0  # seconds; the very first start downloads the Playground


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Demo:
    """A running demo: its process, what it printed, and where each persona's Playground is."""

    process: subprocess.Popen[str]
    printed: str
    addresses: dict[str, str]  # title -> address
    seconds: float  # from start to ready


def missing(what: str) -> None:
    """Skip on somebody's laptop; fail in CI, where everything is there to be used."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have everything the browser tests need: {what}")
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        missing("there is no Chromium (apt-get install chromium)")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def node() -> str:
    found = shutil.which("node")
    if found is None or shutil.which("npx") is None:
        missing("there is no Node.js (apt-get install nodejs npm)")
    assert found is not None
    return found


@pytest.fixture(
    scope="module"
)  # no longer: while Playwright runs, no other event loop can, and other tests need theirs
def pages(chromium: str) -> Iterator["Browser"]:  # noqa: F821  imported below, only where there is a browser
    """One browser for a module, with a fresh profile."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  see above

    SCREENSHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def renderer(node: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Microsoft's Adaptive Cards bundle, fetched (and kept) by npx."""
    command = ["npx", "--yes", f"--package={ADAPTIVE_CARDS}", "--", node, "-p", "process.env.PATH"]
    said = subprocess.run(  # noqa: S603  fixed words
        command, cwd=tmp_path_factory.mktemp("npx"), capture_output=True, text=True, check=False, timeout=180
    )
    for entry in said.stdout.split(os.pathsep):
        bundle = Path(entry).parent / "adaptivecards" / "dist" / "adaptivecards.js"
        if bundle.is_file():
            return bundle.read_text("utf-8")
    missing(f"npx could not fetch {ADAPTIVE_CARDS}: {said.stderr.strip()[-200:]}")
    raise AssertionError


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "askdpo-demo"


@pytest.fixture(scope="module")
def demo(node: str, chromium: str, demo_folder: Path) -> Iterator[Demo]:
    """`askdpo demo` as a newcomer starts it; at its end, Ctrl-C and nothing left running."""
    running = _start(demo_folder)
    if not running.addresses:
        _stop(running)
        missing(f"the demo opened no Playground:\n{running.printed}")
    yield running
    left = _stop(running)
    assert not left, f"still running after Ctrl-C: {left}"


@pytest.fixture(scope="module")
def open_as(demo: Demo, pages: "Browser") -> Iterator[OpenAs]:  # noqa: F821  see pages
    """Open a persona's page once, and the same one again whenever it is asked for."""
    opened: dict[str, Client] = {}

    def client(title: str) -> Client:
        if title not in opened:
            page = pages.new_page(viewport={"width": 1400, "height": 950})
            page.goto(demo.addresses[title])
            page.locator(".ac-adaptiveCard").first.wait_for(timeout=WITHIN)  # the welcome
            opened[title] = Client(page, title)
        return opened[title]

    yield client
    for each in opened.values():
        each.page.close()


@pytest.fixture
def start_demo(node: str, tmp_path: Path) -> Iterator[Callable[[], Demo]]:
    """Start further demos, each with a trust of its own, and ended with the test."""
    started: list[Demo] = []

    def start() -> Demo:
        started.append(_start(tmp_path / "askdpo-demo"))
        if not started[-1].addresses:
            missing(f"the demo opened no Playground:\n{started[-1].printed}")
        return started[-1]

    yield start
    for each in started:
        _stop(each)


def _start(folder: Path) -> Demo:
    """Start the demo and read what it prints until it is ready."""
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603  our own command
        [ASKDPO, "demo", "--dir", folder, "--port", str(free_port())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    printed = ""
    for line in process.stdout:
        printed += line
        if line.startswith("Ready") or time.monotonic() - began > _READY_WITHIN:
            break
    addresses = dict(re.findall(r"^  (\S.*?)  +\S.*?(http://127\.0\.0\.1:\d+)$", printed, re.MULTILINE))
    return Demo(process, printed, addresses, time.monotonic() - began)


def _stop(demo: Demo) -> list[str]:
    """End the demo as Ctrl-C does; give whatever of its family is still running."""
    family: list[psutil.Process] = []
    if demo.process.poll() is None:
        family = psutil.Process(demo.process.pid).children(recursive=True)
        demo.process.send_signal(signal.SIGINT)
    demo.process.communicate(timeout=20)
    _, alive = psutil.wait_procs(family, timeout=5)
    return [" ".join(each.cmdline()) for each in alive]


def free_port() -> int:
    """Give a port with five free ones after it, more likely than not."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
