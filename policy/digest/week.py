"""Everything that a digest is made of, for one school: facts, before anybody's part in a case is looked at."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from policy.digest.seen import BreachSeen, CaseSeen, IncidentSeen, PlanSeen, RequestSeen, open_to
from policy.digest.trend import Trend
from policy.documents.school_text import Stated


@dataclass(frozen=True, slots=True)
class ConsentWeek:
    """Forms and lists. `outstanding` has the pupils on roll without a signed form that counts, by class."""

    outstanding: Mapping[str, int]
    changed: int  # pupils about whom an answer was recorded or taken back this week
    list_as_of: date | None  # None: no consents were ever imported
    stale_after: int  # days
    forms_last: bool = False  # from year to year (C7)


@dataclass(frozen=True, slots=True)
class BotWeek:
    """What staff asked this week, by intent, and what came of it."""

    asked: Mapping[str, int]
    unanswered: int
    escalations_late: int  # open for more than two working days
    unhelpful: int
    undeliverable: int  # letters to this school's staff that Teams would not take


@dataclass(frozen=True, slots=True)
class PeopleWeek:
    """How many of the staff have asked or reported since `since`; `teams` the same (active, staff) by team."""

    staff: int
    active: int
    since: date
    teams: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SchoolWeek:
    """One school's facts on one day."""

    school: str
    today: date
    code: str = ""
    breaches: tuple[BreachSeen, ...] = ()
    requests: tuple[RequestSeen, ...] = ()
    incidents: tuple[IncidentSeen, ...] = ()
    plans: tuple[PlanSeen, ...] = ()
    permissions: tuple[int, ...] = ()  # requests to the head that wait, by number
    permission_rules: Mapping[int, str] = field(default_factory=dict)  # which rule each would lift: "A4"
    in_force: int = 0  # permissions of the head's for today and later
    undeleted: int = 0  # withdrawals whose stored pictures should be gone by now (PHOTO-9.5)
    trend: Trend | None = None
    consent: ConsentWeek | None = None
    bot: BotWeek | None = None
    people: PeopleWeek | None = None
    policies: tuple[tuple[str, Stated], ...] = ()  # document and the review that it states
    season: str = ""

    def seen_by(self, *readers: int) -> "SchoolWeek":
        """Return it without the cases in which one of the readers has a part: nothing says that there is one."""
        return replace(
            self,
            breaches=open_to(self.breaches, readers),
            requests=open_to(self.requests, readers),
            incidents=open_to(self.incidents, readers),
            trend=None if self.trend is None else self.trend.seen_by(readers),
        )

    def withheld(self, heads: Collection[int]) -> tuple[CaseSeen, ...]:
        """Return the cases that one of the heads does not hear of here (domain 9)."""
        every: tuple[CaseSeen, ...] = (*self.breaches, *self.requests, *self.incidents)
        return tuple(case for case in every if not case.concerned.isdisjoint(heads))
