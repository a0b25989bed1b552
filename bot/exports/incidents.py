"""The register of incidents: what each reader may see of them (domain 8); of what may be illegal, a number only."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.exports.asked import Asked, NotTheirs, Outcome, Taken
from bot.exports.writing import Format, written
from dialogs.incident.listing import visible
from policy.incident.register import HEADING, row
from policy.roles import Role

_WHOSE = frozenset(
    {Role.DSL, Role.DEPUTY_DSL, Role.HEADTEACHER, Role.ONLINE_SAFETY_CHAMPION, Role.DPO, Role.ACADEMY_LEADER}
)


async def taken(session: AsyncSession, asked: Asked) -> Outcome:
    """Write the register, without the cases that this reader may not see."""
    if asked.roles.isdisjoint(_WHOSE):
        return NotTheirs()
    seen = await visible(session, asked.who, asked.school.id)
    body = [row(incident, school_code=asked.school.code) for incident in seen]
    return Taken(written(HEADING, body, Format(asked.form)), {"cases": len(body)})
