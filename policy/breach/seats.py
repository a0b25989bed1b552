"""Who sits where in a case: the first in each line who has no part in it, and who comes after them (domain 8)."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Final, TypeAlias

from policy.roles import Role


class Seat(StrEnum):
    """A place at the table of a case; whoever holds it gets its cards, nudges and tasks."""

    DPO = "dpo"
    LEADER = "leader"
    DSL = "dsl"
    IT = "it"


Line: TypeAlias = tuple[tuple[Role, ...], ...]  # one step after another; the roles of a step sit together

LINES: Final[Mapping[Seat, Line]] = {
    # BREACH-3.2, with whoever leads the school where no DPO can act: somebody must be able to decide in time.
    Seat.DPO: ((Role.DPO,), (Role.HEADTEACHER,), (Role.ACADEMY_LEADER,), (Role.SLT,), (Role.CEO,)),
    # BREACH-3.1: the head or academy leader, at once. A department alone has its own head (domain 8).
    Seat.LEADER: (
        (Role.HEADTEACHER, Role.ACADEMY_LEADER),
        (Role.HEAD_OF_DEPARTMENT,),
        (Role.SLT,),
        (Role.CEO,),
        (Role.GOVERNOR,),
    ),
    Seat.DSL: ((Role.DSL,), (Role.DEPUTY_DSL,), (Role.HEADTEACHER,)),  # C13: added where a child may be at risk
    Seat.IT: ((Role.COMPUTING_COORDINATOR,), (Role.TECHNICIAN,), (Role.SBM,)),  # BREACH-3.7
}


def seated(line: Line, holders: Mapping[Role, Sequence[int]], concerned: Collection[int]) -> tuple[int, ...]:
    """Who sits: everybody of the first step of the line in which anybody has no part in the case.

    `holders` are the ids of the people who hold each role at the school; `concerned` the reporter, subjects and
    accused. Empty where nobody is left: the case then waits in the register for whoever is appointed.
    """
    return beyond(line, holders, concerned, told=())


def beyond(
    line: Line, holders: Mapping[Role, Sequence[int]], concerned: Collection[int], *, told: Collection[int]
) -> tuple[int, ...]:
    """Who comes next, after everybody who was told already and is silent or cannot be reached (BREACH-3.1)."""
    for step in line:
        people = dict.fromkeys(person for role in step for person in holders.get(role, ()))
        left = tuple(person for person in people if person not in concerned and person not in told)
        if left:
            return left
    return ()
