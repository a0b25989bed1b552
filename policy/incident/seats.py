"""Who gets which incident, and who comes after them where they are concerned or silent (domain 5, C13)."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Final

from policy.breach.seats import Line, beyond, seated
from policy.incident.case import Incident
from policy.incident.kinds import IncidentKind
from policy.roles import Role


class Seat(StrEnum):
    """A place at the table of a case."""

    HEAD = "headteacher"
    DSL = "dsl"
    CHAMPION = "online_safety_champion"
    IT = "computing_coordinator"


_LEADERS: Final = ((Role.HEADTEACHER,), (Role.ACADEMY_LEADER,), (Role.SLT,), (Role.CEO,), (Role.GOVERNOR,))
LINES: Final[Mapping[Seat, Line]] = {
    Seat.HEAD: _LEADERS,
    Seat.DSL: ((Role.DSL,), (Role.DEPUTY_DSL,), *_LEADERS),
    Seat.CHAMPION: ((Role.ONLINE_SAFETY_CHAMPION,), (Role.COMPUTING_COORDINATOR,), (Role.DSL,), *_LEADERS),
    Seat.IT: ((Role.COMPUTING_COORDINATOR,), (Role.TECHNICIAN,)),
}
_CHAMPION: Final = (Seat.CHAMPION,)
ROUTES: Final[Mapping[IncidentKind, tuple[Seat, ...]]] = {
    IncidentKind.ILLEGAL: (Seat.HEAD, Seat.DSL),  # ONLINE-4.6-c, ONLINE-4.6-g
    IncidentKind.EXPOSURE: _CHAMPION,  # ONLINE-4.6-a
    IncidentKind.PUPIL_MISUSE: _CHAMPION,
    IncidentKind.STAFF_MISUSE: (Seat.HEAD,),
    IncidentKind.BULLYING: _CHAMPION,
    IncidentKind.THREATENING_MAIL: _CHAMPION,  # ONLINE-EM-f
    IncidentKind.SPAM: (Seat.IT, Seat.CHAMPION),
    IncidentKind.FILTER: (Seat.CHAMPION, Seat.IT),  # ONLINE-4.6-f
    IncidentKind.SECURITY: (Seat.IT, Seat.CHAMPION),  # ONLINE-5-n
    IncidentKind.SOCIAL_MEDIA: _CHAMPION,
    IncidentKind.GROOMING: (Seat.DSL,),
    IncidentKind.DEVICE_MISUSE: _CHAMPION,
    IncidentKind.OTHER: _CHAMPION,
}


def seats_of(incident: Incident, holders: Mapping[Role, Sequence[int]]) -> dict[int, frozenset[Seat]]:
    """Seat a case: by person, in the order in which they are told. `holders` are ids by role at the school.

    What may be illegal is never with one person alone where a deputy can be told as well.
    """
    away = incident.concerned | incident.unreached
    seats: dict[int, frozenset[Seat]] = {}
    for seat in ROUTES[incident.kind]:
        sitting = seated(LINES[seat], holders, away)
        if seat is Seat.DSL and set(sitting) <= seats.keys():
            sitting = (*sitting, *(one for one in holders.get(Role.DEPUTY_DSL, ()) if one not in away))
        for person in sitting:
            seats[person] = seats.get(person, frozenset()) | {seat}
    for person in incident.stand_ins:
        if person not in away:
            seats.setdefault(person, frozenset({ROUTES[incident.kind][0]}))
    return seats


def next_in_line(
    incident: Incident, holders: Mapping[Role, Sequence[int]], *, told: Collection[int]
) -> tuple[int, ...]:
    """Who comes next in each line of the case, after everybody who was told already."""
    away = incident.concerned | incident.unreached
    lines = (beyond(LINES[seat], holders, away, told=told) for seat in ROUTES[incident.kind])
    return tuple(dict.fromkeys(person for line in lines for person in line))
