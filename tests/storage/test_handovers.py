"""A lent post is a role of the deputy's while it lasts, as long as both may have it, and in no other way."""

from datetime import UTC, datetime, timedelta

import pytest

from policy.roles import Role
from storage import handovers, people, schools
from storage.database import Database
from storage.opening import opening
from tests.storage.conftest import STAFF, Give

DAY = datetime(2026, 12, 1, tzinfo=UTC)
DEPUTY = "teacher@larkfield.example"
AS_DATA_LEAD = STAFF.replace("Tess Archer,LRK,staff", "Tess Archer,LRK,data_lead;staff")


@pytest.fixture
async def lent(larkfield: Give, db: Database) -> Give:
    """Piers Dunmore, DPO, lends Tess Archer, data lead, his post at Larkfield for the first of December."""
    await larkfield("staff", AS_DATA_LEAD)
    async with db.write() as session:
        school, deputy = await schools.by_code(session, "LRK"), await people.by_email(session, DEPUTY)
        giver = await people.by_email(session, "dpo@larkfield.example")
        assert school is not None
        assert deputy is not None
        assert giver is not None
        await handovers.lend(
            session,
            school_id=school.id,
            role=Role.DPO,
            giver_id=giver.id,
            deputy_id=deputy.id,
            begins_at=DAY,
            ends_at=DAY + timedelta(days=1),
            now=DAY,
        )
    return larkfield


async def dpos(db: Database, at: datetime | None) -> set[str]:
    """Who is a DPO of Larkfield, by every way of asking for it, which all must say the same."""
    async with db.read() as session:
        if at is not None:
            handovers.as_of(session, at)
        school = await schools.by_code(session, "LRK")
        assert school is not None
        held = {person.email for person in await people.holding(session, school.id, Role.DPO)}
        anywhere = {person.email for person in await people.holding_any(session, [Role.DPO])}
        there = await people.at_school(session, school.id)
        posts = await people.with_posts(session, school.id)
        opened = [(await opening(session, person.aad_object_id, "")).person for person in there]
        alone = [await people.by_email(session, person.email) for person in there]
    every = [
        {person.email for person in listed if person is not None and Role.DPO in person.roles_at(school.id)}
        for listed in (there, posts, opened, alone)
    ]
    assert all(found == held for found in (anywhere, *every))
    return held


@pytest.mark.parametrize(
    ("at", "has"),
    [
        (DAY - timedelta(microseconds=1), False),
        (DAY, True),
        (DAY + timedelta(days=1) - timedelta(microseconds=1), True),
        (DAY + timedelta(days=1), False),
        (None, False),  # a session that knows no moment lends nothing
    ],
)
async def test_it_is_a_role_of_the_deputys_exactly_while_it_lasts(
    lent: Give,
    db: Database,
    at: datetime | None,
    has: bool,  # noqa: FBT001  a column
) -> None:
    assert (DEPUTY in await dpos(db, at)) is has


@pytest.mark.parametrize(
    ("was", "is_now"),
    [
        ("Piers Dunmore,LRK,dpo", "Piers Dunmore,LRK,staff"),  # the lender has it no more
        ("Piers Dunmore,LRK,dpo", "Piers Dunmore,LRK,"),  # and has left
        ("Tess Archer,LRK,data_lead;staff", "Tess Archer,LRK,headteacher;data_lead"),  # may not hold it any more
        ("Tess Archer,LRK,data_lead;staff", "Tess Archer,LRK,staff"),
        ("Tess Archer,LRK,data_lead;staff", "Tess Archer,LRK,"),
    ],
)
async def test_role_changes_apply_at_once(lent: Give, db: Database, was: str, is_now: str) -> None:
    await lent("staff", AS_DATA_LEAD.replace(was, is_now))

    assert DEPUTY not in await dpos(db, DAY)


async def test_ended_early_it_is_over_and_cannot_be_ended_again(lent: Give, db: Database) -> None:
    noon = DAY + timedelta(hours=12)
    async with db.write() as session:
        assert await handovers.end(session, 1, by=1, now=noon)
        assert not await handovers.end(session, 1, by=1, now=noon)

    assert DEPUTY not in await dpos(db, noon)
    assert DEPUTY in await dpos(db, noon - timedelta(seconds=1))
