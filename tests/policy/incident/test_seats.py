"""Who gets which incident, and who comes after them."""

import pytest

from policy.incident.events import Happened
from policy.incident.kinds import IncidentKind
from policy.incident.seats import ROUTES, next_in_line, seats_of
from policy.roles import Role
from tests.policy.incident.incident_examples import CHAMPION, DEPUTY, DSL, HEAD, SLT, TEACHER, TECH, happened, opened

HOLDERS = {
    Role.HEADTEACHER: (HEAD,),
    Role.DSL: (DSL,),
    Role.DEPUTY_DSL: (DEPUTY,),
    Role.ONLINE_SAFETY_CHAMPION: (CHAMPION,),
    Role.COMPUTING_COORDINATOR: (TECH,),
    Role.SLT: (SLT, HEAD),
}


@pytest.mark.parametrize(
    ("kind", "who"),
    [
        (IncidentKind.ILLEGAL, [HEAD, DSL]),
        (IncidentKind.GROOMING, [DSL]),
        (IncidentKind.STAFF_MISUSE, [HEAD]),
        (IncidentKind.THREATENING_MAIL, [CHAMPION]),
        (IncidentKind.SPAM, [TECH, CHAMPION]),
        (IncidentKind.FILTER, [CHAMPION, TECH]),
        (IncidentKind.SECURITY, [TECH, CHAMPION]),
        (IncidentKind.BULLYING, [CHAMPION]),
        (IncidentKind.EXPOSURE, [CHAMPION]),
        (IncidentKind.OTHER, [CHAMPION]),
    ],
)
def test_each_kind_goes_to_its_own_people(kind: IncidentKind, who: list[int]) -> None:
    assert list(seats_of(opened(kind), HOLDERS)) == who


def test_every_kind_goes_somewhere() -> None:
    assert set(ROUTES) == set(IncidentKind)


@pytest.mark.parametrize(
    ("by", "concerned", "who"),
    [
        (HEAD, (), [SLT, DSL]),
        (DSL, (), [HEAD, DEPUTY]),
        (TEACHER, (HEAD,), [SLT, DSL]),
        (TEACHER, (DSL, DEPUTY), [HEAD]),
        (TEACHER, (HEAD, DSL), [SLT, DEPUTY]),
    ],
)
def test_whoever_is_concerned_gives_way(by: int, concerned: tuple[int, ...], who: list[int]) -> None:
    assert list(seats_of(opened(by=by, concerned=concerned), HOLDERS)) == who


def test_where_one_person_is_head_and_dsl_the_deputy_has_it_too() -> None:
    one = {Role.HEADTEACHER: (HEAD,), Role.DSL: (HEAD,), Role.DEPUTY_DSL: (DEPUTY,)}
    assert list(seats_of(opened(), one)) == [HEAD, DEPUTY]
    assert list(seats_of(opened(by=HEAD), one)) == [DEPUTY]


def test_without_a_champion_somebody_has_it_all_the_same() -> None:
    assert list(seats_of(opened(IncidentKind.BULLYING), {Role.HEADTEACHER: (HEAD,)})) == [HEAD]
    assert seats_of(opened(), {}) == {}


def test_whoever_stood_in_keeps_it_unless_concerned() -> None:
    assert list(seats_of(opened(IncidentKind.ILLEGAL, happened(Happened.PASSED_ON, person=SLT)), HOLDERS))[-1] == SLT
    incident = opened(IncidentKind.ILLEGAL, happened(Happened.PASSED_ON, person=SLT), concerned=(SLT,))
    assert SLT not in seats_of(incident, HOLDERS)


def test_the_next_in_line_is_whoever_was_not_told() -> None:
    assert next_in_line(opened(), HOLDERS, told={HEAD, DSL}) == (SLT, DEPUTY)
    assert next_in_line(opened(), HOLDERS, told={HEAD, DSL, SLT, DEPUTY}) == ()
