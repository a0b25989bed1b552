"""The commands of one's own desk: what one looks after, what one reported, what is asked of one, what lies ahead."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import asked_of_me, inbox, statuses
from dialogs.agenda import showing as agenda
from dialogs.conversation import Json, Reply, Turn
from dialogs.desk import Desk
from dialogs.filling import talking
from dialogs.handing_over import asking as handing_over
from dialogs.known import Known
from dialogs.thought import reply
from policy.understanding.desk_words import asks_for_reports, asks_for_tasks
from policy.understanding.handovers import is_handover

Command: TypeAlias = Callable[[Desk, AsyncSession, Known, Turn], Awaitable[Reply]]


async def status(desk: Desk, session: AsyncSession, who: Known, turn: Turn) -> Reply:  # noqa: ARG001  every command has this shape
    """Show how far one's own reports and requests are."""
    return await _beside(session, who, turn, await statuses.card_of(session, who.person))


async def my_cases(desk: Desk, session: AsyncSession, who: Known, turn: Turn) -> Reply:  # noqa: ARG001  see status
    """Show the open cases at whose table one sits."""
    return await _beside(session, who, turn, await inbox.card_of(session, who, turn))


async def whole_inbox(desk: Desk, session: AsyncSession, who: Known, turn: Turn) -> Reply:  # noqa: ARG001  see status
    """Show everything that waits for one."""
    return await _beside(session, who, turn, await inbox.whole(session, who, turn))


async def my_tasks(desk: Desk, session: AsyncSession, who: Known, turn: Turn) -> Reply:  # noqa: ARG001  see status
    """Show what is asked of one."""
    return await _beside(session, who, turn, await asked_of_me.card_of(session, who, now=turn.now))


async def calendar(desk: Desk, session: AsyncSession, who: Known, turn: Turn) -> Reply:  # noqa: ARG001  see status
    """Show the next 30 days."""
    return await _beside(session, who, turn, await agenda.card_of(session, who, turn))


async def hand_over(desk: Desk, session: AsyncSession, who: Known, turn: Turn) -> Reply:
    """Ask who stands in, and when."""
    return await talking.beside(session, who, await handing_over.begin(desk, session, who, turn), now=turn.now)


AT_THE_DESK: Final[Mapping[str, Command]] = {
    "calendar": calendar,
    "inbox": whole_inbox,
    "my cases": my_cases,
    "status": status,
}


def typed(text: str) -> Command | None:
    """Return the desk's command that a message is, in its own words or in others for them."""
    found = AT_THE_DESK.get(text.strip().lower())
    if found is not None:
        return found
    if asks_for_tasks(text):
        return my_tasks
    if asks_for_reports(text):
        return status
    return hand_over if is_handover(text) else None


async def _beside(session: AsyncSession, who: Known, turn: Turn, card: Json) -> Reply:
    return await talking.beside(session, who, reply(card), now=turn.now)
