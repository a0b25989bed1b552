"""Who may lawfully stand in for whom, for how long, and how people ask for it."""

from datetime import UTC, date, datetime

import pytest

from policy.handing_over import may_stand_in, period, unfit_dates
from policy.roles import Role
from policy.understanding.handovers import HandoverSaid, handover_said, is_handover

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.DATA_LEAD, Role.OFFICE, Role.FAMILY_SUPPORT_LEAD}))
def test_who_holds_any_other_post_is_not_the_dpos_deputy(role: Role) -> None:
    assert not may_stand_in(Role.DPO, here=frozenset({role}), anywhere=frozenset({role}))


@pytest.mark.parametrize(
    "leads", [Role.HEADTEACHER, Role.ACADEMY_LEADER, Role.SLT, Role.CEO, Role.GOVERNOR, Role.SBM, Role.TECHNICIAN]
)
def test_whoever_decides_about_data_is_never_the_dpo_whatever_else_they_are(leads: Role) -> None:
    here = frozenset({leads, Role.DATA_LEAD})
    assert not may_stand_in(Role.DPO, here=here, anywhere=here)
    assert not may_stand_in(Role.DPO, here=frozenset({Role.STAFF}), anywhere=frozenset({leads, Role.DPO, Role.STAFF}))


@pytest.mark.parametrize(
    ("post", "here", "anywhere", "may"),
    [
        (Role.DPO, {Role.DATA_LEAD, Role.STAFF}, set(), True),
        (Role.DPO, {Role.STAFF}, {Role.DPO}, True),  # the DPO of another school of the trust
        (Role.DPO, {Role.STAFF}, set(), False),
        (Role.DPO, set(), {Role.DPO}, False),  # nobody at this school
        (Role.DPO, {Role.DPO}, {Role.DPO}, False),  # has it already
        (Role.DPO, {Role.DATA_LEAD}, {Role.HEADTEACHER}, False),  # leads another school of the trust
        (Role.DPO, {Role.OFFICE}, {Role.TECHNICIAN}, False),
        (Role.HEADTEACHER, {Role.SLT}, {Role.DPO}, False),
        (Role.HEADTEACHER, {Role.SLT}, set(), True),
        (Role.HEADTEACHER, {Role.SLT, Role.DPO}, set(), False),  # would check their own decisions
        (Role.HEADTEACHER, {Role.STAFF}, set(), False),
        (Role.DSL, {Role.DEPUTY_DSL}, set(), True),
        (Role.DSL, {Role.SLT}, set(), False),
        (Role.SBM, {Role.OFFICE}, set(), False),  # no post that is lent here
    ],
)
def test_a_post_is_lent_to_those_who_may_hold_it(post: Role, here: set[Role], anywhere: set[Role], may: bool) -> None:  # noqa: FBT001  a column
    assert may_stand_in(post, here=frozenset(here), anywhere=frozenset(here | anywhere)) is may


def test_it_lasts_from_the_first_midnight_to_the_last_and_today_from_now_on() -> None:
    now = datetime(2026, 3, 27, 9, 30, tzinfo=UTC)

    assert period(date(2026, 3, 27), date(2026, 3, 29), now=now) == (now, datetime(2026, 3, 29, 23, tzinfo=UTC))
    assert period(date(2026, 3, 28), date(2026, 3, 28), now=now)[0] == datetime(2026, 3, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        (TODAY, TODAY, False),
        (date(2026, 12, 21), date(2027, 1, 4), False),
        (date(2026, 11, 20), date(2026, 11, 24), False),  # it began already
        (None, TODAY, True),
        (date(2026, 12, 2), date(2026, 12, 1), True),
        (date(2026, 11, 2), date(2026, 11, 9), True),
        (date(2026, 12, 1), date(2027, 6, 1), True),
        (date(2028, 12, 1), date(2028, 12, 2), True),
    ],
)
def test_days_that_make_no_sense_are_said_to(first: date | None, last: date | None, wrong: bool) -> None:  # noqa: FBT001  a column
    assert bool(unfit_dates(first, last, today=TODAY)) is wrong


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hand over to Dora Lane from 21 December to 4 January", ("Dora Lane", date(2026, 12, 21), date(2027, 1, 4))),
        ("Hand over to dora until Friday", ("dora", TODAY, date(2026, 11, 27))),
        ("please hand over to Dora from 2026-12-01 until 2026-12-03.", ("Dora", date(2026, 12, 1), date(2026, 12, 3))),
        ("hand over to Dora from tomorrow", ("Dora", date(2026, 11, 24), date(2026, 11, 24))),
        ("handover", ("", None, None)),
        ("hand over from 1/12/2026 to nonsense", ("", date(2026, 12, 1), None)),
    ],
)
def test_the_command_is_read_with_its_days(text: str, said: tuple[str, date | None, date | None]) -> None:
    assert handover_said(text, TODAY) == HandoverSaid(*said)


@pytest.mark.parametrize(
    "text",
    [
        "can I hand over footage to the police",
        "hand over to the police",
        "hand over to a parent the whole file that they asked me about",
        "who do I hand over to?",
        "the school office will hand over to Dora",
    ],
)
def test_other_talk_of_handing_over_is_no_command(text: str) -> None:
    assert handover_said(text, TODAY) is None


@pytest.mark.parametrize("when", ["999 months ago", "31/02/2027", "in 900 weeks", "1/1/0001", "noon"])
def test_days_that_cannot_be_read_still_make_it_the_command(when: str) -> None:
    assert is_handover(f"hand over to Dora from {when} to {when}")
