"""The register of every other right, of opt-outs, of footage for outsiders and of complaints."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports import requests
from bot.exports.asked import Asked, Outcome
from policy.request.kinds import ACCESSES, RequestKind


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write it."""
    return await requests.taken(session, asked, frozenset(RequestKind) - ACCESSES)
