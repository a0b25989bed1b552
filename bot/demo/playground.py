"""Microsoft's Agents Playground, one a persona: a Teams-like client in the browser, against the one bot."""

import asyncio
import json
import os
import shutil
import time
from asyncio.subprocess import Process
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final

from bot.demo import children
from bot.demo.personas import EVERYBODY, Persona

VERSION: Final = "0.2.28"  # the one that the browser tests drive
PACKAGE: Final = f"@microsoft/m365agentsplayground@{VERSION}"
BOT_ID: Final = "28:ask-dpo-demo"
TENANT: Final = "0a5cd900-0000-4000-8000-00000000de30"  # invented
_FETCH_WITHIN: Final = 180.0  # seconds; npx keeps what it fetched, so only the first demo waits
_READY_WITHIN: Final = 30.0  # seconds


class NoPlaygroundError(Exception):
    """Why there is no Playground, in a sentence."""


@dataclass(frozen=True, slots=True)
class Playground:
    """A running Playground."""

    persona: Persona
    port: int
    process: Process

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def service_url(self) -> str:
        """Where the bot sends what this persona shall see."""
        return service_url(self.port)


def service_url(port: int) -> str:
    """Give the connector of the Playground on that port."""
    return f"http://127.0.0.1:{port}/_connector"


async def fetch(folder: Path, *, waiting: Callable[[float], None]) -> Path:
    """Have npx fetch the Playground, or find it where npx keeps it; `waiting` is told the seconds so far."""
    npx = shutil.which("npx")
    if npx is None or shutil.which("node") is None:
        raise NoPlaygroundError("There is no Node.js here (https://nodejs.org, version 18 or newer)")
    environment = os.environ | {
        "npm_config_prefer_offline": "true",  # what npx has already is not asked for again
        "npm_config_fetch_retries": "1",
        "npm_config_fetch_retry_mintimeout": "1000",
        "npm_config_fetch_retry_maxtimeout": "3000",
        "npm_config_update_notifier": "false",
    }
    with TemporaryFile() as said:
        # npx puts its own copy first on the path of whatever it runs: that tells where it is, without a guess.
        command = [npx, "--yes", f"--package={PACKAGE}", "--", "node", "-p", "process.env.PATH"]
        npx_run = await children.start(command, environment=environment, folder=folder, output=said.fileno())
        try:
            await _ended(npx_run, waiting)
        finally:
            await children.end([npx_run])
        said.seek(0)
        lines = said.read().decode(errors="replace").splitlines()
    for entry in (entry for line in lines for entry in line.split(os.pathsep)):
        start = Path(entry).parent / "@microsoft" / "m365agentsplayground" / "cli.js"
        if start.is_file():
            return start
    raise NoPlaygroundError(f"npx could not fetch the Agents Playground ({_reason(lines)})")


async def open_playgrounds(
    start: Path, personas: Sequence[Persona], ports: Sequence[int], *, endpoint: str, folder: Path
) -> list[Playground]:
    """Start one Playground a persona and wait until each listens; on any trouble none is left running."""
    opened: list[Playground] = []
    try:
        for persona, port in zip(personas, ports, strict=True):
            home = folder / persona.key
            home.mkdir(parents=True, exist_ok=True)
            settings = home / ".m365agentsplayground.yml"
            settings.write_text(json.dumps(_settings(persona), indent=1), "utf-8")  # JSON is YAML
            opened.append(Playground(persona, port, await _start(start, port, endpoint=endpoint, home=home)))
        await asyncio.gather(*(_listens(each, folder / each.persona.key / "playground.log") for each in opened))
    except BaseException:  # Ctrl-C too: whatever happens here, nothing may be left running
        await children.end([each.process for each in opened])
        raise
    return opened


async def _start(start: Path, port: int, *, endpoint: str, home: Path) -> Process:
    environment = os.environ | {
        "TEAMSAPPTESTER_BROWSER": "none",
        "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str((home / ".m365agentsplayground.yml").resolve()),
    }
    with as_file(files("bot.demo") / "preload.cjs") as preload, (home / "playground.log").open("wb") as log:
        command: list[str | Path] = [
            *("node", "--require", preload.resolve(), start),
            *("--app-endpoint", endpoint, "--service-url", service_url(port), "--port", str(port)),
            *("--channel-id", "msteams", "--disable-telemetry"),
        ]
        return await children.start(command, environment=environment, folder=home, output=log)


def _settings(me: Persona) -> dict[str, Any]:
    """Give the Playground's settings: who it is, and exactly five others."""
    return {
        "version": "0.1.1",
        "tenantId": TENANT,
        "bot": {"id": BOT_ID, "name": "Ask DPO"},
        "currentUser": _user(me),
        "users": [_user(each) for each in EVERYBODY if each is not me],
        "personalChat": {"id": me.conversation},
        "groupChat": {"id": f"demo-group-{me.key}", "name": "Staff room"},
        "team": {
            "id": f"demo-team-{me.key}",
            "name": "Osierbank School",
            "aadGroupId": "0a5cd900-0000-4000-8000-00000000de31",
            "channels": [{"id": f"demo-channel-{me.key}", "name": "Year 4"}],
        },
    }


def _user(persona: Persona) -> dict[str, str]:
    given, surname = persona.name.split(" ", 1)
    return {
        "id": persona.channel_id,
        "name": persona.name,
        "userPrincipleName": persona.email,  # spelt as the Playground spells it
        "aadObjectId": persona.aad_object_id,
        "givenName": given,
        "surname": surname,
        "email": persona.email,
    }


async def _ended(process: Process, waiting: Callable[[float], None]) -> None:
    """Wait for a program to end, saying so every second, and not for ever."""
    began = time.monotonic()
    ending = asyncio.ensure_future(process.wait())
    while time.monotonic() - began < _FETCH_WITHIN:
        done, _ = await asyncio.wait([ending], timeout=1.0)
        if done:
            return
        waiting(time.monotonic() - began)
    raise NoPlaygroundError(f"npx had not fetched the Agents Playground after {_FETCH_WITHIN:.0f} seconds")


async def _listens(playground: Playground, log: Path) -> None:
    """Wait until a Playground takes connections."""
    for _ in range(int(_READY_WITHIN * 10)):
        if playground.process.returncode is not None:
            break
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", playground.port)
        except OSError:
            await asyncio.sleep(0.1)
            continue
        writer.close()
        await writer.wait_closed()
        return
    raise NoPlaygroundError(f"The Playground of the {playground.persona.title} did not start (its words are in {log})")


def _reason(lines: Sequence[str]) -> str:
    """Give npm's own reason, or a plain one where it gave none."""
    said = "\n".join(lines)
    if any(sign in said for sign in ("EAI_AGAIN", "ENOTFOUND", "ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH", "network")):
        return "no network"
    errors = [line.removeprefix("npm error").strip() for line in lines if line.startswith("npm error")]
    return errors[0] if errors else "it ended without a word"
