"""Between the courier, who finds that somebody cannot be reached, and the dialogs, who know who comes next."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import Clock, wall_clock
from bot.ledger import OnUndeliverable
from dialogs.unreached import pass_on
from storage.outbox import Letter


def unreached(clock: Clock, *, mails: bool = False) -> OnUndeliverable:
    """Pass on what cannot be delivered, as of the school's clock; `mails` has it announced by mail as well."""

    async def passed_on(session: AsyncSession, letter: Letter, reason: str) -> None:
        await pass_on(session, letter, reason, clock())
        if mails:
            from bot.graph.mailing import want  # noqa: PLC0415  only where a mailbox is set

            await want(session, letter, now=wall_clock())

    return passed_on
