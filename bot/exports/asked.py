"""What an export is asked for with, and what can come of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypeAlias

from policy.roles import Role
from storage.people import Person
from storage.schools import School

_SEES_CASES: Final = frozenset({Role.DPO, Role.HEADTEACHER, Role.ACADEMY_LEADER})  # domain 8: a register's readers


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for what. `number` is the case's, where the export is of one; `version` one that was chosen."""

    who: Person
    school: School
    form: str  # a format of the export: "csv"
    now: datetime
    number: int | None = None
    version: int | None = None
    person: str = ""  # whom it is about, where the export is about somebody: a member of staff's e-mail address,
    pupil: str = ""  # or a pupil's number (UPN)
    week: date | None = None  # a day of the week that is wanted, where the export is of one

    @property
    def roles(self) -> frozenset[Role]:
        """What they are at this school; what they are elsewhere counts for nothing here."""
        return self.who.roles_at(self.school.id)

    def has_part(self, concerned: Collection[int]) -> bool:
        """Whether a case is not shown to them: it concerns them, or whoever lent them the post by which they ask."""
        return self.who.id in concerned or self.who.stands_for(self.school.id, concerned, _SEES_CASES)


@dataclass(frozen=True, slots=True)
class Taken:
    """The file's bytes, what the audit log notes of it (counts, never names), and what its reader must know."""

    content: bytes
    noted: Mapping[str, object] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotTheirs:
    """It is not open to them, or not there: the two look the same."""


@dataclass(frozen=True, slots=True)
class NothingYet:
    """It is theirs, but there is nothing to write yet; the sentence says what to do."""

    sentence: str


Outcome: TypeAlias = Taken | NotTheirs | NothingYet
