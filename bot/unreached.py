"""Between the courier, who finds that somebody cannot be reached, and the dialogs, who know who comes next."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock
from bot.ledger import OnUndeliverable
from dialogs.unreached import pass_on
from storage.outbox import Letter


def unreached(clock: Clock) -> OnUndeliverable:
    """Pass on what cannot be delivered, as of the school's clock."""

    async def passed_on(session: AsyncSession, letter: Letter, reason: str) -> None:
        await pass_on(session, letter, reason, clock())

    return passed_on
