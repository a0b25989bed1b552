"""Who at school has been heard from, by the kind of work that their roles say: no import knows a department."""

from collections.abc import Collection, Mapping
from typing import Final

from policy.digest.wording import SMALL
from policy.roles import Role

# The first that fits: somebody in the office who also teaches is counted with the office.
_TEAMS: Final[tuple[tuple[str, frozenset[Role]], ...]] = (
    ("the office", frozenset({Role.OFFICE, Role.SBM})),
    ("IT", frozenset({Role.TECHNICIAN, Role.COMPUTING_COORDINATOR})),
    ("site staff", frozenset({Role.SITE_MANAGER})),
    ("governors", frozenset({Role.GOVERNOR})),
    ("leadership", frozenset({Role.HEADTEACHER, Role.ACADEMY_LEADER, Role.SLT, Role.CEO})),
    ("safeguarding", frozenset({Role.DSL, Role.DEPUTY_DSL, Role.FAMILY_SUPPORT_LEAD})),
)
_REST: Final = "teachers and support staff"
_HALF: Final = 2


def team_of(roles: Collection[Role]) -> str:
    """Return the team of somebody with these roles."""
    return next((name for name, theirs in _TEAMS if not theirs.isdisjoint(roles)), _REST)


def least_heard(teams: Mapping[str, tuple[int, int]]) -> str:
    """Name the team, (active, staff) each, that is heard from less than half as often as everybody; else nothing.

    A team under three people is never named, and nor is anybody's only team.
    """
    active, staff = (sum(counts[n] for counts in teams.values()) for n in (0, 1))
    large = {name: counts for name, counts in teams.items() if counts[1] >= SMALL}
    if len(large) < _HALF or not active:
        return ""
    name, (some, of) = min(large.items(), key=lambda pair: (pair[1][0] / pair[1][1], pair[0]))
    return f"{name} ({some} of {of})" if some * staff * _HALF < active * of else ""
