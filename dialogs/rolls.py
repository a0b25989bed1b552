"""Each school's pupils, indexed for finding names: kept in memory, rebuilt when an import has changed the roll."""

import asyncio
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from policy.names import Roll
from storage import pupils
from storage.schools import School


@dataclass(slots=True)
class Rolls:
    """One index a school. Nothing that matters is lost with it: the rows are the truth, the version tells."""

    _kept: dict[int, tuple[int, Roll]] = field(default_factory=dict)

    async def of(self, session: AsyncSession, school: School) -> Roll:
        """Return the index for the roll's version as `school` was read; built off the loop where it is new."""
        kept = self._kept.get(school.id)
        if kept is not None and kept[0] == school.roll_version:
            return kept[1]
        roll = await asyncio.to_thread(Roll.of, await pupils.roll(session, school.id))
        self._kept[school.id] = (school.roll_version, roll)
        return roll
