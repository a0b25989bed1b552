"""Who sits at the table of a request: as for a breach, but that dates go to the head alone where there is one."""

from collections.abc import Mapping
from typing import Final

from policy.breach.seats import LINES as OF_A_BREACH
from policy.breach.seats import Line, Seat
from policy.roles import Role

# Domain 8, column "SAR": the head has an overview, an academy leader beside them search tasks. Where there is no head,
# an academy leader leads the school (domain 10, C29). A chair has counts.
LINES: Final[Mapping[Seat, Line]] = {
    **OF_A_BREACH,
    Seat.LEADER: ((Role.HEADTEACHER,), (Role.ACADEMY_LEADER,), (Role.SLT,)),
}
