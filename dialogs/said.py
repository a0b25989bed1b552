"""Instants and people as cards name them."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.desk import LONDON
from policy.calendar import long_date
from storage import people


def moment(at: datetime) -> str:
    """Say when, in local time: "Mon 23 Nov 2026 at 10:04"."""
    local = at.astimezone(LONDON)
    return f"{long_date(local.date())} at {local:%H:%M}"


async def who_and_when(session: AsyncSession, person: int | None, at: datetime | None) -> str:
    """Say who did something and when: "Gwen Pascoe, Mon 23 Nov 2026 at 10:04"; nothing while nobody has."""
    if person is None or at is None:
        return ""
    known = await people.by_id(session, person)
    return f"{known.display_name if known else 'somebody who left'}, {moment(at)}"
