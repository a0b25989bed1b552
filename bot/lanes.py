"""Letters under way: the urgent ones each on its own, all others person by person.

So somebody whose chat is slow or overrun holds up nobody else, and what one person gets comes in order. A few workers
send whatever is ready, and go on while the ledger writes: a letter costs no more turns of the event loop than its post.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Final

from bot.clock import Clock
from bot.connector import backoff
from bot.errors import survive
from bot.ledger import LONGEST_PAUSE, Ledger
from bot.pace import Pace
from bot.postman import Arrived, Later, Outcome, Postman, Unreachable
from storage import settling
from storage.chats import Chat
from storage.database import Database
from storage.outbox import Letter

AT_ONCE: Final = 16  # messages being sent: more would wait for each other until their time is up
LANES: Final = 96  # letters sent and not yet marked, at most: what a courier that is killed may show twice
URGENT_AT_ONCE: Final = 16  # urgent letters under way, beside those: they wait for nobody
IN_HAND: Final = 512  # letters claimed and not yet delivered: to claim many at once is cheaper
_SLOW: Final = 1.0  # seconds: whoever takes longer lets others go first


@dataclass(slots=True)
class _Lane:
    """Letters to one person, delivered one after the other."""

    addressee: str
    letters: deque[Letter] = field(default_factory=deque)
    chat: Chat | None = None  # as far as known: else the postman looks
    is_open: bool = False  # is its first letter being sent, or sent and not yet marked?


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
        self._lanes: dict[str, _Lane] = {}
        self._ready: deque[_Lane] = deque()
        self._workers = 0
        self._open = 0  # lanes that are open
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
            lane = _Lane(letter.addressee, deque([letter]), chat)
            self._begin(lane, self._carry(lane))
            return
        self._usual.add(letter.id)
        known = self._lanes.get(letter.addressee)
        lane = known or self._lanes.setdefault(letter.addressee, _Lane(letter.addressee))
        lane.letters.append(letter)
        lane.chat = chat
        if known is None:
            self._go_on(lane)

    async def empty(self) -> None:
        """Come back when nothing is under way."""
        while under_way := self._under_way | self._ledger.under_way:
            await asyncio.wait(under_way)

    async def stop(self) -> None:
        """Finish what is being sent and give the rest back, for whoever comes next to take at once."""
        self._stopping = True
        await self.empty()
        rest = [letter for lane in self._lanes.values() for letter in lane.letters]
        if rest:
            await survive(self._give_back(rest), "giving letters back")  # else their lease ends

    def _go_on(self, lane: _Lane) -> None:
        """Have the next letter of a lane sent as soon as it may be."""
        wait = self._pace.wait(lane.addressee)
        if not lane.letters:
            self._forget(lane)
        elif self._stopping:
            pass  # `stop` gives them back
        elif wait > _SLOW:
            self._begin(lane, self._rest(lane, wait))
        elif wait:
            self._begin(lane, self._wait(lane, wait))
        else:
            self._ready.append(lane)
            self._set_off()

    def _set_off(self) -> None:
        while self._workers < AT_ONCE and (lane := self._next()) is not None:
            self._workers += 1
            self._keep(asyncio.create_task(self._work(lane)))

    def _next(self) -> _Lane | None:
        if not self._ready or self._open >= LANES or self._stopping:
            return None
        lane = self._ready.popleft()
        lane.is_open = True
        self._open += 1
        return lane

    async def _work(self, lane: _Lane | None) -> None:
        """Send what is ready, until nothing is."""
        while lane is not None:
            await survive(self._or_drop(lane, self._carry(lane)), f"letter {lane.letters[0].id}")
            lane = self._next()
        self._workers -= 1
        if not self._workers:
            self._ledger.hurry()  # nothing else comes along

    def _begin(self, lane: _Lane, work: Coroutine[object, object, None]) -> None:
        """Do something with a lane beside the workers."""
        self._keep(asyncio.create_task(survive(self._or_drop(lane, work), "a lane of letters")))

    def _keep(self, task: asyncio.Task[None]) -> None:
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _or_drop(self, lane: _Lane, work: Coroutine[object, object, None]) -> None:
        try:
            await work
        except BaseException:
            self._drop(lane)
            raise

    async def _carry(self, lane: _Lane) -> None:
        """Deliver the first letter of a lane; what comes after it waits until that is written down."""
        letter, began = lane.letters[0], time.monotonic()
        outcome = await self._postman.deliver(letter, lane.chat)
        if isinstance(outcome, Later) and outcome.crowded and outcome.after is None:
            pause = backoff(letter.attempts, longest=LONGEST_PAUSE)
            outcome = replace(outcome, after=timedelta(seconds=pause))
        if isinstance(outcome, Unreachable):
            await self._put_back(lane, but=letter)  # to be given up along with it
        self._pace.sent(lane.addressee)
        await self._ledger.note(letter, outcome, partial(self._noted, lane, outcome, began))
        if letter.urgent:
            self._ledger.hurry()

    def _noted(self, lane: _Lane, outcome: Outcome, began: float, *, written: bool) -> None:
        if not written:
            self._drop(lane)
            return
        self._let_go([lane.letters.popleft()])
        self._close(lane)
        match outcome:
            case Arrived(conversation) if lane.chat is not None and lane.chat.conversation != conversation:
                lane.chat = None  # they were found elsewhere
            case Later(_, after, crowded=True) if after is not None:
                self._begin(lane, self._rest(lane, after.total_seconds()))
                return
            case Later():
                self._ring()  # the next try may be soon
            case _:
                pass
        if lane.letters and time.monotonic() - began > _SLOW and not self._stopping:
            self._begin(lane, self._rest(lane, _SLOW))
        else:
            self._go_on(lane)

    async def _wait(self, lane: _Lane, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._go_on(lane)

    async def _rest(self, lane: _Lane, seconds: float) -> None:
        await self._put_back(lane, seconds)
        self._go_on(lane)

    async def _put_back(self, lane: _Lane, seconds: float = 0.0, *, but: Letter | None = None) -> None:
        """Give back what was not tried, and leave this person alone for so long, in other processes too."""
        letters = [letter for letter in lane.letters if letter is not but]
        lane.letters = deque([] if but is None else [but])
        now = self._clock()
        until = now + timedelta(seconds=seconds) if seconds else None
        if letters or until is not None:
            async with self._db.write() as session:
                await settling.put_back(session, letters, now=now, until=until)
                if until is not None:
                    await settling.hold(session, lane.addressee, now=now, until=until)
        if seconds:
            self._pace.hold(lane.addressee, seconds)
        self._let_go(letters)
        self._ring()

    async def _give_back(self, letters: Iterable[Letter]) -> None:
        async with self._db.write() as session:
            await settling.put_back(session, letters, now=self._clock())

    def _drop(self, lane: _Lane) -> None:
        """Let a lane go where anything broke: the lease of its letters ends and they are tried again."""
        self._close(lane)
        self._let_go(lane.letters)
        lane.letters.clear()
        self._forget(lane)

    def _forget(self, lane: _Lane) -> None:
        if self._lanes.get(lane.addressee) is lane:
            del self._lanes[lane.addressee]

    def _close(self, lane: _Lane) -> None:
        if lane.is_open:
            lane.is_open = False
            self._open -= 1
            self._set_off()

    def _let_go(self, letters: Iterable[Letter]) -> None:
        had_room, had_room_for_urgent = self.room, self.room_for_urgent
        for letter in letters:
            (self._urgent if letter.urgent else self._usual).discard(letter.id)
        if (self.room and not had_room) or (self.room_for_urgent and not had_room_for_urgent):
            self._ring()
