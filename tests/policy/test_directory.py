"""Which roles groups give, and which change is never made."""

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from policy.directory import (
    Account,
    Change,
    Fit,
    GroupRule,
    Move,
    Refusal,
    Seats,
    Why,
    addresses,
    changes,
    counted,
    fit,
    given,
    refusals,
    vacancies,
)
from policy.roles import Role

DPO, STAFF, DSL, HEAD = (frozenset({role}) for role in (Role.DPO, Role.STAFF, Role.DSL, Role.HEADTEACHER))
NONE = frozenset[Role]()


def account(**over: object) -> Account:
    usual = {"object_id": "a", "name": "Ada", "email": "ada@lark.example", "enabled": True, "kind": "Member"}
    return Account(**{**usual, **over})  # type: ignore[arg-type]  # a table of cases


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ({}, Fit.IN),
        ({"kind": "Guest"}, Fit.GUEST),
        ({"email": "ada_lark.example#ext#@other.example"}, Fit.GUEST),
        ({"kind": "Guest", "enabled": False}, Fit.GUEST),
        ({"enabled": False}, Fit.DISABLED),
        ({"enabled": None}, Fit.UNTOLD),
        ({"kind": None}, Fit.UNTOLD),
        ({"kind": "Something new"}, Fit.UNTOLD),
        ({"email": ""}, Fit.NAMELESS),
        ({"name": ""}, Fit.NAMELESS),
    ],
)
def test_only_a_member_in_use_with_an_address_comes_in(over: dict[str, object], expected: Fit) -> None:
    assert fit(account(**over)) is expected


def test_a_person_has_the_roles_of_all_their_groups_at_each_school() -> None:
    rules = [GroupRule("g1", "A", STAFF), GroupRule("g2", "A", DPO), GroupRule("g2", "B", DPO)]
    assert given(rules, {"g1": ["x", "y"], "g2": ["x"]}) == {
        ("x", "A"): STAFF | DPO,
        ("y", "A"): STAFF,
        ("x", "B"): DPO,
    }


def test_what_changes_is_told_by_school_and_person() -> None:
    held = {("x", "B"): STAFF, ("y", "A"): STAFF, ("z", "A"): DPO}
    wanted = {("w", "A"): STAFF, ("y", "A"): STAFF | DSL, ("z", "A"): DPO}
    found = changes(held, wanted)
    assert found == (
        Change("w", "A", NONE, STAFF),
        Change("y", "A", STAFF, STAFF | DSL),
        Change("x", "B", STAFF, NONE),
    )
    assert [change.move for change in found] == [Move.JOINS, Move.CHANGES, Move.LEAVES]
    assert dict(counted(found)) == {Move.JOINS: 1, Move.LEAVES: 1, Move.CHANGES: 1}


def test_what_is_as_the_groups_say_changes_nothing() -> None:
    assert changes({("x", "A"): DPO}, {("x", "A"): DPO}) == ()


@pytest.mark.parametrize(
    ("held", "wanted", "expected"),
    [
        ({("x", "A"): DPO}, {}, {Why.LAST_DPO}),
        ({("x", "A"): DPO}, {("x", "A"): STAFF}, {Why.LAST_DPO}),
        ({("x", "A"): DPO}, {("x", "B"): DPO}, {Why.LAST_DPO}),
        ({("x", "A"): DPO}, {("y", "A"): DPO | STAFF}, set()),
        ({("x", "A"): DPO, ("y", "A"): DPO}, {("y", "A"): DPO}, set()),
        ({("x", "A"): STAFF}, {}, set()),  # a school that had none keeps having none
    ],
)
def test_a_school_never_loses_its_last_dpo(held: Seats, wanted: Seats, expected: set[Why]) -> None:
    assert {one.why for one in refusals(held, wanted, most_leavers_percent=100)} == expected


