"""When what is old is deleted: at night by one replica, by day where a night was missed, never by a wrong clock."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import housekeeping
from bot.housekeeping import nightly, once
from dialogs.desk import Desk
from storage import audit, retaining
from storage.database import Database
from storage.forgetting.run import Outcome
from storage.pupils import PupilRow
from storage.schools import SchoolRow

NIGHT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
async def school(db: Database) -> Database:
    """A pupil who left more than a year ago, and one who is there."""
    async with db.write() as session:
        session.add(SchoolRow(id=1, code="HRE", name="Here"))
        await session.flush()
        session.add_all(
            PupilRow(
                id=number,
                school_id=1,
                upn=f"U{number}",
                legal_first_name="Tom",
                preferred_first_name="",
                last_name="Bell",
                class_name="6B",
                year_group="6",
                born=date(2014, 3, 4),
                joined_on=date(2020, 9, 2),
                left_on=left_on,
            )
            for number, left_on in ((1, date(2025, 7, 20)), (2, None))
        )
    return db


async def is_there(db: Database) -> bool:
    async with db.read() as session:
        return await session.get(PupilRow, 1) is not None


async def looked_after(db: Database, at: datetime) -> bool:
    """Whether the pupil is still there after an hourly look."""
    await once(db, Desk(), lambda: at)
    return await is_there(db)


async def ran(db: Database, at: datetime) -> None:
    async with db.write() as session:
        await retaining.finish_run(session, at.date(), now=at)


async def test_a_new_database_waits_for_its_first_night(school: Database) -> None:
    async with school.write() as session:
        await audit.record(session, "administrator", "pupils.imported", "school/HRE", now=DAY)
    assert await looked_after(school, DAY)
    assert not await looked_after(school, NIGHT + timedelta(days=1))


@pytest.mark.parametrize(("hours", "stays"), [(35, "yes"), (37, "no")])
async def test_a_night_that_was_missed_is_made_up_for_by_day(school: Database, hours: int, stays: str) -> None:
    await ran(school, DAY - timedelta(hours=hours))
    assert await looked_after(school, DAY) is (stays == "yes")


@pytest.mark.parametrize("hour", [0, 5, 12, 23])
async def test_by_day_nobody_waits_for_it(school: Database, hour: int) -> None:
    await ran(school, DAY - timedelta(hours=20))
    assert await looked_after(school, DAY.replace(hour=hour))


async def test_a_clock_that_jumped_years_ahead_has_a_night_to_be_noticed(
    school: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await ran(school, NIGHT - timedelta(days=1))
    jumped = NIGHT + timedelta(days=3650)
    assert await looked_after(school, jumped)
    assert "retention waits a night after a long gap" in caplog.text
    assert not await looked_after(school, jumped + timedelta(days=1))  # it was no mistake


async def test_what_a_person_asks_for_is_done_at_once(school: Database) -> None:
    await ran(school, NIGHT - timedelta(days=400))
    outcomes = await nightly(school, Desk(), now=DAY, again=True)
    assert sum(one.gone for one in outcomes) == 1
    assert not await is_there(school)


async def test_of_several_replicas_one_does_it(school: Database) -> None:
    await ran(school, NIGHT - timedelta(days=1))
    told = await asyncio.gather(*(nightly(school, Desk(), now=NIGHT) for _ in range(3)))
    assert sorted(bool(outcomes) for outcomes in told) == [False, False, True]


async def test_a_night_whose_replica_died_is_done_by_another(school: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    async def dies(*_: object, **__: object) -> tuple[Outcome, ...]:
        raise ConnectionError

    await ran(school, NIGHT - timedelta(days=1))
    with monkeypatch.context() as killed:
        killed.setattr(housekeeping, "forget", dies)
        with pytest.raises(ConnectionError):
            await nightly(school, Desk(), now=NIGHT)
    assert await looked_after(school, NIGHT + timedelta(minutes=30))
    assert not await looked_after(school, NIGHT + timedelta(minutes=61))


async def test_nothing_is_deleted_by_a_clock_that_is_not_the_databases(
    school: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def wrong(_: Database) -> bool:
        return False

    monkeypatch.setattr(housekeeping, "is_right", wrong)
    assert await looked_after(school, NIGHT)
