"""The demo from start to end: the trust, the bot, a Playground a persona, and nothing left when it is over."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.app import STOPPING, create_app
from bot.clock import Clock
from bot.demo import children, playground
from bot.demo.personas import PERSONAS
from bot.demo.playground import NoPlaygroundError, Playground
from bot.demo.stage import Stage, set_stage
from bot.settings import Settings
from storage import chats
from storage.chats import Chat
from storage.database import Database

HOST: Final = "127.0.0.1"  # activities are taken without a token here, so nobody outside may reach it
_PORTS_TO_TRY: Final = 200


class PortTakenError(Exception):
    """A port that somebody else listens on, in a sentence."""


@dataclass(frozen=True, slots=True)
class Running:
    """What is up: the bot with its Playgrounds, or neither and the reason why."""

    stage: Stage
    endpoint: str = ""
    playgrounds: Sequence[Playground] = ()
    why_none: str = ""


@asynccontextmanager
async def show(folder: Path, *, port: int, clock: Clock, doing: Callable[[str], None]) -> AsyncIterator[Running]:
    """Bring everything up, and take it down at the end, however that comes; `doing` is told what takes a moment.

    Raises PortTakenError and StageError.
    """
    with reserved(port) as listener:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fetching = asyncio.create_task(_fetched(folder.parent, doing))
        try:
            stage = await set_stage(folder, now=clock(), doing=doing)
            start = await fetching
            if isinstance(start, str):
                yield Running(stage, why_none=start)
                return
            endpoint = f"http://{HOST}:{listener.getsockname()[1]}/api/messages"
            async with bot(stage, listener, clock), _playgrounds(start, endpoint, folder) as (opened, why_none):
                await _introduce(stage, opened, clock)
                yield Running(stage, endpoint, opened, why_none)
        finally:
            fetching.cancel()
            with suppress(asyncio.CancelledError):
                await fetching


@contextmanager
def ended_by_signals() -> Iterator[asyncio.Event]:
    """Give an event that Ctrl-C, a request to end, or a closed terminal sets; later ones change nothing."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    task = asyncio.current_task()

    def end() -> None:
        if not stop.is_set() and task is not None:
            stop.set()
            task.cancel()

    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    for name in names:
        with suppress(NotImplementedError):  # Windows: there Ctrl-C cancels the task without our help
            loop.add_signal_handler(getattr(signal, name), end)
    try:
        yield stop
    finally:
        for name in names:
            with suppress(NotImplementedError):
                loop.remove_signal_handler(getattr(signal, name))


@contextmanager
def reserved(port: int) -> Iterator[socket.socket]:
    """Take the bot's port before anything else is done. Raises PortTakenError, which says what to do."""
    try:
        listener = socket.create_server((HOST, port))
    except OSError as taken:
        raise PortTakenError(
            f"Port {port} is in use, perhaps by another demo. End that, or choose another: "
            f"askdpo demo --port {port + 10 if port < 65000 else 4000}"  # noqa: PLR2004  near the last port there is
        ) from taken
    with listener:
        yield listener


@asynccontextmanager
async def bot(
    stage: Stage, listener: socket.socket, clock: Clock, *, delivers_letters: bool = True
) -> AsyncIterator[None]:
    """Run the bot itself on a port that was taken for it."""
    # The settings of a real bot, which the environment may hold, are none of the demo's business.
    settings = Settings(database_url=stage.database_url, port=listener.getsockname()[1])
    runner = web.AppRunner(
        create_app(settings, local=True, clock=clock, delivers_letters=delivers_letters),
        access_log=None,
        shutdown_timeout=min(STOPPING, 2.0),
    )
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        yield
    finally:
        await runner.cleanup()


async def _fetched(folder: Path, doing: Callable[[str], None]) -> Path | str:
    """Fetch the Playground; a string is the reason why there is none."""
    try:
        return await playground.fetch(
            folder, waiting=lambda seconds: doing(f"npx is fetching the Agents Playground … {seconds:.0f} s")
        )
    except NoPlaygroundError as why:
        return str(why)


@asynccontextmanager
async def _playgrounds(start: Path, endpoint: str, folder: Path) -> AsyncIterator[tuple[list[Playground], str]]:
    """Run a Playground a persona; none and the reason where one does not start."""
    ports = _free_after(int(endpoint.removesuffix("/api/messages").rpartition(":")[2]), len(PERSONAS))
    opened: list[Playground] = []
    why_none = ""
    try:
        opened = await playground.open_playgrounds(
            start, PERSONAS, ports, endpoint=endpoint, folder=folder / "playground"
        )
    except NoPlaygroundError as why:
        why_none = str(why)
    try:
        yield opened, why_none
    finally:
        await children.end([each.process for each in opened])


async def _introduce(stage: Stage, opened: Sequence[Playground], clock: Clock) -> None:
    """Tell the bot where each persona is, so that a card reaches those too whose page nobody opened yet."""
    db = Database.connect(stage.database_url)
    try:
        async with db.write() as session:
            for each in opened:
                chat = Chat(
                    aad_object_id=each.persona.aad_object_id,
                    service_url=each.service_url,
                    conversation=each.persona.conversation,
                    bot=playground.BOT_ID,
                    tenant=playground.TENANT,
                )
                await chats.keep(session, chat, now=clock())
    finally:
        await db.dispose()


def _free_after(port: int, how_many: int) -> list[int]:
    """Give the next ports that nobody listens on."""
    free: list[int] = []
    for candidate in range(port + 1, port + _PORTS_TO_TRY):
        with suppress(OSError), socket.create_server((HOST, candidate)):
            free.append(candidate)
        if len(free) == how_many:
            return free
    raise PortTakenError(f"There are no free ports after {port}. Choose another: askdpo demo --port 4000")
