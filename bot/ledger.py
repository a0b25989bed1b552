"""Writes down what became of letters, right after the answer; those whose answers come together share a transaction."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol, TypedDict

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.connector import backoff
from bot.errors import survive
from bot.logbook import Log
from bot.postman import Arrived, Dropped, Later, Outcome, Unfit, Unreachable
from bot.telemetry import Instrument, telemetry
from storage import outbox, settling
from storage.database import Database
from storage.outbox import Letter
from storage.settling import Delivered, PutOff

LONGEST_PAUSE: Final = 300.0  # seconds between two tries
MOST_TRIES: Final = 900  # three days at the longest pause: from then on it is told about, not tried
GATHER: Final = 0.01  # seconds in which others may come along: a transaction costs as much as forty marks in it
FULL: Final = 48  # outcomes that wait for nobody
_WRITE_FOR: Final = 30.0  # seconds in which writing is tried again: what is not written down is sent twice

OnUndeliverable = Callable[[AsyncSession, Letter, str], Awaitable[None]]

log = Log(__name__)


async def nobody_else(session: AsyncSession, letter: Letter, reason: str) -> None:
    """Leave it at the mark: the default where nobody is told of letters that cannot be delivered."""


class Noted(Protocol):
    """What is called when the outcome of a letter is written down, or cannot be."""

    def __call__(self, *, written: bool) -> None: ...  # noqa: D102  the class says it


class Became(TypedDict, total=False):
    """What the log and the measurements are told of an outcome."""

    outcome: str
    why: str


@dataclass(frozen=True, slots=True)
class _Line:
    letter: Letter
    outcome: Outcome
    then: Noted


class Ledger:
    """One a courier."""

    def __init__(self, db: Database, clock: Clock, on_undeliverable: OnUndeliverable = nobody_else) -> None:
        self._db = db
        self._clock = clock
        self._on_undeliverable = on_undeliverable
        self._waiting: list[_Line] = []
        self._turn = asyncio.Event()  # turn the page now
        self._page: asyncio.Task[None] | None = None  # the transaction that can still be joined
        self._before: asyncio.Task[None] | None = None  # the one that is being written

    @property
    def under_way(self) -> set[asyncio.Task[None]]:
        """What is not written yet."""
        return {page for page in (self._page, self._before) if page is not None and not page.done()}

    async def note(self, letter: Letter, outcome: Outcome, then: Noted) -> None:
        """Write it down soon, and then say so; a letter that is given up is by the time that this comes back."""
        log.info("letter tried", letter=letter.id, tries=letter.attempts, **told_of(outcome))
        telemetry.count(Instrument.LETTERS_TRIED, **told_of(outcome))
        if isinstance(outcome, Later) and letter.attempts >= MOST_TRIES:
            reason = f"given up: {outcome.reason}"
            outcome = Dropped(reason) if letter.is_update else Unfit(reason)
        match outcome:
            case Unreachable() | Unfit():
                await self._give_up(letter, outcome, then)
            case Arrived() | Dropped() | Later():
                self._settle(_Line(letter, outcome, then))

    def hurry(self) -> None:
        """Write at once what waits: nobody else comes along."""
        if self._waiting:
            self._turn.set()

    def _settle(self, line: _Line) -> None:
        self._waiting.append(line)
        if self._page is None:
            self._page = asyncio.create_task(survive(self._write_page(), "a page of letters"))
        if len(self._waiting) >= FULL:
            self._turn.set()

    async def _write_page(self) -> None:
        if self._before is not None:
            await asyncio.wait([self._before])
        with suppress(TimeoutError):
            async with asyncio.timeout(GATHER):
                await self._turn.wait()
        self._turn.clear()
        lines, self._waiting = self._waiting, []
        self._before, self._page = self._page, None  # whoever comes from now on begins another
        written = False
        try:
            await self._write([(line.letter, line.outcome) for line in lines])
            written = True
        finally:
            for line in lines:
                _tell(line, written=written)

    async def _write(self, batch: list[tuple[Letter, Outcome]]) -> None:
        pause, give_up = 0.05, asyncio.get_running_loop().time() + _WRITE_FOR
        while True:
            try:
                await self._write_once(batch)
            except (SQLAlchemyError, OSError) as failed:
                if asyncio.get_running_loop().time() > give_up:
                    raise
                log.warning("letters not yet noted", count=len(batch), error=failed)
                await asyncio.sleep(pause)
                pause = min(2.0, pause * 2)
            else:
                return

    async def _write_once(self, batch: list[tuple[Letter, Outcome]]) -> None:
        now = self._clock()
        done = [each for letter, outcome in batch if (each := _delivered(letter, outcome)) is not None]
        later = [
            PutOff(letter, out.reason, next_try(letter, out, now)) for letter, out in batch if isinstance(out, Later)
        ]
        async with self._db.write() as session:
            await settling.sent(session, done, now=now, alone=not later)
            await settling.put_off(session, later, now=now)

    async def _give_up(self, letter: Letter, outcome: Unreachable | Unfit, then: Noted) -> None:
        """Mark it, and tell the layer above in the same transaction; what it cannot take in now is told again."""
        now = self._clock()
        try:
            async with self._db.write() as session:
                await outbox.undeliverable(session, letter.id, reason=outcome.reason)
                given_up = [letter]
                if isinstance(outcome, Unreachable):
                    others = await settling.give_up_on(session, letter.addressee, now=now, reason=outcome.reason)
                    given_up += others
                for each in given_up:
                    await self._on_undeliverable(session, each, outcome.reason)
        except Exception as error:  # noqa: BLE001  whatever broke above: the letter must not be lost with it
            log.failure("letter undeliverable, and nobody could be told", letter=letter.id, error=error)
            self._settle(_Line(letter, Later(outcome.reason), then))
        else:
            then(written=True)


def _tell(line: _Line, *, written: bool) -> None:
    try:
        line.then(written=written)
    except Exception as error:  # noqa: BLE001  the others on the page are told all the same
        log.failure("work after a letter was noted failed", letter=line.letter.id, error=error)


def told_of(outcome: Outcome) -> Became:
    """Say what became of a letter without saying where."""
    match outcome:
        case Arrived():
            return {"outcome": "arrived"}
        case Later(reason, crowded=crowded):
            return {"outcome": "crowded" if crowded else "later", "why": reason}
        case Unreachable(reason):
            return {"outcome": "unreachable", "why": reason}
        case Unfit(reason):
            return {"outcome": "unfit", "why": reason}
        case Dropped(reason):
            return {"outcome": "dropped", "why": reason}


def next_try(letter: Letter, outcome: Later, now: datetime) -> datetime:
    """Say when to try again: as Teams asked, or backing off."""
    if outcome.after is not None:
        return now + outcome.after
    return now + timedelta(seconds=backoff(letter.attempts, longest=LONGEST_PAUSE))


def _delivered(letter: Letter, outcome: Outcome) -> Delivered | None:
    match outcome:
        case Arrived(conversation, activity_id):
            return Delivered(letter, conversation, activity_id)
        case Dropped(reason):
            return Delivered(letter, letter.conversation or "", letter.activity_id or "", reason)
        case Later() | Unreachable() | Unfit():
            return None
