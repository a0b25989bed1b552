"""What every conversation has at hand: the schools' rules, their lists and the indexed rolls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from dialogs.rolls import Rolls
from dialogs.thought import Asker
from policy.packs import SchoolRules
from policy.records import SchoolRecords
from storage import schools
from storage.people import Person
from storage.schools import School

LONDON: Final = ZoneInfo("Europe/London")  # people's dates are local; instants are stored in UTC (domain 0)


@dataclass(slots=True)
class Desk:
    """Built once; safe to share by every turn, since all it keeps can be read again from the rows."""

    rules: SchoolRules = field(default_factory=SchoolRules)
    rules_by_school: Mapping[str, SchoolRules] = field(default_factory=dict)  # by school code
    rolls: Rolls = field(default_factory=Rolls)
    _lists: dict[int, tuple[tuple[int, int], SchoolRecords]] = field(default_factory=dict)

    def rules_at(self, school: School) -> SchoolRules:
        """Return the switches in force at a school."""
        return self.rules_by_school.get(school.code, self.rules)

    def asker(self, person: Person, school: School) -> Asker:
        """See a person as one of their schools sees them."""
        return Asker(person, school, person.roles_at(school.id), self.rules_at(school))

    async def lists(self, session: AsyncSession, school: School) -> SchoolRecords:
        """Return the school's own lists, read again when an import has changed them."""
        version = (school.lists_version, school.consents_version)
        kept = self._lists.get(school.id)
        if kept is not None and kept[0] == version:
            return kept[1]
        lists = await schools.school_records(session, school.id)
        self._lists[school.id] = (version, lists)
        return lists
