"""The one place where things are constructed: from settings to a running server, and back down in order."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

from aiohttp import web
from botbuilder.core import Bot

from bot.adapter import MOST_BYTES, HostAdapter
from bot.chats import Chats
from bot.clock import Clock, wall_clock
from bot.connector import Connector, new_session
from bot.counting import Counting
from bot.courier import Courier
from bot.credentials import Tokens, asking_entra
from bot.delivered import Delivered
from bot.errors import or_500
from bot.guard import LocalGuard, TeamsGuard
from bot.handler import AskDpoBot, Talk
from bot.health import PULSE, READY, healthz, readyz
from bot.housekeeping import keep_house
from bot.limits import Limits, limit_of
from bot.pace import OF_TEAMS, Pace
from bot.postman import TeamsPostman
from bot.pulse import CLOCK, COURIER, Pulse
from bot.regulars import Regulars
from bot.school_names import keep_names
from bot.settings import Settings, SettingsError
from bot.voice import Voice
from bot.warming import prepare, warm
from bot.watched import WatchedBot
from bot.witness import Witness, ahead
from policy.packs import SchoolRules
from storage.database import Database

if TYPE_CHECKING:
    from bot.graph.serving import Served

SILENCE: Final = 5.0  # seconds: a database that says nothing for so long is away
IDLE: Final = 75.0  # seconds without a whole request after which a connection is closed
LINGER: Final = 2.0  # seconds for the rest of a body that was refused
STOPPING: Final = 12.0  # seconds for turns under way to end: longer than a reply is tried for

MakeTalk = Callable[[Database, SchoolRules], Talk]


def make_dialogs(db: Database, rules: SchoolRules) -> Talk:
    """Build the dialogs of this product."""
    from dialogs.desk import Desk  # noqa: PLC0415  see below
    from dialogs.root import Dialogs  # noqa: PLC0415  tests and benches bring their own talk

    return Dialogs(db, Desk(rules))


def create_app(
    settings: Settings,
    *,
    local: bool,
    clock: Clock = wall_clock,
    make_talk: MakeTalk = make_dialogs,
    delivers_letters: bool = True,
) -> web.Application:
    """Build the server. Everything that must be closed is opened and closed with the application.

    `delivers_letters` is False where somebody else empties the outbox: the terminal chat beside it.
    """
    app = web.Application(client_max_size=MOST_BYTES)
    db = Database.connect(settings.database_url, patience=SILENCE)
    app[READY] = db
    pulse = app[PULSE] = Pulse()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)

    async def messages(request: web.Request) -> web.Response:
        return await or_500(app[_ADAPTER].process(request, app[_BOT]))

    async def running(app: web.Application) -> AsyncIterator[None]:
        from bot.clockwork import keep_time  # noqa: PLC0415  what is due is looked for beside the turns
        from bot.unreached import unreached  # noqa: PLC0415  see above
        from dialogs.desk import Desk  # noqa: PLC0415  as in make_dialogs

        talk = make_talk(db, settings.rules)
        async with _parts(app, settings, db, local=local, clock=clock, talk=talk) as (postman, graph, witness):
            pace = Pace() if local else Pace(OF_TEAMS)  # a connector on this machine has no limits
            courier = Courier(
                db,
                postman,
                pace=pace,
                on_undeliverable=unreached(clock, mails=_mails(graph)),
                came_round=pulse.expecting(COURIER),
            )
            behind = [
                keep_house(db, Desk(settings.rules), clock=clock, witness=witness),
                warm(db, settings.rules),
                keep_time(db, Desk(settings.rules), clock=clock, came_round=pulse.expecting(CLOCK)),
                Counting(db, pulse, clock=clock).run(),
                keep_names(db, settings.school_names),
                *([] if graph is None else graph.beside(db, wall_clock)),
                *([courier.run()] if delivers_letters else []),
            ]
            async with _behind(behind):
                yield

    app.router.add_post("/api/messages", messages)
    app.cleanup_ctx.append(running)
    return app


async def run(app: web.Application, *, host: str, port: int, started: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM, then finish what is under way. `started` gets the address.

    Raises SettingsError where the port is taken.
    """
    runner = web.AppRunner(
        app,
        access_log=None,
        shutdown_timeout=STOPPING,
        keepalive_timeout=IDLE,  # for the head of the first request too
        lingering_time=LINGER,
        auto_decompress=False,  # Teams sends nothing compressed, and a bomb is small
    )
    told_to_stop = asyncio.Event()
    with _signals(told_to_stop.set):  # from before anybody can know that we are up
        await _serve(runner, host, port, started=started, until=told_to_stop)


async def _serve(
    runner: web.AppRunner, host: str, port: int, *, started: Callable[[str], None], until: asyncio.Event
) -> None:
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as taken:
            raise SettingsError(
                f"Port {port} on {host} is not free. Stop what uses it, or set ASKDPO_PORT to another one."
            ) from taken
        _settle()
        started(f"http://{_shown(host)}:{runner.addresses[0][1]}")
        await until.wait()
    finally:
        await runner.cleanup()


def _settle() -> None:
    """Spare the garbage collector what was loaded to stay: a pass over that holds up every turn."""
    gc.freeze()
    gc.set_threshold(10_000)  # what waits with many turns at once is no garbage; turns leave next to none
    prepare()
    gc.freeze()
    gc.enable()  # `askdpo serve` loads everything without it


@asynccontextmanager
async def _parts(
    app: web.Application, settings: Settings, db: Database, *, local: bool, clock: Clock, talk: Talk
) -> AsyncIterator[tuple[TeamsPostman, "Served | None", Witness | None]]:
    credentials = None if local else settings.credentials_needed()
    async with new_session() as http:
        graph = None
        if settings.graph.anything:
            from bot.graph.serving import serve_graph  # noqa: PLC0415  only where a school switched it on

            graph = serve_graph(settings.graph, credentials, http)
        tokens = Tokens(asking_entra(credentials)) if credentials else None
        guard = TeamsGuard(credentials, http) if credentials else LocalGuard()
        connector = Connector(http, tokens)
        app[_ADAPTER] = HostAdapter(guard, connector)
        bot = AskDpoBot(talk, voice=Voice(db, Delivered(db)), chats=Chats(db, clock), clock=clock)
        limits = Limits(limit_of(settings.messages_a_minute, local=local))
        app[_BOT] = WatchedBot(bot, regulars=Regulars(db), limits=limits)
        postman = TeamsPostman(
            db,
            connector,
            credentials,
            clock=clock,
            install=None if graph is None else graph.install,
        )
        try:
            yield postman, graph, None if local else partial(ahead, http)
        finally:
            await db.dispose()


def _mails(graph: "Served | None") -> bool:
    return graph is not None and graph.wanted.mailbox is not None


@asynccontextmanager
async def _behind(work: Sequence[Coroutine[object, object, None]]) -> AsyncIterator[None]:
    """Do this work beside the turns, until they end."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """Stop at the first Ctrl-C or SIGTERM; a second one is not waited for."""
    loop, numbers = asyncio.get_running_loop(), (signal.SIGINT, signal.SIGTERM)

    def once() -> None:
        stop()
        for number in numbers:
            loop.remove_signal_handler(number)

    for number in numbers:
        loop.add_signal_handler(number, once)
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


_ADAPTER: Final = web.AppKey("adapter", HostAdapter)
_BOT: Final = web.AppKey("bot", Bot)
