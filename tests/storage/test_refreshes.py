"""A report of changed circumstances: it counts at once, is settled once, and one that was none leaves the form be."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from storage import people, pupils, records, refreshes, schools
from storage.database import Database
from storage.refreshes import Refresh, State
from storage.suspensions import SuspensionRow
from tests.storage.conftest import HEADING, NOW, Give

HEARD = date(2026, 11, 20)


async def reported(db: Database, *, born_of: str = "f1", heard: date = HEARD) -> tuple[int, bool]:
    async with db.write() as session:
        school, teacher = await schools.by_code(session, "LRK"), await people.by_email(session, "dpo@larkfield.example")
        assert school is not None
        assert teacher is not None
        return await refreshes.report(
            session,
            pupil_id=(await pupils.roll(session, school.id))[0].id,
            school_id=school.id,
            heard_on=heard,
            born_of=born_of,
            reported_by=teacher.id,
            now=NOW,
        )


async def stands(db: Database, number: int) -> Refresh:
    async with db.read() as session:
        one = await refreshes.by_number(session, number)
    assert one is not None
    return one


async def suspended(db: Database) -> date | None:
    async with db.read() as session:
        school = await schools.by_code(session, "LRK")
        assert school is not None
        first = (await pupils.roll(session, school.id))[0].id
        return (await records.records(session, [first]))[0].suspended_from


async def version(db: Database) -> int:
    async with db.read() as session:
        school = await schools.by_code(session, "LRK")
    assert school is not None
    return school.consents_version


async def test_it_counts_from_the_report_and_the_list_is_another(db: Database, larkfield: Give) -> None:
    before = await version(db)
    number, is_new = await reported(db)
    assert is_new
    assert await suspended(db) == HEARD
    assert await version(db) == before + 1
    assert (await stands(db, number)).state is State.REPORTED


async def test_told_twice_with_one_form_it_is_one(db: Database, larkfield: Give) -> None:
    first = await reported(db)
    assert await reported(db) == (first[0], False)
    async with db.read() as session:
        assert await session.scalar(select(func.count()).select_from(SuspensionRow)) == 1


async def test_on_record_it_counts_on(db: Database, larkfield: Give) -> None:
    number, _ = await reported(db)
    one = await stands(db, number)
    async with db.write() as session:
        assert await refreshes.record(session, one, by=one.reported_by, now=NOW)
        assert not await refreshes.mistaken(session, one, by=one.reported_by, now=NOW)
    assert await suspended(db) == HEARD


async def test_one_that_was_none_leaves_another_where_it_is(db: Database, larkfield: Give) -> None:
    number, _ = await reported(db)
    await reported(db, born_of="f2", heard=HEARD - timedelta(days=9))
    one = await stands(db, number)
    async with db.write() as session:
        assert await refreshes.mistaken(session, one, by=one.reported_by, now=NOW)
    assert await suspended(db) == HEARD - timedelta(days=9)
    assert (await stands(db, number)).state is State.MISTAKEN


async def test_two_who_settle_it_at_one_moment_settle_it_once(db: Database, larkfield: Give) -> None:
    number, _ = await reported(db)

    async def settle(*, recorded: bool) -> bool:
        async with db.write() as session:
            one = await refreshes.by_number(session, number, hold=True)
            assert one is not None
            done = refreshes.record if recorded else refreshes.mistaken
            return await done(session, one, by=one.reported_by, now=NOW)

    both = await asyncio.gather(settle(recorded=True), settle(recorded=False))
    assert sorted(both) == [False, True]
    assert await suspended(db) == (HEARD if both[0] else None)


FORM = "A1,2026/27,website_image,yes,mother,parent,paper,{signed},,,\n"


@pytest.mark.parametrize(
    ("signed", "waits"), [("2026-11-19", True), ("2026-11-20", False), ("2026-11-22", False), (None, True)]
)
async def test_it_waits_until_a_form_signed_on_that_day_or_later_is_brought_in(
    db: Database, larkfield: Give, signed: str | None, *, waits: bool
) -> None:
    number, _ = await reported(db)
    one = await stands(db, number)
    async with db.write() as session:
        assert not await refreshes.waiting(session, before=NOW), "nobody has put it on record"
        await refreshes.record(session, one, by=one.reported_by, now=NOW)
    if signed is not None:
        await larkfield("consents", HEADING + FORM.format(signed=signed))
    async with db.read() as session:
        assert bool(await refreshes.waiting(session, before=NOW)) is waits
        assert not await refreshes.waiting(session, before=NOW - timedelta(seconds=1))


async def test_the_family_is_asked_once_and_only_for_what_is_on_record(db: Database, larkfield: Give) -> None:
    number, _ = await reported(db)
    one = await stands(db, number)
    async with db.write() as session:
        assert not await refreshes.asked(session, number, by=one.reported_by, now=NOW)
        await refreshes.record(session, one, by=one.reported_by, now=NOW)
        assert await refreshes.asked(session, number, by=one.reported_by, now=NOW)
        assert not await refreshes.asked(session, number, by=one.reported_by, now=NOW)
