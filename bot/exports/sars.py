"""The register of access requests, footage included."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports import requests
from bot.exports.asked import Asked, Outcome
from policy.request.kinds import ACCESSES


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write it."""
    return await requests.taken(session, asked, ACCESSES)
