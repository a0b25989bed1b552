"""Syncs staff while the server runs. Each replica looks; one of them has the row, and does it."""

import asyncio
from typing import Final

from bot.clock import Clock, wall_clock
from bot.errors import survive
from bot.graph.client import Graph
from bot.graph.planning import Plan
from bot.graph.staff import Busy, Declined, Done, Failed, Moved, Refused, Sync, Unchanged
from bot.graph.wanted import Directory
from bot.logbook import Log
from policy.directory import counted
from policy.roles import Role
from storage import directory as rows
from storage import outbox, people, schools
from storage.database import Database

LOOK: Final = 60.0  # seconds between two looks at whether it is time

log = Log(__name__)


async def keep_staff(
    db: Database, graph: Graph, directory: Directory, *, clock: Clock = wall_clock, look: float = LOOK
) -> None:
    """Go on until cancelled; nothing where syncing is by hand only."""
    while directory.every is not None:
        await survive(once(db, graph, directory, clock), "a sync of staff")
        await asyncio.sleep(look)


async def once(db: Database, graph: Graph, directory: Directory, clock: Clock) -> None:
    """Sync, if it is time; say in the log what came of it, and tell the DPO where it was refused."""
    if directory.every is None or not await db.is_current():
        return
    async with db.read() as session:
        if not await rows.is_due(session, every=directory.every, now=clock()):
            return
    sync = Sync(db, graph, directory, clock, "bot", agree=_always, add_schools=False, only_news=True)
    match await sync.run():
        case Done(done):
            moves = ", ".join(f"{number} {move}" for move, number in counted(done.changes))
            log.info("staff synced", outcome=moves or "no change")
        case Unchanged():
            log.info("staff synced", outcome="nothing new")
        case Refused(refused):
            for one in refused.refusals:
                log.warning("staff not synced", why=one.why.value, school=one.school)
            await _tell(db, refused, clock)
        case Failed():
            log.warning("staff not synced", why="the groups could not be read")
        case Busy() | Moved() | Declined():
            log.info("staff not synced", why="somebody else is at it")


async def _always(_plan: Plan) -> bool:
    return True


async def _tell(db: Database, refused: Plan, clock: Clock) -> None:
    """Write to the DPO of each school that this concerns, once a day: their IT administrator may not look here."""
    now = clock()
    async with db.write() as session:
        for one in refused.refusals:
            school = await schools.by_code(session, one.school)
            if school is None:
                continue
            for person in await people.holding(session, school.id, Role.DPO):
                await outbox.post(
                    session,
                    key=f"directory/{one.why}/{school.id}/{now:%Y-%m-%d}/{person.id}",
                    addressee=person.aad_object_id,
                    card=None,
                    text=f"{_OPENING} {one.words} {_ENDING}",
                    summary="Ask DPO has news for you",
                    now=now,
                )


_OPENING: Final = "I did not bring the list of staff up to date from Entra, so everybody keeps the roles they had."
_ENDING: Final = "Please pass this on to whoever looks after accounts at your school. I will look again by myself."