@pytest.mark.parametrize(
    ("people", "leaving", "percent", "refused"),
    [
        (10, 3, 20, False),  # a few may always leave
        (10, 4, 20, True),
        (100, 20, 20, False),
        (100, 21, 20, True),
        (100, 4, 0, True),
        (100, 99, 100, False),
    ],
)
def test_too_many_who_leave_at_once_are_not_believed(people: int, leaving: int, percent: int, *, refused: bool) -> None:
    held = {(f"p{number}", "A"): STAFF for number in range(people)}
    wanted = {seat: roles for seat, roles in held.items() if int(seat[0][1:]) >= leaving}
    found = refusals(held, wanted, most_leavers_percent=percent)
    assert [one.why for one in found] == ([Why.TOO_MANY] if refused else [])


def test_a_refusal_says_what_to_do() -> None:
    held = {(f"p{number}", "A"): STAFF for number in range(9)} | {("d", "A"): DPO}
    last, many = refusals(held, {}, most_leavers_percent=20)
    assert last == Refusal(
        Why.LAST_DPO, "A", "A would have no DPO. Put whoever it is into a group that gives dpo, and run it again."
    )
    assert many.words == (
        "10 of 10 people at A would lose every role, and 3 may in one go. "
        "If it is meant, run it again with --allow-removals."
    )


def test_changing_roles_is_not_leaving() -> None:
    held = {(f"p{number}", "A"): STAFF for number in range(50)}
    assert refusals(held, dict.fromkeys(held, DSL), most_leavers_percent=0) == ()


def test_a_post_that_falls_vacant_is_told() -> None:
    held = {("x", "A"): DSL, ("y", "A"): HEAD, ("z", "B"): DSL}
    assert vacancies(held, {("z", "A"): HEAD, ("z", "B"): DSL}) == (("A", Role.DSL),)


@pytest.mark.parametrize(
    ("accounts", "known", "expected"),
    [
        ({"a": "1"}, {}, {"a": "1"}),
        ({"a": "1"}, {"a": "1"}, {"a": "1"}),
        ({"a": "2"}, {"a": "1"}, {"a": "2"}),
        ({"a": "1"}, {"b": "1"}, {}),  # a new account with somebody's address inherits nothing of theirs
        ({"a": "1", "b": "1"}, {}, {"a": "1"}),
        ({"a": "2", "b": "3"}, {"a": "1", "b": "2"}, {"a": "2", "b": "3"}),  # one moves on, the other follows
        ({"a": "2"}, {"a": "1", "b": "2"}, {"a": "1"}),  # b is no longer in Entra: the address stays theirs
        ({"a": "2", "b": "1"}, {"a": "1", "b": "2"}, {"a": "1", "b": "2"}),  # a swap is for a person to settle
        ({"a": "2", "n": "1"}, {"a": "1"}, {"a": "2", "n": "1"}),  # who is new may have what somebody left
    ],
)
def test_an_address_stays_with_whoever_has_it(
    accounts: dict[str, str], known: dict[str, str], expected: dict[str, str]
) -> None:
    assert addresses(accounts, known) == expected


IDS = st.sampled_from("abcdef")


@forall(st.dictionaries(IDS, IDS), st.lists(IDS, unique=True))
def test_no_two_people_ever_share_an_address(accounts: dict[str, str], people: list[str]) -> None:
    known = {person: person for person in people}
    everybody = known | addresses(accounts, known)
    assert len(set(everybody.values())) == len(everybody)
    assert known.keys() & accounts.keys() <= addresses(accounts, known).keys()


SEATS = st.dictionaries(
    st.tuples(IDS, st.sampled_from("AB")), st.frozensets(st.sampled_from([Role.DPO, Role.STAFF]), min_size=1)
)


@forall(SEATS, SEATS)
def test_whatever_is_not_refused_leaves_every_school_its_dpo(held: Seats, wanted: Seats) -> None:
    if refusals(held, wanted, most_leavers_percent=100):
        return
    for school in "AB":
        had = any(seat[1] == school and Role.DPO in roles for seat, roles in held.items())
        has = any(seat[1] == school and Role.DPO in roles for seat, roles in wanted.items())
        assert has or not had
