"""Letters under way: the urgent ones each on its own, all others person by person.

So somebody whose chat is slow or overrun holds up nobody else, and what one person gets comes in order.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.connector import backoff
from bot.errors import survive
from bot.ledger import LONGEST_PAUSE, Ledger
from bot.pace import Pace
from bot.postman import Arrived, Later, Postman, Unreachable
from storage import settling
from storage.chats import Chat
from storage.database import Database
from storage.outbox import Letter

AT_ONCE: Final = 16  # messages being sent: more would wait for each other until their time is up
LANES: Final = 64  # people whose letters are under way: while a mark is written, somebody else is sent to
URGENT_AT_ONCE: Final = 16  # urgent letters under way, beside those: they wait for nobody
IN_HAND: Final = 256  # letters claimed and not yet delivered: to claim many at once is cheaper
_SLOW: Final = 1.0  # seconds: whoever takes longer lets others go first


@dataclass(slots=True)
class _Lane:
    """Letters to one person, delivered one after the other."""

    addressee: str
    letters: deque[Letter] = field(default_factory=deque)
    chat: Chat | None = None  # as far as known: else the postman looks


class Lanes:
    """One a courier. `ring` is called when there is room again, or a letter was put off."""

    def __init__(
        self, db: Database, postman: Postman, ledger: Ledger, *, pace: Pace, clock: Clock, ring: Callable[[], None]
    ) -> None:
        self._db = db
        self._postman = postman
        self._ledger = ledger
        self._pace = pace
        self._clock = clock
        self._ring = ring
        self._slots = asyncio.Semaphore(LANES)
        self._wires = asyncio.Semaphore(AT_ONCE)
        self._lanes: dict[str, _Lane] = {}
        self._under_way: set[asyncio.Task[None]] = set()
        self._usual: set[int] = set()
        self._urgent: set[int] = set()
        self._stopping = False

    @property
    def in_hand(self) -> set[int]:
        """The ids of all letters claimed and not yet settled."""
        return self._usual | self._urgent

    @property
    def room(self) -> int:
        """How many more to claim: none while enough are in hand, then many at once."""
        return room if (room := IN_HAND - len(self._usual)) >= IN_HAND // 2 else 0

    @property
    def room_for_urgent(self) -> int:
        """How many more urgent ones to claim."""
        return URGENT_AT_ONCE - len(self._urgent)

    def add(self, letter: Letter, chat: Chat | None) -> None:
        """Set off with a letter."""
        if letter.urgent:
            self._urgent.add(letter.id)
            self._begin(self._carry(_Lane(letter.addressee, deque([letter]), chat)), letter)
            return
        self._usual.add(letter.id)
        lane = self._lanes.get(letter.addressee)
        if lane is None:
            lane = self._lanes[letter.addressee] = _Lane(letter.addressee)
            self._begin(self._walk(lane), letter)
        lane.letters.append(letter)
        lane.chat = chat

    async def empty(self) -> None:
        """Come back when nothing is under way."""
        while self._under_way:
            await asyncio.gather(*self._under_way)

    async def stop(self) -> None:
        """Finish what is being sent and give the rest back, for whoever comes next to take at once."""
        self._stopping = True
        await self.empty()

    def _begin(self, work: Coroutine[object, object, None], letter: Letter) -> None:
        task = asyncio.create_task(survive(work, f"letter {letter.id}"))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _walk(self, lane: _Lane) -> None:
        try:
            async with self._slots:
                while lane.letters and not self._stopping:
                    if (wait := self._pace.wait(lane.addressee)) > _SLOW:
                        await self._put_back(lane, wait)
                        break
                    if wait:
                        await asyncio.sleep(wait)
                    await self._carry(lane)
                if lane.letters:
                    await self._put_back(lane)
        finally:
            del self._lanes[lane.addressee]
            self._let_go(lane.letters)  # should anything have broken, their lease ends and they are tried again

    async def _carry(self, lane: _Lane) -> None:
        """Deliver the first letter of a lane."""
        letter = lane.letters[0]
        try:
            async with nullcontext() if letter.urgent else self._wires:
                began = time.monotonic()
                outcome = await self._postman.deliver(letter, lane.chat)
            if isinstance(outcome, Later) and outcome.crowded and outcome.after is None:
                pause = backoff(letter.attempts, longest=LONGEST_PAUSE)
                outcome = replace(outcome, after=timedelta(seconds=pause))
            if isinstance(outcome, Unreachable):
                await self._put_back(lane, but=letter)  # to be given up along with it
            await self._ledger.note(letter, outcome)
        finally:
            lane.letters.popleft()
            self._let_go([letter])
        self._pace.sent(lane.addressee)
        match outcome:
            case Arrived(conversation) if lane.chat is not None and lane.chat.conversation != conversation:
                lane.chat = None  # they were found elsewhere
            case Later(_, after, crowded=True) if after is not None:
                await self._put_back(lane, after.total_seconds())
            case Later():
                self._ring()  # the next try may be soon
            case _:
                pass
        if lane.letters and time.monotonic() - began > _SLOW and not self._stopping:
            await self._put_back(lane, _SLOW)

    async def _put_back(self, lane: _Lane, seconds: float = 0.0, *, but: Letter | None = None) -> None:
        """Give back what was not tried, and leave this person alone for so long, in other processes too."""
        letters = [letter for letter in lane.letters if letter is not but]
        lane.letters = deque([] if but is None else [but])
        now = self._clock()
        until = now + timedelta(seconds=seconds) if seconds else None
        async with self._db.write() as session:
            await settling.put_back(session, letters, until=until)
            if until is not None:
                await settling.hold(session, lane.addressee, now=now, until=until)
        if seconds:
            self._pace.hold(lane.addressee, seconds)
        self._let_go(letters)

    def _let_go(self, letters: Iterable[Letter]) -> None:
        ids = {letter.id for letter in letters}
        self._usual -= ids
        self._urgent -= ids
        if self.room:
            self._ring()
