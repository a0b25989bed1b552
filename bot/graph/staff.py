"""Brings staff and roles up to date with Entra's groups: read everything, plan, agree, then all of it at once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.graph import changes, groups
from bot.graph.client import Graph, GraphError
from bot.graph.groups import GroupError, Progress, Reading, quiet
from bot.graph.planning import Plan, plan
from bot.graph.wanted import Directory
from storage import directory as rows
from storage import directory_seats
from storage.database import Database
from storage.directory import Seen
from storage.engines.taking_turns import List, alone_with

READ_ANEW: Final = timedelta(hours=24)  # whatever Graph says of changes: names are not among them
_RENEWAL: Final = rows.LEASE.total_seconds() / 3

Agree = Callable[[Plan], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class Busy:
    """Another sync is under way."""

    until: datetime | None  # when it is given up, should it have died


@dataclass(frozen=True, slots=True)
class Failed:
    """The groups could not be read; the words say why and what to do."""

    words: str


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Graph says that nothing has changed since the last reading."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It must not be done: see the plan's refusals."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class Moved:
    """What is on record changed between the showing and the writing; nothing was written."""


@dataclass(frozen=True, slots=True)
class Declined:
    """Shown, and not written."""

    plan: Plan


@dataclass(frozen=True, slots=True)
class Done:
    """Everything is as the groups say."""

    plan: Plan


Outcome = Busy | Failed | Unchanged | Refused | Moved | Declined | Done


@dataclass(frozen=True, slots=True)
class Sync:
    """One way of syncing: by hand or by the clock."""

    db: Database
    graph: Graph
    directory: Directory
    clock: Clock
    actor: str  # for the audit log: "administrator" or "bot"
    agree: Agree
    allow_removals: bool = False
    add_schools: bool = True
    only_news: bool = False  # whether to ask Graph first if there is any
    progress: Progress = quiet

    async def look(self) -> Failed | Refused | Declined:
        """Say what would be done, and do nothing: a dry run takes nobody's place."""
        try:
            reading = await self._read()
        except GroupError as failed:
            return Failed(str(failed))
        planned = await self._plan(reading)
        return Refused(planned) if planned.refusals else Declined(planned)

    async def run(self) -> Outcome:
        """Do it, unless somebody else is at it."""
        holder = uuid4().hex
        async with self.db.write() as session:
            mine = await rows.claim(session, holder, now=self.clock())
            before = await rows.standing(session)
        if not mine:
            return Busy(before.lease_until)
        try:
            async with _renewing(self.db, holder, self.clock):
                return await self._held(holder, before.seen)
        finally:
            with suppress(SQLAlchemyError, OSError):  # else the lease ends by itself
                async with self.db.write() as session:
                    await rows.let_go(session, holder)

    async def _held(self, holder: str, before: Seen | None) -> Outcome:
        try:
            onward = await self._if_nothing_is_new(before) if self.only_news else None
            if onward is not None:
                await self._end(holder, seen=onward, done=True)
                return Unchanged()
            seen, reading = await self._whole(before)
        except (GroupError, GraphError) as failed:
            words = str(failed) if isinstance(failed, GroupError) else f"Graph did not answer well ({failed})."
            await self._end(holder, refused=words)
            return Failed(words)
        shown = await self._plan(reading)
        if shown.refusals:
            await self._end(holder, refused=" ".join(one.words for one in shown.refusals))
            return Refused(shown)
        if not shown.is_nothing and not await self.agree(shown):
            return Declined(shown)
        return await self._write(holder, shown, reading, seen)

    async def _write(self, holder: str, shown: Plan, reading: Reading, seen: Seen) -> Outcome:
        """Write everything in one transaction: what was agreed to, or nothing at all."""
        async with self.db.write() as session:
            if not await rows.still_holds(session, holder):
                return Busy(None)  # too slow: a later reading is written, and must not be undone by an earlier one
            await alone_with(session, List.STAFF)
            planned = await plan(
                session,
                self.directory,
                reading,
                allow_removals=self.allow_removals,
                add_schools=self.add_schools,
            )
            if planned != shown:
                return Moved()
            await directory_seats.write(
                session,
                changes=planned.changes,
                accounts=planned.accounts,
                people=planned.people,
                new_schools=planned.new_schools,
                actor=self.actor,
                now=self.clock(),
            )
            seats = await directory_seats.fingerprint(session, self.directory.schools)
            await rows.release(session, holder, now=self.clock(), seen=replace(seen, seats=seats), done=True)
        return Done(planned)

    async def _whole(self, before: Seen | None) -> tuple[Seen, Reading]:
        """Read all groups, and before that take the links that will tell what changes from then on.

        What changed a moment ago a reading may not show yet, and those links would not tell: so the next round asks
        with the ones of the round before, and reads everything where there are none.
        """
        now, onward, watched = self.clock(), tuple[str, ...](), frozenset[str]()
        if self.directory.every is not None:
            watched = await groups.within(self.graph, self._groups)
            onward = await changes.begin(self.graph, watched)
        reading = await self._read()
        rules = self.directory.fingerprint
        same = before is not None and (before.fingerprint, before.groups) == (rules, watched)
        links = before.onward if before is not None and same else ()
        return Seen(now, rules, links, onward, watched, frozenset(reading.kept_out)), reading

    async def _if_nothing_is_new(self, before: Seen | None) -> Seen | None:
        """Give what to remember where nothing changed, there or here; None where everything is to be read."""
        now = self.clock()
        if before is None or not before.links or before.fingerprint != self.directory.fingerprint:
            return None
        if not before.read_at <= now < before.read_at + READ_ANEW:
            return None
        async with self.db.read() as session:
            people = await directory_seats.known(session)
            if await directory_seats.fingerprint(session, self.directory.schools) != before.seats:
                return None  # somebody gave or took a role by hand, at schools where groups do
        found = await changes.news(self.graph, before.links, about=before.groups | before.kept_out | people.keys())
        return None if found.changed else replace(before, links=before.onward, onward=found.links)

    @property
    def _groups(self) -> frozenset[str]:
        return frozenset(rule.group for rule in self.directory.rules)

    async def _read(self) -> Reading:
        return await groups.read(self.graph, self._groups, progress=self.progress)

    async def _plan(self, reading: Reading) -> Plan:
        async with self.db.read() as session:
            return await plan(
                session,
                self.directory,
                reading,
                allow_removals=self.allow_removals,
                add_schools=self.add_schools,
            )

    async def _end(self, holder: str, *, seen: Seen | None = None, done: bool = False, refused: str = "") -> None:
        async with self.db.write() as session:
            await rows.release(session, holder, now=self.clock(), seen=seen, done=done, refused=refused or None)


@asynccontextmanager
async def _renewing(db: Database, holder: str, clock: Clock) -> AsyncIterator[None]:
    """Keep the row for as long as this takes."""

    async def renew() -> None:
        while True:
            await asyncio.sleep(_RENEWAL)
            with suppress(SQLAlchemyError, OSError):  # the next one may work; and whoever lost it notices on writing
                async with db.write() as session:
                    await rows.renew(session, holder, now=clock())

    task = asyncio.create_task(renew())
    try:
        yield
    finally:
        task.cancel()
