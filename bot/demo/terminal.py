"""The demo without a browser: the terminal chat on the invented trust, as the teacher to begin with."""

import asyncio
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bot.clock import Clock
from bot.demo.personas import PERSONAS
from bot.demo.show import bot
from bot.demo.stage import Stage
from bot.terminal.keyboard import reader
from bot.terminal.mailbag import Mailbag
from bot.terminal.talk import Conversation, somebody
from dialogs.desk import Desk
from dialogs.root import Dialogs
from storage.database import Database


def chat(stage: Stage, clock: Clock, listener: socket.socket) -> None:
    """Talk until somebody leaves, presses Ctrl-C, asks us to end, or closes the terminal.

    The bot is up beside it, at `listener`, for whoever speaks Teams' protocol.
    """
    with _served(stage, clock, listener), asyncio.Runner() as runner, _ended_like_ctrl_c():
        db = Database.connect(stage.database_url)
        try:
            teacher = runner.run(somebody(db, PERSONAS[0].email))
            mailbag = Mailbag(db, since=clock())
            Conversation(db, Dialogs(db, Desk()), clock, mailbag, runner, reader(), teacher).go_on()
        finally:
            runner.run(db.dispose())


@contextmanager
def _served(stage: Stage, clock: Clock, listener: socket.socket) -> Iterator[None]:
    """Run the bot in a thread of its own, since this one waits at the prompt; the letters are this terminal's."""
    loop, stop, up = asyncio.new_event_loop(), asyncio.Event(), threading.Event()

    async def serve() -> None:
        async with bot(stage, listener, clock, delivers_letters=False):
            up.set()
            await stop.wait()

    def work() -> None:
        with suppress(Exception):  # without the bot the chat still works; what is wrong shows at the next question
            loop.run_until_complete(serve())
        up.set()
        loop.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    up.wait()
    try:
        yield
    finally:
        if not loop.is_closed():
            loop.call_soon_threadsafe(stop.set)
        thread.join()


@contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    """Take a request to end, and a closed terminal, as Ctrl-C: the chat says goodbye and the database is closed."""

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
