"""Who may stand in for whom: a post lent for some days, to somebody who may lawfully hold it (domain 8, facts 3.6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from policy.clocks.local_time import instant
from policy.roles import Role

LONGEST: Final = timedelta(days=92)  # a term and its holidays; for longer than that a post is given, not lent
AHEAD: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Fitness:
    """Who can stand in: at the school one of `needs`, or the same post elsewhere; and nobody who is `never` at any."""

    needs: frozenset[Role]
    never: frozenset[Role]


_LEADS: Final = frozenset({Role.HEADTEACHER, Role.ACADEMY_LEADER, Role.SLT, Role.CEO, Role.GOVERNOR})
# A DPO advises those who decide why and how data is used, and is none of them (UK GDPR art. 38(6), facts 3.6): whoever
# leads, pays, runs the systems, restricts pupils, or has no pupil data by domain 8. The other way round too: a DPO who
# led the school would check their own decisions.
POSTS: Final[Mapping[Role, Fitness]] = {
    Role.DPO: Fitness(
        needs=frozenset({Role.DATA_LEAD, Role.OFFICE, Role.FAMILY_SUPPORT_LEAD}),
        never=_LEADS
        | {
            *(Role.SBM, Role.COMPUTING_COORDINATOR, Role.TECHNICIAN, Role.SITE_MANAGER, Role.WEB_EDITOR),
            *(Role.DSL, Role.DEPUTY_DSL, Role.HEAD_OF_DEPARTMENT),
        },
    ),
    Role.HEADTEACHER: Fitness(needs=frozenset({Role.ACADEMY_LEADER, Role.SLT}), never=frozenset({Role.DPO})),
    Role.ACADEMY_LEADER: Fitness(needs=frozenset({Role.HEADTEACHER, Role.SLT}), never=frozenset({Role.DPO})),
    # A safeguarding lead's work is done by those who are trained for it, the deputies.
    Role.DSL: Fitness(needs=frozenset({Role.DEPUTY_DSL}), never=frozenset({Role.DPO})),
}
NAMES: Final[Mapping[Role, str]] = {
    Role.DPO: "data protection officer",
    Role.HEADTEACHER: "headteacher",
    Role.ACADEMY_LEADER: "academy leader",
    Role.DSL: "safeguarding lead",
}


def may_stand_in(post: Role, *, here: frozenset[Role], anywhere: frozenset[Role]) -> bool:
    """Whether somebody may hold a post for a time, by their own roles at the school and at any."""
    fitness = POSTS.get(post)
    if fitness is None or not here or (here | anywhere) & fitness.never or post in here:
        return False
    return bool(here & fitness.needs) or post in anywhere


def period(first: date, last: date, *, now: datetime) -> tuple[datetime, datetime]:
    """Return the instants from which and until which it lasts: whole days in London, today from now on."""
    begins = max(instant(datetime.combine(first, datetime.min.time())).at, now)
    return begins, instant(datetime.combine(last + timedelta(days=1), datetime.min.time())).at


def unfit_dates(first: date | None, last: date | None, *, today: date) -> str | None:
    """Say what is wrong with the days; None where nothing is."""
    if first is None or last is None:
        return "Please give the first and the last day."
    if last < first:
        return "The last day comes before the first."
    if last < today:
        return "Those days are over."
    if last - first > LONGEST:
        return "That is longer than a term. Please hand over for at most three months at a time."
    if first > today + AHEAD:
        return "That is more than a year away."
    return None
