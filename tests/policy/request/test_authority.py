"""Who gets the answer: the table of domain 3.4, row by row, by the age on the day of receipt."""

import pytest

from policy.request.authority import TABLE, Facts, Route, Whose, proposal, proposed
from policy.request.events import Happened
from policy.request.kinds import Requester
from tests.policy.request.request_examples import Told

R, W = Requester, Whose


@pytest.mark.parametrize(
    ("facts", "route"),
    [
        (Facts(R.SELF, W.ADULT), Route.SELF),
        (Facts(R.STAFF, W.ADULT), Route.SELF),
        (Facts(R.PUPIL, W.OLDER), Route.SELF),
        (Facts(R.PUPIL, W.OLDER, able=False), Route.DPO),
        (Facts(R.PUPIL, W.YOUNG), Route.DPO),
        (Facts(R.PUPIL, W.UNKNOWN_AGE), Route.DPO),
        (Facts(R.PARENT, W.YOUNG), Route.PARENT),
        (Facts(R.PARENT, W.YOUNG, able=True), Route.CHILD),
        (Facts(R.PARENT, W.YOUNG, able=True, authority=True), Route.PARENT),
        (Facts(R.PARENT, W.OLDER), Route.CHILD),
        (Facts(R.PARENT, W.OLDER, able=True), Route.CHILD),
        (Facts(R.PARENT, W.OLDER, authority=True), Route.PARENT),
        (Facts(R.PARENT, W.OLDER, able=False), Route.PARENT),
        (Facts(R.PARENT, W.UNKNOWN_AGE), Route.DPO),
        (Facts(R.PARENT, W.OLDER, authority=True, conflict=True), Route.DPO),
        (Facts(R.PARENT, W.OLDER, authority=True, doubt=True), Route.SUBJECT),
        (Facts(R.AGENT, W.UNKNOWN_AGE, authority=True), Route.AGENT),
        (Facts(R.AGENT, W.YOUNG), Route.NOBODY),
        (Facts(R.AGENT, W.OLDER, authority=True, doubt=True), Route.SUBJECT),
        (Facts(R.AGENT, W.OLDER, authority=True, conflict=True), Route.DPO),
        (Facts(R.POLICE, W.UNKNOWN_AGE), Route.NOBODY),
    ],
)
def test_the_first_row_that_fits_is_proposed(facts: Facts, route: Route) -> None:
    assert proposed(facts).route is route


def test_every_row_can_be_reached_and_something_is_always_proposed() -> None:
    both = (True, False)
    every = [
        Facts(requester, whose, able, authority, doubt, conflict)
        for requester in Requester
        for whose in Whose
        for able in (None, True, False)
        for authority in both
        for doubt in both
        for conflict in both
    ]
    assert {proposed(facts) for facts in every} | {TABLE[-1]} == set(TABLE)
    never = [facts for facts in every if facts.conflict and proposed(facts).route is not Route.DPO]
    assert never == []


@pytest.mark.parametrize(
    ("born", "route", "age"),
    [("2014-06-01", Route.CHILD, 12), ("2014-06-02", Route.PARENT, 11), ("", Route.DPO, None)],
)
def test_the_age_is_that_on_the_day_of_receipt(born: str, route: Route, age: int | None) -> None:
    said = proposal(Told(requester_kind="parent", born=born).request)
    assert (said.route, said.age) == (route, age)


def test_an_authority_that_came_and_what_the_dpo_found_change_the_proposal() -> None:
    told = Told(requester_kind="parent", born="2013-01-01").accepted()
    assert proposal(told.request).route is Route.CHILD
    told.then(Happened.AUTHORITY_RECEIVED, on="2026-06-01", covers="Reports")
    assert proposal(told.request).route is Route.PARENT
    told.then(Happened.ROUTE_CONFIRMED, route="dpo", able="", conflict=True, reason="The parents disagree.")
    assert proposal(told.request).route is Route.DPO
