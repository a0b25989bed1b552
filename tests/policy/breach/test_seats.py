"""Who sits where: whoever has a part in a case gives up their seat to the next in line (domain 8)."""

from collections.abc import Mapping, Sequence

import pytest

from policy.breach.seats import LINES, Seat, beyond, seated
from policy.roles import Role

HEAD, LEADER, DPO, DPO_TOO, SLT, CEO, CHAIR, DSL, DEPUTY, TECH, SBM, TEACHER = range(1, 13)
FULL: Mapping[Role, Sequence[int]] = {
    Role.HEADTEACHER: (HEAD,),
    Role.ACADEMY_LEADER: (LEADER,),
    Role.DPO: (DPO, DPO_TOO),
    Role.SLT: (SLT, HEAD),
    Role.CEO: (CEO,),
    Role.GOVERNOR: (CHAIR,),
    Role.DSL: (DSL,),
    Role.DEPUTY_DSL: (DEPUTY,),
    Role.TECHNICIAN: (TECH,),
    Role.SBM: (SBM,),
    Role.STAFF: (TEACHER,),
}


@pytest.mark.parametrize(
    ("seat", "concerned", "sitting"),
    [
        (Seat.DPO, {TEACHER}, (DPO, DPO_TOO)),
        (Seat.DPO, {DPO}, (DPO_TOO,)),
        (Seat.DPO, {DPO, DPO_TOO}, (HEAD,)),
        (Seat.DPO, {DPO, DPO_TOO, HEAD}, (LEADER,)),
        (Seat.DPO, {DPO, DPO_TOO, HEAD, LEADER}, (SLT,)),
        (Seat.LEADER, {TEACHER}, (HEAD, LEADER)),
        (Seat.LEADER, {HEAD}, (LEADER,)),
        (Seat.LEADER, {HEAD, LEADER}, (SLT,)),
        (Seat.LEADER, {HEAD, LEADER, SLT}, (CEO,)),
        (Seat.LEADER, {HEAD, LEADER, SLT, CEO}, (CHAIR,)),
        (Seat.LEADER, {HEAD, LEADER, SLT, CEO, CHAIR}, ()),
        (Seat.DSL, set(), (DSL,)),
        (Seat.DSL, {DSL}, (DEPUTY,)),
        (Seat.DSL, {DSL, DEPUTY}, (HEAD,)),
        (Seat.IT, set(), (TECH,)),
        (Seat.IT, {TECH}, (SBM,)),
    ],
)
def test_the_first_without_a_part_in_the_case_sits(seat: Seat, concerned: set[int], sitting: tuple[int, ...]) -> None:
    assert seated(LINES[seat], FULL, concerned) == sitting


@pytest.mark.parametrize(
    ("seat", "told", "then"),
    [
        (Seat.DPO, {DPO}, (DPO_TOO,)),
        (Seat.DPO, {DPO, DPO_TOO}, (HEAD,)),
        (Seat.DPO, {DPO, DPO_TOO, HEAD}, (LEADER,)),
        (Seat.LEADER, {HEAD, LEADER}, (SLT,)),
        (Seat.LEADER, {HEAD, LEADER, SLT, CEO, CHAIR}, ()),
    ],
)
def test_after_somebody_silent_comes_somebody_new(seat: Seat, told: set[int], then: tuple[int, ...]) -> None:
    assert beyond(LINES[seat], FULL, {TEACHER}, told=told) == then


def test_after_somebody_silent_never_comes_somebody_concerned() -> None:
    assert beyond(LINES[Seat.DPO], FULL, {HEAD}, told={DPO, DPO_TOO}) == (LEADER,)


def test_somebody_with_two_posts_of_one_step_sits_once() -> None:
    both = {Role.HEADTEACHER: (HEAD,), Role.ACADEMY_LEADER: (HEAD,)}
    assert seated(LINES[Seat.LEADER], both, ()) == (HEAD,)


def test_a_department_with_a_head_alone_is_led_by_them() -> None:
    assert seated(LINES[Seat.LEADER], {Role.HEAD_OF_DEPARTMENT: (SLT,), Role.SLT: (CEO,)}, ()) == (SLT,)


@pytest.mark.parametrize(
    ("person", "concerned", "seats"),
    [
        (HEAD, {TEACHER}, {Seat.LEADER}),
        (HEAD, {DPO, DPO_TOO}, {Seat.LEADER, Seat.DPO}),
        (HEAD, {HEAD}, set()),
        (DPO, {TEACHER}, {Seat.DPO}),
        (TEACHER, {TEACHER}, set()),
        (CEO, {TEACHER}, set()),
    ],
)
def test_a_person_has_the_seats_of_their_own_and_those_they_fill(
    person: int, concerned: set[int], seats: set[Seat]
) -> None:
    assert {seat for seat, line in LINES.items() if person in seated(line, FULL, concerned)} == seats
